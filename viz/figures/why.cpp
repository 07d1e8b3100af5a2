#include "viz/figures/why.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/quarter_index.h"
#include "engine/scenario/csv.h"
#include "engine/scenario/tables.h"
#include "viz/figures/why_book.h"
#include "viz/figures/why_credit.h"
#include "viz/figures/why_number.h"

namespace rackrace {
namespace {

const std::string kMarket = "market.";
const std::vector<std::string> kPrices = {"market.spot_t_usd_h", "market.spot_i_usd_h"};

bool holds(const std::vector<std::string>& all, const std::string& one) { return std::find(all.begin(), all.end(), one) != all.end(); }

Refusal refuse(const Address& address, std::string fact, std::string advice) { return {address.run, 0, 0, std::move(fact), std::move(advice)}; }

/// The nearest of the known paths, or the one that begins most alike where half of the word does.
std::string nearest_path(const std::string& word, const std::vector<std::string>& known) {
    std::string near = nearest_word(word, known);
    if (!near.empty()) return near;
    std::size_t most = word.size() / 2;
    for (const std::string& one : known) {
        const auto alike = static_cast<std::size_t>(std::mismatch(word.begin(), word.end(), one.begin(), one.end()).first - word.begin());
        if (alike <= most) continue;
        most = alike;
        near = one;
    }
    return near;
}

Refusal refuse_path(const Address& address, const std::string& path, const std::string& near) {
    return refuse(address, "'" + path + "' has no explanation",
                  near.empty() ? "explained are market.X, product=P, region=R and firm=F with a field (the columns of tables quarters, products, regions and firms), contract=N, and of a firm "
                                 "order=N and loan=N"
                               : "did you mean '" + near + "'?");
}

Refusal refuse_name(const Address& address, const std::string& kind, const std::string& name, const std::vector<std::string>& known) {
    return refuse(address, "there is no " + kind + " '" + name + "'", suggestion(name, known));
}

/// The field that is asked of a row of a table; `first` where none is named.
Result<std::string> field_of(const Address& address, const std::string& path, const std::string& table, const std::string& first) {
    const std::string field = address.value("field");
    const std::vector<std::string> known = column_names(table);
    if (field.empty() || holds(known, field)) return field.empty() ? first : field;
    const std::string near = nearest_path(field, known);
    return refuse_path(address, path + "&field=" + field, path + "&field=" + (near.empty() ? first : near));
}

Result<Why> explain_numbered(const ReplayStore& store, const Address& address) {
    const std::string firm = address.value("firm"), number = address.value("order");
    if (!firm.empty() && !holds(store.firms(), firm)) return refuse_name(address, "firm", firm, store.firms());
    const Columns& orders = store.table("orders");
    const std::size_t row = order_row(store, number);
    if (row == orders.rows())
        return refuse(address, "there is no order " + number, "rackrace show RUN@QUARTER#firm=F lists a firm's orders with their numbers");
    const std::string owner = orders.text(row, "firm");
    const int t = orders.quarter(row);
    if ((!firm.empty() && owner != firm) || (address.t && *address.t != t))
        return refuse(address, fmt::format("order {} is {}'s, of {}", number, owner, quarter_name(t)),
                      fmt::format("did you mean '{}@{}#firm={}&order={}'?", address.run, quarter_name(t), owner, number));
    return explain_order(store, row);
}

Result<Why> explain_number(const ReplayStore& store, const Address& address, int t) {
    const std::string product = address.value("product"), region = address.value("region"), field = address.value("field");
    if (!product.empty()) {
        if (!holds(store.products(), product)) return refuse_name(address, "product", product, store.products());
        const auto wanted = field_of(address, "product=" + product, "products", "cleared_usd_chip");
        if (!wanted) return wanted.error();
        if (*wanted == "cleared_usd_chip") return explain_chips(store, t, product);
        return *wanted == "resale_usd_chip" ? explain_resale(store, t, product) : explain_row_number(store, t, "products", product, *wanted);
    }
    if (!region.empty()) {
        if (!holds(store.regions(), region)) return refuse_name(address, "region", region, store.regions());
        const auto wanted = field_of(address, "region=" + region, "regions", "adder_usd_kw_q");
        if (!wanted) return wanted.error();
        return *wanted == "adder_usd_kw_q" ? explain_power(store, t, region) : explain_row_number(store, t, "regions", region, *wanted);
    }
    const std::string path = field.find('.') == std::string::npos && !field.empty() ? kMarket + field : field;
    if (holds(kPrices, path)) return explain_spot(store, t, path == kPrices[0]);
    const std::vector<std::string> known = column_names("quarters");
    const std::string column = path.starts_with(kMarket) ? path.substr(kMarket.size()) : path;
    if (path.starts_with(kMarket) && holds(known, column)) return explain_market_number(store, t, column);
    const std::string near = nearest_path(column, known);
    return refuse_path(address, field.empty() && !address.keys.empty() ? address.keys.front().first : field, near.empty() ? "" : kMarket + near);
}

/// The first part of the path that says nothing beside the one asked about; empty where there is none.
std::string stray_part(const Address& address) {
    const bool is_order = !address.value("order").empty(), is_loan = !address.value("loan").empty(), is_trace = !address.value("trace").empty();
    const std::string subject = is_order                            ? "order"
                                : is_loan                           ? "loan"
                                : is_trace                          ? "trace"
                                : !address.value("product").empty() ? "product"
                                : !address.value("region").empty()  ? "region"
                                                                    : address.keys.front().first;
    bool has_subject = false, has_field = false;
    for (const auto& [key, value] : address.keys) {
        bool& seen = key == subject ? has_subject : has_field;
        if (seen || (key != subject && key != (is_order || is_loan || is_trace ? "firm" : "field"))) return key + "=" + value;
        seen = true;
    }
    return "";
}

constexpr std::size_t kBehindShown = 5;  // of a reason, in brief

void add_text(const std::vector<Reason>& reasons, std::size_t level, bool is_brief, std::string& out) {
    const std::string indent(2 * level, ' ');
    for (std::size_t i = 0; i < reasons.size(); ++i) {
        if (is_brief && level > 1 && i == kBehindShown && reasons.size() > kBehindShown + 1) {
            out += fmt::format("{}and {} more\n", indent, reasons.size() - i);
            return;
        }
        out += indent + reasons[i].text + "\n";
        if (!is_brief || level == 1) add_text(reasons[i].behind, level + 1, is_brief, out);
    }
}

Result<Why> explain_address(const ReplayStore& store, const Address& address) {
    if (address.keys.empty() && !address.t)
        return refuse(address, "names nothing to explain", "add a quarter and a path: RUN@2028Q3#market.spot_i_usd_h, or RUN#firm=coreweave&order=1841");
    if (address.t && !store.has_quarter(*address.t))
        return refuse(address, "holds no quarter " + quarter_name(*address.t),
                      "it goes from " + quarter_name(store.opening_t()) + " to " + quarter_name(store.last_t()));
    if (address.keys.empty()) return explain_quarter(store, *address.t);
    if (const std::string stray = stray_part(address); !stray.empty())
        return refuse(address, "'" + stray + "' does not go with the rest of the path",
                      "one thing is explained at a time: product=P or region=R with a field, a number of the market, contract=N, or firm=F with order=N, loan=N, "
                      "trace=NAME or a field");
    if (!address.value("order").empty()) return explain_numbered(store, address);
    if (!address.value("contract").empty()) return explain_contract(store, address);
    if (!address.t)
        return refuse(address, "names no quarter", "numbers are explained quarter by quarter: RUN@" + quarter_name(store.last_t()) + "#...");
    if (!address.value("trace").empty()) return explain_trace(store, address, *address.t);
    if (!address.value("loan").empty() || !address.value("firm").empty()) return explain_firm(store, address, *address.t);
    return explain_number(store, address, *address.t);
}

}  // namespace

Result<Why> explain(const ReplayStore& store, const Address& address) {
    return store.of_unaltered([&] { return explain_address(store, address); });
}

std::string why_text(const Why& why, bool is_brief) {
    std::string out = why.title + "\n";
    add_text(why.reasons, 1, is_brief, out);
    return out;
}

}  // namespace rackrace

// Explanations of a played run: they exist for every price and every order that was refused or cut, they name orders and script lines, and what
// they add up adds up.
#include <catch2/catch.hpp>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <regex>

#include <nlohmann/json.hpp>

#include "engine/base/quarter_index.h"
#include "engine/replay/sqlite.h"
#include "tests/engine/sealed.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/price_setter.h"
#include "viz/figures/why.h"

using namespace rackrace;

namespace {

Result<Why> ask(const ReplayStore& store, const std::string& rest) {
    const auto address = parse_address("played" + rest);
    REQUIRE(address);
    return explain(store, *address);
}

Why why_of(const ReplayStore& store, const std::string& rest) {
    auto why = ask(store, rest);
    INFO(rest << ": " << (why ? "" : why.error().text()));
    REQUIRE(why);
    return std::move(*why);
}

std::string refusal_of(const ReplayStore& store, const std::string& rest) {
    const auto why = ask(store, rest);
    INFO(rest);
    REQUIRE_FALSE(why);
    return why.error().text();
}

/// Every price of the run that is explained, as paths.
std::vector<std::string> price_paths(const ReplayStore& store) {
    std::vector<std::string> out = {"market.spot_t_usd_h", "market.spot_i_usd_h"};
    for (const std::string& product : store.products())
        for (const char* field : {"cleared_usd_chip", "resale_usd_chip"}) out.push_back("product=" + product + "&field=" + field);
    for (const std::string& region : store.regions()) out.push_back("region=" + region + "&field=adder_usd_kw_q");
    return out;
}

void for_each_price(const ReplayStore& store, const std::function<void(int, const std::string&, const Why&)>& look) {
    for (const int t : store.quarters())
        for (const std::string& path : price_paths(store)) look(t, path, why_of(store, "@" + quarter_name(t) + "#" + path));
}

void for_each_reason(const std::vector<Reason>& reasons, const std::function<void(const Reason&)>& look) {
    for (const Reason& reason : reasons) {
        look(reason);
        for_each_reason(reason.behind, look);
    }
}

double number_in(std::string text) {
    std::erase(text, ',');
    return std::stod(text);
}

/// "wanted 43.0 Gh (2028Q2: 41.9)   outside +0.9, anthropic +0.2": what the changes that are shown leave of the change of the totals shown.
double shown_gap(const std::string& text) {
    std::smatch totals;
    if (!std::regex_search(text, totals, std::regex(R"(^[a-z ]+ ([\d,.]+) \w+ \(\w+: ([\d,.]+)\))"))) return 0.0;
    double gap = number_in(totals[1]) - number_in(totals[2]);
    const std::string parts = totals.suffix();
    const std::regex part(R"( ([+-]\d[\d,]*(?:\.\d+)?))");
    for (std::sregex_iterator at(parts.begin(), parts.end(), part), end; at != end; ++at) gap -= number_in((*at)[1]);
    return gap;
}

std::string text_of(const ReplayStore& store, std::size_t order_row) {
    const Columns& orders = store.table("orders");
    return "#firm=" + orders.text(order_row, "firm") + "&order=" + std::to_string(static_cast<int>(orders.number(order_row, "order_id")));
}

}  // namespace

TEST_CASE("Every clearing price of a run has reasons, with its value and the one before", "[viz][why]") {
    const ReplayStore& store = played_run();
    int prices = 0;
    for_each_price(store, [&](int t, const std::string& path, const Why& why) {
        INFO(why.title);
        ++prices;
        CHECK(why.address == store.address(t, path));
        CHECK_FALSE(why.reasons.empty());
        if (t > store.opening_t()) CHECK(why.title.find(" (" + quarter_name(t - 1) + ": ") != std::string::npos);
        for_each_reason(why.reasons, [](const Reason& reason) {
            CHECK_FALSE(reason.text.empty());
            CHECK(reason.text.find("nan") == std::string::npos);
            CHECK(reason.script.empty() == (reason.line == 0));
        });
    });
    CHECK(prices == static_cast<int>(store.quarters().size() * (2 + 2 * store.products().size() + store.regions().size())));
}

TEST_CASE("Splits add up exactly in every quarter and market, and so do the changes that are shown", "[viz][why]") {
    const ReplayStore& store = played_run();
    int splits = 0, changes = 0;
    for_each_price(store, [&](int, const std::string& path, const Why& why) {
        for_each_reason(why.reasons, [&](const Reason& reason) {
            if (!reason.split) return;
            INFO(path << ": " << reason.text);
            double now = 0.0, last = 0.0;
            for (const Split::Part& part : reason.split->parts) {
                now += part.now;
                last += part.last;
                CHECK(part.now == std::floor(part.now));
            }
            CHECK(now == reason.split->now);
            CHECK(last == reason.split->last);
            CHECK(std::abs(shown_gap(reason.text)) < 1e-6);
            ++splits;
            changes += reason.text.find("   ") != std::string::npos;
        });
    });
    CHECK(splits > 100);
    CHECK(changes > 100);
}

namespace {

/// Prices, quantities and supplies of table `auctions` against those that the market has, every row of its books against its order.
void check_books(const ReplayStore& store) {
    const Columns &auctions = store.table("auctions"), &rows = store.table("auction_orders");
    std::map<std::string, double> sold, bought;
    const auto key = [](const Columns& table, std::size_t row) {
        return table.text(row, "quarter") + table.text(row, "market") + table.text(row, "subject");
    };
    for (std::size_t row = 0; row < rows.rows(); ++row) {
        (rows.text(row, "side") == "ask" ? sold : bought)[key(rows, row)] += rows.number(row, "filled");
        CHECK(rows.number(row, "filled") <= rows.number(row, "entered"));
        CHECK(rows.number(row, "entered") <= rows.number(row, "asked"));
        CHECK((rows.number(row, "entered") < rows.number(row, "asked")) == !rows.text(row, "cut").empty());
    }
    const auto of_table = [&](const char* table, const char* name, std::size_t row, const char* column) {
        const auto [first, end] = store.table(table).rows_of(auctions.quarter(row));
        for (std::size_t at = first; at < end; ++at)
            if (store.table(table).text(at, name) == auctions.text(row, "subject")) return store.table(table).number(at, column);
        return kNoValue;
    };
    for (std::size_t row = 0; row < auctions.rows(); ++row) {
        const std::string market = auctions.text(row, "market");
        const double price = auctions.number(row, "price"), quantity = auctions.number(row, "quantity");
        INFO(key(auctions, row));
        CHECK(bought[key(auctions, row)] == quantity);
        if (market.starts_with("spot")) {
            CHECK(sold[key(auctions, row)] == quantity);
            CHECK(price == store.of_market(auctions.quarter(row), market == "spot_t" ? "spot_t_usd_h" : "spot_i_usd_h"));
        } else if (market == "chips") {
            CHECK(price == of_table("products", "product", row, "cleared_usd_chip"));
            CHECK(quantity == of_table("products", "product", row, "sold_chips"));
            CHECK(auctions.number(row, "supply") == of_table("products", "product", row, "offered_chips"));
        } else if (market == "power") {
            CHECK(price == of_table("regions", "region", row, "adder_usd_kw_q"));
            CHECK(quantity == of_table("regions", "region", row, "won_kw"));
        }
    }
    CHECK(auctions.rows() > 10);
}

}  // namespace

TEST_CASE("The books of the auctions are those that the market cleared", "[viz][why]") { check_books(played_run()); }

TEST_CASE("Under every rule of sale the books are the market's, and prices and orders are explained", "[viz][why]") {
    for (const std::string rule : {"chips=PAYBID", "chips=VICKREY", "chips=POSTED", "chips=PROPORTIONAL", "power=QUEUE"}) {
        INFO(rule);
        const TemporaryFolder folder;
        REQUIRE(rackrace_in(folder.path(), "run -q --until 2027Q1 --set rules." + rule + " --out played").code == ExitCode::done);
        const auto store = ReplayStore::open(folder.path() / "played");
        REQUIRE(store);
        check_books(*store);
        for_each_price(*store, [](int, const std::string&, const Why& why) { CHECK_FALSE(why.reasons.empty()); });
        const Columns& orders = store->table("orders");
        for (std::size_t row = 0; row < orders.rows(); ++row)
            if (!orders.text(row, "code").empty()) CHECK(why_of(*store, text_of(*store, row)).reasons.size() >= 2);
    }
}

TEST_CASE("A spot price lies between the orders that its explanation names", "[viz][why]") {
    const ReplayStore& store = played_run();
    const std::regex bounds(R"(between (?:unserved |unsold )?(?:ask|bid) ([\d.]+) .* and (?:unserved |unsold )?(?:ask|bid) ([\d.]+) )");
    const std::regex inside(R"(inside .* at ([\d.]+), filled in part)");
    int named = 0;
    for (const int t : store.quarters())
        for (const char* column : {"spot_t_usd_h", "spot_i_usd_h"}) {
            if (t == store.opening_t()) continue;
            const Why why = why_of(store, "@" + quarter_name(t) + "#market." + column);
            const double price = store.of_market(t, column);
            const std::string& text = why.reasons.at(0).text;
            INFO(text);
            std::smatch found;
            if (std::regex_search(text, found, bounds)) {
                CHECK(price == Approx(0.5 * (number_in(found[1]) + number_in(found[2]))).epsilon(1e-3));
                ++named;
            } else if (std::regex_search(text, found, inside)) {
                CHECK(price == Approx(number_in(found[1])).epsilon(1e-3));
                ++named;
            }
            CHECK_FALSE(why.reasons.at(0).behind.empty());
        }
    CHECK(named >= static_cast<int>(store.quarters().size()));
}

TEST_CASE("The order that set a price is one that the explanation of the price names first, and where no firm's did the words say who did", "[viz][why]") {
    const ReplayStore& store = played_run();
    int by_firm = 0, by_others = 0;
    for (const int t : store.quarters())
        for (const std::string& path : price_paths(store)) {
            if (path.ends_with("resale_usd_chip")) continue;
            const std::string name = path.substr(path.find('=') + 1, path.find('&') - path.find('=') - 1);
            const std::string market = path == "market.spot_t_usd_h" ? "spot-t" : path == "market.spot_i_usd_h" ? "spot-i" : name;
            const auto setter = price_setter(store, t, market);
            REQUIRE(setter);
            const Why why = why_of(store, "@" + quarter_name(t) + "#" + path);
            INFO(why.title << ": " << setter->words << " " << setter->address);
            if (t == store.opening_t()) CHECK(setter->words.empty());
            if (setter->address.empty()) {
                by_others += !setter->words.empty();
                if (setter->words.starts_with("The outside's")) CHECK(setter->words.ends_with(" set the price"));
                continue;
            }
            const auto& named = why.reasons.at(0).behind;
            const auto first = std::find_if(named.begin(), named.end(), [](const Reason& reason) { return reason.line > 0; });
            REQUIRE(first != named.end());
            CHECK(first->address == setter->address);
            ++by_firm;
        }
    CHECK(by_firm > 0);
    CHECK(by_others > 0);
}

TEST_CASE("Every order that was refused, cut or left open is explained down to its script line", "[viz][why]") {
    const ReplayStore& store = played_run();
    const Columns& orders = store.table("orders");
    int refused = 0, open = 0;
    for (std::size_t row = 0; row < orders.rows(); ++row) {
        const std::string code = orders.text(row, "code");
        if (code.empty()) continue;
        const Why why = why_of(store, text_of(store, row));
        INFO(why_text(why));
        CHECK(why.title.find(code) != std::string::npos);
        REQUIRE(why.reasons.size() >= 2);
        CHECK(why.reasons[0].script == orders.text(row, "script"));
        CHECK(why.reasons[0].line == static_cast<int>(orders.number(row, "line")));
        CHECK(why.reasons[0].text.find(why.reasons[0].script + ":" + std::to_string(why.reasons[0].line)) != std::string::npos);
        if (orders.text(row, "status") == "rejected") {
            CHECK(why.reasons.back().text.find("would have passed: ") != std::string::npos);
            ++refused;
            continue;
        }
        CHECK(std::any_of(why.reasons.begin(), why.reasons.end(), [](const Reason& reason) {
            return reason.text.find("stood in the auction") != std::string::npos || reason.text.find("nothing ") != std::string::npos ||
                   reason.text.find(" of ") != std::string::npos;
        }));
        ++open;
    }
    CHECK(refused > 10);
    CHECK(open > 100);
}

TEST_CASE("What an order got is what its rows in the book of the auction got", "[viz][why]") {
    const ReplayStore& store = played_run();
    const Columns &fills = store.table("fills"), &rows = store.table("auction_orders");
    std::map<std::string, double> got;
    for (std::size_t row = 0; row < rows.rows(); ++row)
        got[rows.text(row, "quarter") + rows.text(row, "market") + rows.text(row, "subject") + rows.text(row, "party")] += rows.number(row, "filled");
    int compared = 0;
    for (std::size_t row = 0; row < fills.rows(); ++row) {
        const std::string verb = fills.text(row, "verb");
        if (verb != "bid_chips" && verb != "bid_power") continue;
        const std::string key =
            fills.text(row, "quarter") + (verb == "bid_chips" ? "chips" : "power") + fills.text(row, "subject") + fills.text(row, "firm");
        INFO(key);
        CHECK(got[key] == Approx(fills.number(row, "got") * (verb == "bid_power" ? 1000.0 : 1.0)).margin(1e-6));
        ++compared;
    }
    CHECK(compared > 100);
}

TEST_CASE("A path without an explanation is refused with the nearest one that has one", "[viz][why]") {
    const ReplayStore& store = played_run();
    CHECK(refusal_of(store, "@2028Q1#market.spot_x_usd_h").find("did you mean 'market.spot_t_usd_h'?") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#market.qqq").find("explained are market.X, product=P") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#market.util_fra").find("did you mean 'market.util_frac'?") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#product=" + store.products()[0] + "&field=resale_usd").find("field=resale_usd_chip'?") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#region=nowhere").find("there is no region 'nowhere'") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#firm=meta&field=cash_us").find("did you mean 'firm=meta&field=cash_usd'?") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#firm=met&field=status").find("did you mean 'meta'?") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#firm=meta&loan=77").find("meta has no loan 77 in 2028Q1") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#loan=0").find("a loan is of a firm") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#contract=98765").find("there is no contract 98765") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#contract=1&region=pjm").find("does not go with the rest") != std::string::npos);
    CHECK(refusal_of(store, "@2040Q1#market.spot_i_usd_h").find("holds no quarter 2040Q1; it goes from ") != std::string::npos);
    CHECK(refusal_of(store, "#market.spot_i_usd_h").find("names no quarter") != std::string::npos);
    CHECK(refusal_of(store, "").find("names nothing to explain") != std::string::npos);
    CHECK(refusal_of(store, "@2028Q1#product=" + store.products()[0] + "&region=" + store.regions()[0]).find("does not go with the rest") !=
          std::string::npos);
    CHECK(refusal_of(store, "#order=1&junk=5").find("'junk=5' does not go with the rest") != std::string::npos);
    CHECK(refusal_of(store, "#order=987654321").find("there is no order 987654321") != std::string::npos);
    const Columns& orders = store.table("orders");
    const std::string other = orders.text(0, "firm") == "meta" ? "amazon" : "meta",
                      number = std::to_string(static_cast<int>(orders.number(0, "order_id")));
    CHECK(refusal_of(store, "#firm=" + other + "&order=" + number)
              .find("did you mean 'played@" + orders.text(0, "quarter") + text_of(store, 0) + "'?") != std::string::npos);
}

TEST_CASE("The text in brief leaves out what stands deeper and says how much", "[viz][why]") {
    Why why{"a#b", "a price"};
    Reason reason{"offered 9"};
    for (int i = 0; i < 9; ++i) reason.behind.push_back({"firm " + std::to_string(i), "", "", 0, {}, {{"deeper"}}});
    why.reasons.push_back(reason);
    const std::string brief = why_text(why, true), whole = why_text(why);
    CHECK(brief == "a price\n  offered 9\n    firm 0\n    firm 1\n    firm 2\n    firm 3\n    firm 4\n    and 4 more\n");
    CHECK(whole.find("    firm 8\n      deeper\n") != std::string::npos);
}

namespace {

/// A copy of the played run whose database was changed, with digests that fit.
ReplayStore played_after(const TemporaryFolder& folder, const std::string& sql) {
    const auto run = folder.path() / "played";
    std::filesystem::copy(played_folder() / "runs" / "played", run, std::filesystem::copy_options::recursive);
    change_and_seal(run / "replay.sqlite", sql);
    auto store = ReplayStore::open(run);
    REQUIRE(store);
    return std::move(*store);
}

/// Rows of table `orders`, one of each `step`.
void for_each_order(const ReplayStore& store, std::size_t step, const std::function<void(std::size_t, const Why&)>& look) {
    for (std::size_t row = 0; row < store.table("orders").rows(); row += step) look(row, why_of(store, text_of(store, row)));
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("An auction whose orders are gone from the replay is said to be unrecorded", "[viz][why]") {
    const TemporaryFolder folder;
    const ReplayStore store = played_after(folder, "DELETE FROM auction_orders WHERE quarter='2028Q3'");
    int told = 0;
    for (const std::string& path : price_paths(store)) {
        const std::string text = why_text(why_of(store, "@2028Q3#" + path));
        INFO(text);
        CHECK_FALSE(has(text, "nobody bid"));
        told += has(text, "the orders of this auction are not recorded");
    }
    CHECK(told > 4);
    const auto [first, end] = store.table("orders").rows_of(store.last_t());
    for (std::size_t row = first; row < end; row += 7) CHECK_FALSE(why_of(store, text_of(store, row)).reasons.empty());
}

TEST_CASE("Orders with arguments of the wrong kind and without a script line are explained as far as they go", "[viz][why]") {
    const TemporaryFolder folder;
    const ReplayStore store = played_after(
        folder, R"(UPDATE orders SET line=NULL, script=NULL, args='{"product":3,"grade":[],"region":{},"max_usd_chip":"x","min_usd_h":null}')");
    for_each_order(store, 23, [](std::size_t, const Why& why) {
        INFO(why_text(why));
        CHECK(has(why.reasons[0].text, "a line that is not recorded"));
        CHECK(why.reasons[0].script.empty());
        CHECK(why.reasons[0].line == 0);
    });
    for_each_price(store, [](int, const std::string&, const Why& why) { CHECK_FALSE(has(why_text(why), "nan")); });
}

TEST_CASE("What is sold is shown at prices that sold, and one chip is one", "[viz][why]") {
    const ReplayStore& store = played_run();
    int priced = 0;
    for_each_price(store, [&](int t, const std::string& path, const Why& why) {
        for_each_reason(why.reasons, [&](const Reason& reason) {
            INFO(why.title << ": " << reason.text);
            CHECK_FALSE(std::regex_search(reason.text, std::regex(R"((^|[^\d,.])1 (chips|wafers|quarters)\b)")));
            CHECK_FALSE(has(reason.text, ", rounding"));
            if (!reason.text.starts_with("sold ") || !path.starts_with("market.")) return;
            for (const Reason& part : reason.behind) {
                std::smatch found;
                if (!std::regex_search(part.text, found, std::regex(R"(, asked at (?:[\d.,]+ to )?([\d.,]+))"))) continue;
                CHECK(number_in(found[1]) <= store.of_market(t, path.substr(7)) * 1.001);
                ++priced;
            }
        });
    });
    CHECK(priced > 20);
}

TEST_CASE("A reserve is the last close's list price times the multiplier, and a price without a sale says which sale or why none", "[viz][why]") {
    const ReplayStore& store = played_run();
    const Columns &auctions = store.table("auctions"), &products = store.table("products");
    const auto row_at = [&](int t, const std::string& product) {
        const auto [first, end] = products.rows_of(t);
        for (std::size_t row = first; row < end; ++row)
            if (products.text(row, "product") == product) return row;
        return end;
    };
    std::map<std::string, double> sold;  // by quarter and product
    for (std::size_t row = 0; row < auctions.rows(); ++row) {
        if (auctions.text(row, "market") != "chips") continue;
        const std::string product = auctions.text(row, "subject");
        const int t = auctions.quarter(row);
        sold[auctions.text(row, "quarter") + product] = auctions.number(row, "quantity");
        CHECK(auctions.number(row, "floor") ==
              Approx(products.number(row_at(t - 1, product), "list_usd_chip") * products.number(row_at(t, product), "price_multiplier")));
    }
    int reserves = 0, kept = 0;
    for_each_price(store, [&](int t, const std::string& path, const Why& why) {
        if (!has(path, "cleared_usd_chip")) return;
        const std::string product = path.substr(8, path.find('&') - 8);
        for_each_reason(why.reasons, [&](const Reason& reason) {
            if (!has(reason.text, "list price of the close before")) return;
            CHECK(reason.address == store.address(t - 1, "product=" + product + "&field=list_usd_chip"));
            ++reserves;
        });
        std::smatch found;
        const std::string& text = why.reasons[0].text;
        INFO(why.title << ": " << text);
        if (std::regex_search(text, found, std::regex("price of the last one, in (\\w+)"))) {
            CHECK(sold.at(found[1].str() + product) > 0.0);
            ++kept;
        }
    });
    CHECK(reserves > 10);
    CHECK(kept > 0);
    CHECK(has(why_of(store, "@2027Q3#product=hopper").reasons[0].text, "only used ones change hands"));
    CHECK(has(why_of(store, "@2027Q3#product=in_house").reasons[0].text, "whose chips go to its owners alone"));
    CHECK(has(why_of(store, "@2027Q3#product=nv_2030").reasons[0].text, "no sale yet: its first quarter of sale is 2030Q3"));
}

TEST_CASE("What the title says of an order is what its own market made of it, at the price of that market", "[viz][why]") {
    const ReplayStore& store = played_run();
    const Columns& orders = store.table("orders");
    int offers = 0, means = 0, adders = 0;
    for_each_order(store, 1, [&](std::size_t row, const Why& why) {
        if (orders.text(row, "status") != "accepted") return;
        const std::string text = why_text(why), verb = orders.text(row, "verb");
        INFO(text);
        std::smatch found;
        if (verb == "offer_spot" && std::regex_search(why.title, found, std::regex(": got ([\\d.,]+) of ([\\d.,]+) "))) {
            ++offers;
            if (has(text, "all sold at") && !has(text, "stood in the auction") && !has(text, "went on as inference")) CHECK(found[1] == found[2]);
            if (has(text, "\n  nothing sold") && !has(text, "went on as inference")) CHECK(number_in(found[1]) == 0.0);
        }
        if (verb == "bid_chips") {
            CHECK_FALSE(has(text, "the market cleared at"));
            means += has(text, "the buyers paid, in the mean,");
        }
        if (verb != "bid_power") return;
        CHECK_FALSE(has(text, "over the adder of 0,"));
        adders += has(text, "the lot served every bid, so the adder is 0") || has(text, "it sets the adder");
    });
    CHECK(offers > 20);
    CHECK(means > 20);
    CHECK(adders > 0);
}

TEST_CASE("Trades of a firm with itself are told as such, and a limit that took more is told first", "[viz][why]") {
    const TemporaryFolder folder;
    std::ofstream(folder.path() / "own.lua") << R"(local race = require "rackrace"
return race.neocloud { api = "1.0", name = "Own",
  decide = function(obs, act) act.trace("x", 1) end,
  operate = function(obs, act)
    local id = obs.market.products[1].id
    act.retire_chips { product = id, chips = 100 }
    act.sell_chips { product = id, chips = 100, min_usd_chip = 1 }
    act.buy_used_chips { product = id, chips = 60, max_usd_chip = 20000 }
    act.offer_spot { grade = "inference", mh = 1e9, min_usd_h = 0.1 }
    act.bid_spot { grade = "inference", mh = 5, max_usd_h = 3 }
  end }
)";
    const Ran ran = rackrace_in(folder.path(), "run -q --until 2026Q2 --strategy coreweave=own.lua --out played");
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    const auto store = ReplayStore::open(folder.path() / "played");
    REQUIRE(store);
    check_books(*store);
    std::map<std::string, std::string> cuts, told;
    const Columns &rows = store->table("auction_orders"), &orders = store->table("orders");
    for (std::size_t row = 0; row < rows.rows(); ++row)
        if (rows.text(row, "party") == "coreweave" && rows.quarter(row) == store->last_t())
            cuts[rows.text(row, "market") + " " + rows.text(row, "side")] = rows.text(row, "cut");
    const auto [first, end] = orders.rows_of(store->last_t());
    for (std::size_t row = first; row < end; ++row)
        if (orders.text(row, "firm") == "coreweave") told[orders.text(row, "verb")] = why_text(why_of(*store, text_of(*store, row)));
    CHECK(cuts["used_chips ask"] == "own_orders");
    CHECK(cuts["used_chips bid"] == "own_orders");
    CHECK(cuts["spot_i ask"] == "compute");
    CHECK(cuts["spot_i bid"] == "own_orders");
    CHECK(has(told["sell_chips"], "40 of 100 chips stood in the auction: the rest met the firm's own order"));
    CHECK(has(told["buy_used_chips"], "0 of 60 chips stood in the auction: the rest met the firm's own order"));
    CHECK(has(told["sell_chips"], "the resale value is "));
    CHECK(has(told["offer_spot"], "has no more of this grade, less what met its own order on the other side"));
}

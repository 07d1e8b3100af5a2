// Spot prices of both grades over the run, the volatility of the inference price, and the hours that firms sold spot.
#include <fmt/format.h>

#include <algorithm>

#include "engine/base/numbers.h"
#include "engine/base/quarter_index.h"
#include "viz/figures/builders.h"
#include "viz/figures/figure_parts.h"

namespace rackrace {
namespace {

constexpr int kVolatilityQuarters = 8;  // two years: long enough for a spread, short enough to move
constexpr int kFewestChanges = 3;

/// Standard deviation of the last changes of ln price up to t; kNoValue while there are too few.
double volatility(const ReplayStore& store, int t, const std::string& column) {
    double sum = 0.0, squares = 0.0;
    int count = 0;
    for (int at = t; at > t - kVolatilityQuarters; --at) {
        const double now = store.of_market(at, column), before = store.of_market(at - 1, column);
        if (!(now > 0.0) || !(before > 0.0)) continue;
        const double change = log(now / before);
        sum += change;
        squares += change * change;
        ++count;
    }
    if (count < kFewestChanges) return kNoValue;
    const double mean = sum / count;
    return std::sqrt(std::max(0.0, squares / count - mean * mean));
}

Series volatility_band(const ReplayStore& store, const std::string& column, int look) {
    Series band{"volatility", "usual range of spot I", MarkShape::band, look};
    for (int t : store.quarters()) {
        const double price = store.of_market(t, column), spread = volatility(store, t, column);
        if (!std::isfinite(spread)) continue;
        const double low = price * exp(-spread), high = price * exp(spread);
        band.data.push_back({static_cast<double>(t), high - low, low, kNoValue, kNoValue, "", fmt::format("{:.0f} % a quarter", 100.0 * spread), ""});
    }
    return band;
}

/// "1.05 $/h, -34.0 % on 2028Q2; cleared by 9 firms that sold and 3 that bought" for the mark of a quarter.
std::string clearing_text(const ReplayStore& store, int t, const std::string& column, int grade) {
    const double now = store.of_market(t, column), before = store.of_market(t - 1, column);
    if (!(before > 0.0)) return "price of the opening books";
    const Columns& fills = store.table("fills");
    const std::string subject = grade == 0 ? "training" : "inference";
    int sold = 0, bought = 0;
    const auto [first, end] = fills.rows_of(t);
    for (std::size_t row = first; row < end; ++row) {
        if (!(fills.number(row, "got") > 0.0) || fills.text(row, "subject") != subject) continue;
        sold += fills.text(row, "verb") == "offer_spot";
        bought += fills.text(row, "verb") == "bid_spot";
    }
    return fmt::format("{:.3f} $/h, {:+.1f} % on {}; {} firms sold and {} bought", now, 100.0 * (now / before - 1.0), quarter_name(t - 1), sold,
                       bought);
}

/// Lengths of contracts that are told apart, the last quarter of each.
struct Tenor {
    const char* id;
    const char* name;
    int most_q;
};
constexpr Tenor kTenors[] = {{"contract-4q", "contracts to 4 q", 4}, {"contract-12q", "contracts to 12 q", 12}, {"contract-long", "longer contracts", 1000}};

/// Mean price of the contracts signed in a quarter, by quantity; a gap where none was.
Series signed_price(const ReplayStore& store, const Tenor& tenor, int least_q, int look) {
    const Columns& contracts = store.table("contracts");
    Series series{tenor.id, tenor.name, MarkShape::line, look};
    series.is_thin = true;
    double last_signed = 0.0;  // contracts are numbered in the order of signing
    for (const int t : store.quarters()) {
        double quantity = 0.0, paid = 0.0, newest = last_signed;
        int count = 0;
        for (auto [row, end] = contracts.rows_of(t); row < end; ++row) {
            const double number = contracts.number(row, "contract");
            newest = std::max(newest, number);
            const int length_q = contracts.quarter(row, "end_quarter") - contracts.quarter(row, "start_quarter") + 1;
            if (t == store.opening_t() || number <= last_signed || length_q < least_q || length_q > tenor.most_q) continue;
            quantity += contracts.number(row, "quantity_h100e");
            paid += contracts.number(row, "quantity_h100e") * contracts.number(row, "price_usd_h");
            ++count;
        }
        last_signed = newest;
        Datum datum;
        datum.key = t;
        if (quantity > 0.0) {
            datum.value = paid / quantity;
            datum.reason = fmt::format("{:.3f} $/h, mean of {} contract{} of {} to {} quarters signed in {}, {} H100e", datum.value, count, count == 1 ? "" : "s", least_q, tenor.most_q == kTenors[2].most_q ? "more" : std::to_string(tenor.most_q),
                                       quarter_name(t), short_number(quantity));
        }
        series.data.push_back(std::move(datum));
    }
    return series;
}

double sold_spot_mh(const ReplayStore& store, int t) {
    double h100e = 0.0;
    for (const std::string& firm : store.firms()) h100e += store.of_firm(t, firm, "sold_spot_h100e");
    return h100e * store.parameter("hours_per_quarter") / 1e6;
}

}  // namespace

Result<FigureModel> build_prices(const ReplayStore& store, const FigureScope&) {
    FigureModel figure = start_figure(store, "prices", "Spot prices", "nominal; one clearing a quarter and grade");
    if (store.quarters().size() < 2) {
        figure.empty_text = "No trades before " + quarter_name(store.opening_t() + 1) + ": only the opening books are here.";
        return figure;
    }
    FigurePanel prices = quarter_panel("price", "price of an H100e-hour", "$/h");
    prices.height_share = 2.0;
    prices.series.push_back(volatility_band(store, "spot_i_usd_h", 0));
    prices.series.push_back(market_series(store, "spot T", MarkShape::line, 1, "spot_t_usd_h"));
    prices.series.push_back(market_series(store, "spot I", MarkShape::line, 0, "spot_i_usd_h"));
    for (int grade = 0; grade < 2; ++grade)
        for (Datum& datum : prices.series[static_cast<std::size_t>(grade) + 1].data)
            datum.reason = clearing_text(store, static_cast<int>(datum.key), grade == 0 ? "spot_t_usd_h" : "spot_i_usd_h", grade);
    if (prices.series.front().data.empty()) prices.series.erase(prices.series.begin());
    for (std::size_t i = 0; i < std::size(kTenors); ++i) {
        Series series = signed_price(store, kTenors[i], i == 0 ? 1 : kTenors[i - 1].most_q + 1, static_cast<int>(i) + 2);
        const bool has_any = std::any_of(series.data.begin(), series.data.end(), [](const Datum& datum) { return std::isfinite(datum.value); });
        if (has_any) prices.series.insert(prices.series.end() - 2, std::move(series));
    }
    FigurePanel volume = quarter_panel("volume", "sold spot by the firms", "Mh");
    volume.names_series = false;
    volume.series.push_back(quarter_series(
        store, "sold", "sold spot", MarkShape::bar, kRestLook, [&](int t) { return t == store.opening_t() ? kNoValue : sold_spot_mh(store, t); },
        "hours that the firms sold spot, both grades", "Mh", ""));
    volume.series.back().is_thin = true;
    figure.panels = {std::move(prices), std::move(volume)};
    figure.notes.push_back(
        fmt::format("T: training hours, I: inference hours. Usual range: the price times and over e to one standard deviation of the last {} changes "
                    "of its logarithm. Contracts: mean price of those signed in the quarter, by quantity; the price of an hour of training.",
                    kVolatilityQuarters));
    return finish_figure(std::move(figure));
}

}  // namespace rackrace

// What became of an order: what it asked, what its market made of it and why not all, at which price and in which place among the others.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "engine/base/quarter_index.h"
#include "engine/quarter/verbs.h"
#include "engine/schema/fields.h"
#include "viz/figures/figure_model.h"
#include "viz/figures/why_book.h"

namespace rackrace {
namespace {

struct Placed {
    std::size_t row = 0;
    int t = 0;
    std::string firm, verb, status, code;
    nlohmann::json args;
    std::string id;
};

/// The auction that an order goes to; market is empty for verbs without one.
struct Auction {
    std::string market, subject;
    bool is_ask = false;
    double price = 0.0;
    std::string path;  // of the price that it clears at
};

Placed placed_of(const ReplayStore& store, std::size_t row) {
    const Columns& orders = store.table("orders");
    return {row,
            orders.quarter(row),
            orders.text(row, "firm"),
            orders.text(row, "verb"),
            orders.text(row, "status"),
            orders.text(row, "code"),
            arguments_of(store, row),
            fmt::format("{:.0f}", orders.number(row, "order_id"))};
}

/// A reason with the script line that placed an order, where the run holds it.
Reason at_line(const ReplayStore& store, const Placed& order, std::string text, std::string address) {
    const int line = line_of(store, order.row);
    return {std::move(text), std::move(address), line > 0 ? store.table("orders").text(order.row, "script") : "", line};
}

Auction auction_of(const Placed& order) {
    const auto word = [&](const char* key) { return text_argument(order.args, key); };
    const auto number = [&](const char* key) { return number_argument(order.args, key); };
    if (order.verb == "bid_chips")
        return {"chips", word("product"), false, number("max_usd_chip"), "product=" + word("product") + "&field=cleared_usd_chip"};
    if (order.verb == "bid_power")
        return {"power", word("region"), false, number("max_usd_kw_q"), "region=" + word("region") + "&field=adder_usd_kw_q"};
    if (order.verb == "sell_chips")
        return {"used_chips", word("product"), true, number("min_usd_chip"), "product=" + word("product") + "&field=resale_usd_chip"};
    if (order.verb == "buy_used_chips")
        return {"used_chips", word("product"), false, number("max_usd_chip"), "product=" + word("product") + "&field=resale_usd_chip"};
    if (order.verb != "offer_spot" && order.verb != "bid_spot") return {};
    const bool is_training = word("grade") == "training", is_ask = order.verb == "offer_spot";
    return {is_training ? "spot_t" : "spot_i", "hours", is_ask, number(is_ask ? "min_usd_h" : "max_usd_h"),
            is_training ? "market.spot_t_usd_h" : "market.spot_i_usd_h"};
}

/// "vr300, 47,951 chips, at most 210,836 $/chip" from the arguments, in the order of the verb.
std::string arguments_text(const Placed& order) {
    const VerbInfo* verb = verb_named(order.verb);
    if (verb == nullptr) return "";
    std::string out;
    for (const ArgInfo& arg : verb->args) {
        const auto at = order.args.find(std::string(arg.name));
        if (at == order.args.end()) continue;
        const std::string name(arg.name);
        std::string text = at->is_string() ? at->get<std::string>() : at->is_number() ? price_text(at->get<double>()) : at->dump();
        if (at->is_number() && arg.row.unit != Unit::index && !unit_text(arg.row.unit).empty())
            text = counted(text, std::string(unit_text(arg.row.unit)));
        if (name.starts_with("max_")) text = "at most " + text;
        else if (name.starts_with("min_")) text = "at least " + text;
        else if (at->is_number() && !is_quantity(arg.row.unit)) text = name + " " + text;
        out += (out.empty() ? "" : ", ") + text;
    }
    return out;
}

std::string quantity_unit(const Placed& order) {
    const VerbInfo* verb = verb_named(order.verb);
    return verb == nullptr || verb->quantity < 0 ? "" : std::string(unit_text(verb->args[static_cast<std::size_t>(verb->quantity)].row.unit));
}

int orders_told_together(const ReplayStore& store, const Placed& order) {
    const Columns& orders = store.table("orders");
    const double n = orders.number(order.row, "fill");
    const auto [first, end] = orders.rows_of(order.t);
    int count = 0;
    for (std::size_t row = first; row < end; ++row) count += orders.text(row, "firm") == order.firm && orders.number(row, "fill") == n;
    return count;
}

/// The row of the book that the order stands behind; nullptr without one.
const BookRow* own_row(const Book& book, const Placed& order, const Auction& auction) {
    const auto at = std::find_if(book.rows.begin(), book.rows.end(), [&](const BookRow& row) {
        return row.party == order.firm && row.is_ask == auction.is_ask && row.source == "order" &&
               (auction.market != "chips" || row.price == auction.price);
    });
    return at == book.rows.end() ? nullptr : &*at;
}

/// "got 18,795 of 19,511 Mh at 1.597 (F02 partial)", as the firm was told.
std::string told_text(const ReplayStore& store, const Placed& order) {
    const Columns& fills = store.table("fills");
    const std::size_t row = fill_row(store, order.row);
    if (row == fills.rows()) return order.status == "accepted" ? "accepted" : order.status;
    const std::string code = order.code.empty() ? "" : " (" + order.code + " " + store.table("orders").text(order.row, "reason") + ")";
    const std::string price =
        fills.number(row, "got") > 0.0 && fills.number(row, "price") > 0.0 ? " at " + price_text(fills.number(row, "price")) : "";
    return fmt::format("got {} of {}{}{}", price_text(fills.number(row, "got")),
                       counted(price_text(fills.number(row, "asked")), quantity_unit(order)), price, code);
}

/// What became of an order in a few words. Steps of a bid are told together.
std::string outcome_text(const ReplayStore& store, const Placed& order) {
    return (orders_told_together(store, order) < 2 ? "" : "its steps together ") + told_text(store, order);
}

/// Better than another order of its side: cheaper asks, dearer bids, higher scores.
bool is_ahead(const BookRow& one, const BookRow& other) { return one.is_ask ? one.score < other.score : one.score > other.score; }

/// Where an order stands: its rank among those of its side and what the better ones take.
std::string rank_text(const Book& book, const BookRow& row, const BookUnits& measure) {
    int rank = 1, all = 0;
    double before = 0.0, same = 0.0, same_filled = 0.0;
    for (const BookRow& one : book.rows) {
        if (one.is_ask != row.is_ask || one.entered <= 0.0) continue;
        ++all;
        if (is_ahead(one, row)) {
            ++rank;
            before += one.entered;
        } else if (!is_ahead(row, one)) {
            same += one.entered;
            same_filled += one.filled;
        }
    }
    const bool is_double = book.rule == "DOUBLE";
    const std::string room = is_double ? fmt::format("{} traded in all", with_unit(measure, book.quantity))
                                       : fmt::format("the supply is {}", with_unit(measure, book.supply));
    std::string out = fmt::format("rank {} of {} {}s, the {} first: those before it are {}, {}", rank, all, row.is_ask ? "ask" : "bid",
                                  row.is_ask ? "cheapest" : "dearest", with_unit(measure, before), room);
    if (row.filled > 0.0 && row.filled < row.entered)
        out += same > row.entered ? fmt::format("; with others at the same price it shares what is left, {} of {}, pro rata",
                                                amount_text(measure, same_filled), with_unit(measure, same))
                                  : std::string("; it takes what is left");
    return out;
}

std::string verdict_text(const Book& book, const BookRow& row, const BookUnits& measure) {
    const std::string price = price_text(row.price) + " " + measure.price_unit, filled = with_unit(measure, row.filled);
    if (book.market == "chips" && is_posted(book)) {
        if (row.filled == row.entered) return fmt::format("{} all served at the posted price of {}", filled, price_text(book.floor));
        return fmt::format("{} of {} served at the posted price of {}: the supply of {} is short and shared {}, a firm's dearest step first",
                           amount_text(measure, row.filled), with_unit(measure, row.entered), price_text(book.floor), with_unit(measure, book.supply),
                           book.rule == "POSTED" ? "by the buyers' weights" : "pro rata to the orders");
    }
    if (book.market == "chips") {
        const std::string counts = row.score == row.price
                                       ? price_text(row.score)
                                       : fmt::format("{} with the bonus of {:+.1f} %", price_text(row.score), 100.0 * (row.score / row.price - 1.0));
        if (row.filled == row.entered) return fmt::format("{} all served: the bid counts {} and pays {}", filled, counts, price_text(row.paid));
        const std::string end =
            book.rejected_score > row.score ? fmt::format("; bids that count up to {} found no chips", price_text(book.rejected_score)) : "";
        return row.filled > 0.0 ? fmt::format("{} of {} served at {}: the supply ends inside this bid, which counts {}",
                                              amount_text(measure, row.filled), with_unit(measure, row.entered), price_text(row.paid), counts)
                                : fmt::format("nothing served: the bid counts {}, and the chips were gone before it{}", counts, end);
    }
    if (book.market == "power") {
        if (row.filled == row.entered && book.price == 0.0)
            return fmt::format("{} all won: the lot served every bid, so the adder is 0; it bid up to {}", filled, price);
        if (row.filled == row.entered)
            return fmt::format("{} all won: {} is {} the adder of {}, which it pays", filled, price, row.price > book.price ? "over" : "at",
                               price_text(book.price));
        if (row.filled == 0.0 && row.score == book.rejected_score)
            return fmt::format("nothing won: the lot was gone before this bid of {}; as the highest that was turned away it sets the adder", price);
        return row.filled > 0.0 ? fmt::format("{} of {} won: the lot ends inside this bid, which sets the adder of {}",
                                              amount_text(measure, row.filled), with_unit(measure, row.entered), price_text(book.price))
                                : fmt::format("nothing won: the lot was gone before a bid of {}; the adder is {}", price, price_text(book.price));
    }
    const char* did = row.is_ask ? "sold" : "bought";
    if (row.filled == row.entered)
        return fmt::format("{} all {} at {}: {} {}", filled, did, price_text(book.price), row.is_ask ? "it asked no less than" : "it bid up to",
                           price);
    if (row.filled > 0.0)
        return fmt::format("{} of {} {}: its price of {} is at the margin of the market, which cleared at {}", amount_text(measure, row.filled),
                           with_unit(measure, row.entered), did, price, price_text(book.price));
    if (row.is_ask ? row.price > book.price : row.price < book.price)
        return fmt::format("nothing {}: {} {}, and the market cleared at {}", did, row.is_ask ? "it asked at least" : "it bid at most", price,
                           price_text(book.price));
    return fmt::format("nothing {}: at {} better orders took all of the other side", did, price);
}

/// Everything about one row of a book that the order, or its steps at that price, stands behind.
void add_row(const ReplayStore& store, const Book& book, const BookRow& row, const std::string& prefix, Why& why) {
    const BookUnits measure = measure_of(store, book.market, std::max(row.asked, 1.0));
    if (const std::string cut = cut_text(book, row, measure); !cut.empty()) why.reasons.push_back({prefix + cut});
    if (row.entered == 0.0) return;
    Reason verdict{prefix + verdict_text(book, row, measure)};
    if (!is_posted(book)) verdict.behind.push_back({rank_text(book, row, measure_of(store, book.market, std::max(book.supply, row.asked)))});
    why.reasons.push_back(std::move(verdict));
}

/// The price of the market, and where it is explained.
void add_price(const ReplayStore& store, const Placed& order, const Auction& auction, const Book& book, Why& why) {
    const bool is_mean = book.market == "chips" && !is_posted(book);
    double price = book.price;
    const char* what = book.quantity == 0.0 ? "nothing traded in this market, its price stands at"
                       : is_mean            ? "the buyers paid, in the mean,"
                                            : "the market cleared at";
    std::string after;
    if (book.market == "used_chips") {
        const Columns& products = store.table("products");
        price = value_at(products, row_named(products, order.t, "product", auction.subject), "resale_usd_chip");
        if (book.quantity > 0.0 && price == book.price) after = ", at which the market cleared";
        else if (book.quantity > 0.0) after = fmt::format("; the market cleared at {}", price_text(book.price));
        what = "the resale value is";
    }
    why.reasons.push_back(
        {fmt::format("{} {} {}{}   why: {}", what, price_text(price), measure_of(store, auction.market, 1.0).price_unit, after, auction.path),
         store.address(order.t, auction.path)});
}

void explain_fill(const ReplayStore& store, const Placed& order, Why& why) {
    const Auction auction = auction_of(order);
    if (auction.market.empty()) {
        why.reasons.push_back(
            {order.verb == "order_wafers"
                 ? "how the wafers were split among those who asked is not recorded; table products has what each product was allotted"
                 : "no auction stands behind this verb: what became of it is told above, its effect is in the firm's rows of this quarter and the next",
             store.address(order.t, "firm=" + order.firm)});
        return;
    }
    const Book book = read_book(store, order.t, auction.market, auction.subject);
    const BookRow* row = own_row(book, order, auction);
    if (row == nullptr) {
        why.reasons.push_back({book.is_there && !is_whole(book) ? unrecorded_text(book)
                               : book.is_there                  ? "no such order stood in the auction"
                               : auction.market == "power"      ? "no lot is auctioned in this run: the request joined the queue"
                                                                : "no auction was held: nothing was for sale"});
        return;
    }
    if (const std::size_t steps = orders_behind(store, book, *row).size(); steps > 1)
        why.reasons.push_back({fmt::format("{} steps of the bid at this price count as one of {}", steps,
                                           with_unit(measure_of(store, book.market, row->asked), row->asked))});
    add_row(store, book, *row, "", why);
    if (auction.market == "spot_t" && auction.is_ask) {
        const Book rest = read_book(store, order.t, "spot_i", "hours");
        for (const BookRow& left : rest.rows)
            if (left.party == order.firm && left.source == "left_over")
                add_row(store, rest, left, "the training hours left over went on as inference: ", why);
    }
    for (const BookRow& step : book.rows)
        if (book.market == "chips" && step.party == order.firm && step.price != row->price)
            why.reasons.push_back(row_reason(store, book, step,
                                             fmt::format("told together with its step at {}, which got {} of {}", price_text(step.price),
                                                         amount_text(measure_of(store, book.market, step.asked), step.filled),
                                                         with_unit(measure_of(store, book.market, step.asked), step.asked))));
    add_price(store, order, auction, book, why);
}

/// The decision that failed and took its orders with it.
std::string failure_text(const ReplayStore& store, const Placed& order) {
    const Columns& decisions = store.table("decisions");
    const auto [first, end] = decisions.rows_of(order.t);
    for (std::size_t row = first; row < end; ++row)
        if (decisions.text(row, "firm") == order.firm && decisions.text(row, "status") == "failed" &&
            decisions.text(row, "stage") == store.table("orders").text(order.row, "stage"))
            return fmt::format(": {}:{:.0f}: {}", decisions.text(row, "error_script"), decisions.number(row, "error_line"),
                               decisions.text(row, "error"));
    return "";
}

}  // namespace

Why explain_order(const ReplayStore& store, std::size_t order_row) {
    const Placed order = placed_of(store, order_row);
    const Columns& orders = store.table("orders");
    Why why{order_address(store, order_row),
            fmt::format("order {} of {} in {}: {} {}: {}", order.id, order.firm, quarter_name(order.t), order.verb, arguments_text(order),
                        order.status == "rejected" ? "refused, " + order.code + " " + orders.text(order_row, "reason") : outcome_text(store, order))};
    const bool is_autopilot = orders.text(order_row, "author") == "autopilot";
    why.reasons.push_back(at_line(store, order,
                                  fmt::format("placed in {} by {}{}", orders.text(order_row, "stage") == "A" ? "decide" : "operate",
                                              is_autopilot ? "the autopilot, " : "", place_of(store, order_row)),
                                  ""));
    if (order.status == "rejected") explain_rejection(store, order_row, why);
    else if (order.status == "replaced")
        why.reasons.push_back({"a standing order of decide: operate gave its lever anew, so this one reached no market"});
    else if (order.status == "dropped")
        why.reasons.push_back({"the decision failed afterwards, and with it all that it had ordered" + failure_text(store, order)});
    else explain_fill(store, order, why);
    return why;
}

}  // namespace rackrace

// Credit of a quarter, and bills among firms that owe each other.
#include "cli/clear/rule.h"
#include "engine/market/credit_clearing.h"
#include "engine/settle/clearing_vector.h"

namespace rackrace::clear {
namespace {

void check_credit(const Parameters&, const Json& in, Refusals& wrong) {
    std::vector<std::string> ids;
    std::int64_t total = 0;
    for (const Json& request : in.at("requests")) {
        ids.push_back(request.at(0));
        total += request.at(1).get<std::int64_t>();
    }
    need_distinct(ids, "requests", wrong);
    need_total(total, kMostUsd, "requests", wrong);
}

Json run_credit(const Parameters& p, const Json& in) {
    CreditRequests requests;
    for (const Json& request : in.at("requests"))
        requests.rows[requests.count++] = {Usd{request.at(1)}, request.at(2), request.at(3), tie_of_name(request.at(0))};
    const CreditClearing clearing = clear_credit(p, requests, Usd{in.at("Scr")});
    Json filled = Json::object();
    for (std::size_t i = 0; i < in["requests"].size(); ++i) filled[in["requests"][i].at(0).get<std::string>()] = clearing.filled[i].value;
    return {{"filled", filled}, {"z", clearing.addon_apr}};
}

void check_bills(const Parameters&, const Json& in, Refusals& wrong) {
    const int count = in.at("n");
    if (in.at("cash").size() != static_cast<std::size_t>(count))
        wrong.add({"cash", 0, 0, has_entries(in["cash"].size()), "give one for each of the n = " + std::to_string(count) + " firms"});
    std::int64_t total = 0;
    for (std::size_t i = 0; i < in.at("dues").size(); ++i) {
        const Json& due = in["dues"][i];
        const std::string path = inside("dues", i);
        for (std::size_t k = 0; k < 2; ++k)
            if (due.at(k).get<int>() >= count)
                wrong.add({inside(path, k), 0, 0, "is " + due[k].dump(), "firms are counted from 0, and n is " + std::to_string(count)});
        if (due.at(0) == due.at(1)) wrong.add({path, 0, 0, "is owed to oneself", "leave it out"});
        total += due.at(2).get<std::int64_t>();
    }
    need_total(total, kMostUsd, "dues", wrong);
}

Json run_bills(const Parameters& p, const Json& in) {
    ClearingBills bills;
    bills.count = in.at("n");
    for (int f = 0; f < bills.count; ++f) {
        const auto place = static_cast<std::size_t>(f);
        bills.cash[f] = Usd{in.at("cash").at(place)};
        bills.id[f] = tie_of_place(place);
    }
    for (const Json& due : in.at("dues")) bills.dues[due.at(0).get<int>()][due.at(1).get<int>()] += Usd{due.at(2)};
    const ClearingPayments payments = clear_bills(p, bills);
    Json due = Json::array(), paid = Json::array(), is_short = Json::array();
    for (int f = 0; f < bills.count; ++f) {
        due.push_back(payments.due[f].value);
        paid.push_back(payments.paid[f].value);
        if (payments.is_short[f]) is_short.push_back(f);
    }
    return {{"due", due}, {"paid", paid}, {"short", is_short}};
}

}  // namespace

std::vector<Rule> money_rules() {
    constexpr double most_margin = 100.0;
    const auto firm = [](const char* name, const char* meaning) { return whole(name, "firm", meaning, 0, kMaxPayers - 1); };
    const auto of_each = [](const char* name, const char* meaning) { return list_of(name, meaning, kMaxPayers, usd("amount", "")); };
    return {{"credit", "One supply of credit to the requests that bid most over their quote, all at the add-on of the best one refused",
             record_of({list_of("requests", "of the quarter, in any order", kMaxCreditRequests,
                                row_of({named("id", "of the request"), usd("amount", "asked for"),
                                        frac("m", "share/year", "highest rate less the quote; below 0 is no bid", -most_margin, most_margin),
                                        frac("pd", "share/year", "chance of default; the safest first where the add-on is at its limit", 0.0, 1.0)})),
                        usd("Scr", "what all lenders supply")}),
             record_of({by_name("filled", "of each request", "id", kMaxCreditRequests, usd("amount", "")),
                        frac("z", "share/year", "add-on that all filled requests pay over their quote", 0.0, most_margin)}),
             check_credit, run_credit},
            {"clearing-vector", "Bills among firms at once: the greatest payments that cash and receipts allow, creditors treated alike",
             record_of({whole("n", "firms", "counted 0 to n-1 below", 0, kMaxPayers),
                        list_of("dues", "owed by one firm to another; those of a pair are netted", kMaxPayers * kMaxPayers,
                                row_of({firm("from", "that owes"), firm("to", "that is owed"), usd("amount", "owed")})),
                        of_each("cash", "of each firm, with its undrawn revolver")}),
             record_of({of_each("due", "of each firm after netting"), of_each("paid", "by each firm"),
                        list_of("short", "firms that cannot pay in full", kMaxPayers, firm("firm", ""))}),
             check_bills, run_bills}};
}

}  // namespace rackrace::clear

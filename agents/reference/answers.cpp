#include "agents/reference/answers.h"

#include <cctype>

#include "agents/reference/reference.h"
#include "engine/quarter/verbs.h"

namespace rackrace {
namespace {

/// By Code.
constexpr AnswerText kTexts[] = {
    {"The order was taken, or filled in full.", ""},
    {"The order takes more money than the firm can give: cash, less what it must hold and what its earlier orders of the quarter take.",
     "Size the order by me.cash_musd and leave room for the orders before it; borrow a quarter ahead."},
    {"Lenders, or buyers of shares, give less than was asked; what is beyond their limit is cut off. A buyer of compute whom no seller trusts\n"
     "for the size of the contract gets it too.",
     "Ask for no more than me.credit_limit_musd; more equity, less debt or a longer backlog raise the limit."},
    {"The firm is in breach of a covenant, or would be after the order.",
     "Look at me.headroom_frac before: repay, or wait until earnings are back."},
    {"Fewer chips than the smallest lot.", "Ask for none, or for a lot at least."},
    {"More than there is to give: hours not free, chips not held or not on order, more than the principal of a loan, power that is not there,\n"
     "or on-site power where the region allows none. An offer of hours may be cut to what is free.",
     "Bound the size by what obs.me shows: capacity_mh less contracted_mh, fleet, sites, loans."},
    {"What the order names is not there, has ended, or is not this firm's.",
     "Take the id from this callback's obs: ids kept from earlier quarters may have ended. record.id of the list that the verb's row names is right."},
    {"The product cannot be bought or made in that quarter: it sells later, or sells no more.",
     "Take products whose `released` is true, or obs.market.newest_i."},
    {"An in-house line is not sold: its owners order it with order_captive. Or the line ordered so is not this firm's.",
     "Skip products whose `captive` is true, and take order_captive for a line of one's own."},
    {"No bidder gets more than a part of the lot of a quarter; the rest of the bid is cut off.",
     "Bid for less, in several regions or over several quarters."},
    {"The price is beyond the band in which the market takes orders.",
     "Keep the price between the bounds that `rackrace api` shows beside the argument: race.clamp does it."},
    {"One such order a stage is taken; this is the second, of the same verb or for the same thing.",
     "Decide first, then call the verb once. The first call stands."},
    {"All slots are taken: so many orders of a kind, loans, or sites in building a firm may have.",
     "Join small orders into one, and count: the numbers are in the reference."},
    {"A value is beyond its bounds. The order is dropped; a setting keeps the value that it had.",
     "Clamp the value to the bounds that `rackrace api` shows beside the argument."},
    {"The verb, or what it names, is not for a firm of this role, or not for any by the rules of the scenario. A verb of another role is\n"
     "always answered so.",
     "Leave it to the others: the roles of each verb are in the reference, and a scenario's [rules] may close a market."},
    {"The last one is too few quarters ago.", "Keep obs.time.t of the last call in mem and wait; the number of quarters is in the reference beside the verb."},
    {"The other side, or the firm itself, is not sound enough: a buyer too likely to default, a seller that delivered too little, a firm that\n"
     "is in chapter 11 or, in a merger, would grow too large.",
     "Look at me.rating and the rivals' rating and distressed; better books open the market again."},
    {"After the issue the firm would hold more cash than its outlays call for, so there is nothing to lend for; what is beyond is cut off.",
     "Raise money when it is to be spent, not before."},
    {"The market found nobody: price, size or term did not meet another side. No fault of the order, which has ended.",
     "Compare `price` of the result with one's own limit, and bid again nearer to it if the deal is still worth it."},
    {"The market filled a part; the rest has ended.", "`got` of the result says how much. Ask for the rest again, or at a better price."},
};
static_assert(std::size(kTexts) == static_cast<std::size_t>(Code::count));

}  // namespace

const AnswerText& text_of_answer(Code code) { return kTexts[static_cast<int>(code)]; }

std::optional<Code> find_answer(std::string_view id) {
    std::string upper(id);
    for (char& letter : upper) letter = static_cast<char>(std::toupper(static_cast<unsigned char>(letter)));
    for (int code = 1; code < static_cast<int>(Code::count); ++code)
        if (kCodes[code].id == upper) return static_cast<Code>(code);
    return std::nullopt;
}

std::vector<std::string_view> answer_ids() { return code_ids(~CodeMask{0}); }

std::vector<std::string_view> verbs_answered(Code code) {
    std::vector<std::string_view> verbs;
    for (const VerbInfo& verb : describe_verbs())
        if ((answers_of(verb) & code_mask(code)) != 0) verbs.push_back(verb.row.name);
    return verbs;
}

std::string explain(Code code) {
    const CodeRow& row = row_of(code);
    const AnswerText& text = text_of_answer(code);
    std::string out = std::string(row.id) + " (" + (is_rejection(code) ? "rejection" : "market") + "): " + std::string(row.name) + "\n\n" + std::string(text.meaning) + "\n";
    out += is_rejection(code) ? "The verb gives false, or the result in obs.results carries the code; nothing stops.\n" : "The result in obs.results carries the code.\n";
    out += "Result: " + std::string(row.record) + ".\n";
    std::size_t column = 0;
    std::string verbs = "Verbs:";
    for (const std::string_view verb : verbs_answered(code)) {
        if (column + verb.size() > 110) verbs += "\n      ", column = 0;
        verbs += " " + std::string(verb);
        column += verb.size() + 1;
    }
    return out + verbs + "\n\nWhat a script can do: " + std::string(text.advice) + "\n";
}

}  // namespace rackrace

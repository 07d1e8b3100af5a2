#include "viz/figures/movements.h"

#include <fmt/format.h>

#include "viz/figures/causes.h"

namespace rackrace {
namespace {

void add_movement(std::map<std::string, Movement>& movements, const char* cause, const std::string& kind, double usd) {
    if (usd == 0.0) return;
    Movement& movement = movements[cause];
    movement.cause = cause;
    movement.usd += usd;
    movement.kinds[kind] += usd;
    ++movement.postings;
}

}  // namespace

PostingSign sign_of_accounts(std::function<bool(Account account)> counts) {
    return [counts = std::move(counts)](const KindRow& kind, bool is_payer) {
        const Account debit = is_payer ? kind.payer_debit : kind.payee_debit, credit = is_payer ? kind.payer_credit : kind.payee_credit;
        return (counts(debit) ? 1.0 : 0.0) - (counts(credit) ? 1.0 : 0.0);
    };
}

std::map<std::string, Movement> movements_of(const ReplayStore& store, const std::string& firm, int since, int t, const PostingSign& sign) {
    std::map<std::string, Movement> out;
    const Columns& postings = store.table("postings");
    for (int at = since + 1; at <= t; ++at) {
        const auto [first, end] = postings.rows_of(at);
        for (std::size_t row = first; row < end; ++row) {
            const bool pays = postings.text(row, "payer") == firm, receives = postings.text(row, "payee") == firm;
            if (!pays && !receives) continue;
            const std::string& name = postings.text(row, "kind");
            const auto kind = kind_named(name);
            if (!kind) continue;
            const double amount = postings.number(row, "amount_usd");
            if (pays) add_movement(out, cause_of(*kind).paid, name, amount * sign(row_of(*kind), true));
            if (receives) add_movement(out, cause_of(*kind).received, name, amount * sign(row_of(*kind), false));
        }
    }
    return out;
}

std::string movement_text(const Movement& movement) {
    std::string out = fmt::format("{} postings:", movement.postings);
    bool is_first = true;
    for (const auto& [kind, usd] : movement.kinds) {
        out += fmt::format("{} {} {:+.0f} $", is_first ? "" : ",", kind, usd);
        is_first = false;
    }
    return out;
}

}  // namespace rackrace

// What moved a firm's money between two closes: its postings gathered by cause, as the bridges draw them and the reasons tell them.
#pragma once

#include <functional>
#include <map>
#include <string>

#include "engine/settle/kinds.h"
#include "viz/figures/replay_store.h"

namespace rackrace {

struct Movement {
    std::string cause;
    double usd = 0.0;
    std::map<std::string, double> kinds = {};  // amounts by kind of posting
    int postings = 0;
};

/// What of a posting's amount counts at the firm that pays it, or at the one that receives it: 1, -1 or 0.
using PostingSign = std::function<double(const KindRow& kind, bool is_payer)>;

/// The accounts debited less those credited, of the accounts that count.
PostingSign sign_of_accounts(std::function<bool(Account account)> counts);

/// By cause, of the quarters after `since` up to t; causes that nothing moved are left out, and so are kinds that this program does not know: the
/// sum then differs from the books.
std::map<std::string, Movement> movements_of(const ReplayStore& store, const std::string& firm, int since, int t, const PostingSign& sign);

/// "3 postings: ai_revenue +188000000 $"
std::string movement_text(const Movement& movement);

}  // namespace rackrace

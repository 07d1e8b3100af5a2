// `rackrace why`, as a person gives it: prices of a quarter down to a script's line, what became of orders, refusals, used chips.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/cli/program.h"
#include "tests/temporary_folder.h"

using namespace rackrace;
namespace fs = std::filesystem;
using Json = nlohmann::json;

namespace {

/// Offers used chips, meets its own bid for training hours, and makes calls that are refused, each for another reason.
constexpr const char* kSeller = R"(local race = require "rackrace"
return race.neocloud {
  api = "1.0", name = "Seller",
  decide = function(obs, act, p, mem, rng)
    act.sell_chips { product = obs.market.products[1].id, chips = 50, min_usd_chip = 1000 }
    act.sell_chips { product = obs.market.products[3].id, chips = 50, min_usd_chip = 1000 }
    act.bid_spot { mh = 1.0, max_usd_h = 0.001 }
    act.bid_spot { mh = 2.0, max_usd_h = 9.0, grade = "training" }
    act.offer_spot { mh = 3.0, min_usd_h = 0.5, grade = "training" }
    act.bid_power { region = obs.market.regions[1].id, grid_mw = 1, max_usd_kw_q = 10 }
    act.bid_power { region = obs.market.regions[1].id, grid_mw = 2, max_usd_kw_q = 10 }
    act.lease_site { region = obs.market.regions[1].id, mw = 1, tenor_q = 1000 }
    act.bid_chips { product = obs.market.products[5].id, chips = 10, max_usd_chip = 100 }
  end,
}
)";
constexpr const char* kBuyer = R"(local race = require "rackrace"
return race.neocloud {
  api = "1.0", name = "Buyer",
  decide = function(obs, act, p, mem, rng)
    act.buy_used_chips { product = obs.market.products[1].id, chips = 20, max_usd_chip = 30000 }
  end,
}
)";

/// Two quarters with both scripts, in runs/traded of the folder that is returned.
const fs::path& traded() {
    static const TemporaryFolder folder;
    static const bool is_played = [] {
        write(folder.path() / "seller.lua", kSeller);
        write(folder.path() / "buyer.lua", kBuyer);
        const Ran ran =
            rackrace_in(folder.path(), "run -q --until 2026Q3 --strategy coreweave=seller.lua --strategy nebius=buyer.lua --out runs/traded");
        INFO(ran.err);
        REQUIRE(ran.code == ExitCode::done);
        return true;
    }();
    REQUIRE(is_played);
    return folder.path();
}

Ran why(const std::string& rest, const std::string& options = "") { return rackrace_in(traded(), "why 'traded" + rest + "' " + options); }

/// Number of the order of coreweave in 2026Q2 from a line of its script.
std::string order_at(int line) {
    const Ran ran = rackrace_in(traded(), "show 'traded@2026Q2#firm=coreweave' --json");
    const Json shown = Json::parse(ran.out);
    for (const Json& order : shown.at("orders"))
        if (order.at("line") == line && order.at("script") == "firms/coreweave.lua") return std::to_string(order.at("order_id").get<int>());
    FAIL("no order from line " << line);
    return "";
}

std::string why_line(int line) {
    const Ran ran = why("#firm=coreweave&order=" + order_at(line));
    INFO(ran.err);
    REQUIRE(ran.code == ExitCode::done);
    CHECK(ran.out.find("\n  placed in decide by firms/coreweave.lua:" + std::to_string(line) + "\n") != std::string::npos);
    return ran.out;
}

bool holds(const std::string& text, const std::string& part) {
    INFO(text);
    CHECK(text.find(part) != std::string::npos);
    return text.find(part) != std::string::npos;
}

}  // namespace

TEST_CASE("Why explains a spot price by orders, offers and needs, as text and as JSON", "[cli][program][why]") {
    const Ran text = why("@2026Q3#market.spot_t_usd_h");
    REQUIRE(text.code == ExitCode::done);
    CHECK(text.out.starts_with("spot_t_usd_h "));
    for (const char* part : {" $/h (2026Q2: ", "\n  cleared at ", "\n    offered ", "\n    wanted ", "\n  sold ", "\n  bought ",
                             "\n  the outside offers ", "baseline.lua:"})
        holds(text.out, part);
    const Json json = Json::parse(why("@2026Q3#market.spot_t_usd_h", "--json").out);
    CHECK(json.at("schema") == "rackrace.why/1");
    CHECK(json.at("address") == "traded@2026Q3#market.spot_t_usd_h");
    double sum = 0.0;
    const Json sold = json.at("reasons").at(2).at("split");
    for (const Json& part : sold.at("parts")) sum += part.at("now").get<double>();
    CHECK(sum == sold.at("now").get<double>());
    CHECK(why("@2026Q3#market.spot_t_usd_h", "--verbose").out.size() > text.out.size());
}

TEST_CASE("Why explains what became of an order, with its line and its place in the market", "[cli][program][why]") {
    const std::string offer = why_line(9);
    holds(offer, "stood in the auction: the rest met the firm's own order on the other side");
    holds(offer, "rank ");
    holds(offer, "the market cleared at ");
    holds(why_line(8), "(F01 unfilled)");
    holds(why_line(10), "the lot was gone before a bid of 10 $/kW-quarter");
    const std::string sold = why_line(5);
    holds(sold, "50 chips all sold at ");
    holds(sold, "why: product=hopper&field=resale_usd_chip");
}

TEST_CASE("Why explains a refusal by its rule and says what would have passed", "[cli][program][why]") {
    const std::string none = why_line(6);
    holds(none, "refused, R05 over_capacity");
    holds(none, "  asked 50 chips, allowed 0 chips\n");
    holds(none, "nothing would have passed: there is none");
    holds(why_line(7), "max_usd_h: asked 0.001 $/h, allowed 0.02 $/h\n  would have passed: at least 0.02 $/h\n");
    holds(why_line(11), "R11: one order a stage is taken here");
    holds(why_line(12), "tenor_q: asked 1,000 quarters, allowed 60 quarters\n  would have passed: at most 60 quarters\n");
    const std::string early = why_line(13);
    holds(early, "R07: feynman is not on sale yet");
    holds(early, "  now 2026Q2, first sale 20");
    holds(early, "would have passed: a bid from 20");
}

TEST_CASE("Why explains the price of used chips by the dealer's bid", "[cli][program][why]") {
    const std::string text = why("@2026Q2#product=hopper&field=resale_usd_chip").out;
    holds(text, "cleared at 50 chips inside the bid of dealer at ");
    holds(text, "the dealer bids for one chip more than are offered");
    holds(text, "coreweave 50 chips, asked at 1,000   order ");
    holds(text, "firms/nebius.lua:5\n");
    const std::string price = Json::parse(rackrace_in(traded(), "show 'traded@2026Q2#product=hopper&field=resale_usd_chip' --json").out)
                                  .at("rows")
                                  .at(0)
                                  .at("resale_usd_chip")
                                  .dump();
    CHECK_FALSE(price.empty());
}

TEST_CASE("Why leaves with the status of its trouble and the nearest path", "[cli][program][why]") {
    CHECK(why("@2026Q3#firm=coreweave&field=rating").out.starts_with("coreweave in 2026Q3: default probability "));
    const Ran unexplained = why("@2026Q3#firm=coreweave&field=cahs_usd");
    CHECK(unexplained.code == ExitCode::bad_input);
    holds(unexplained.err, "did you mean 'firm=coreweave&field=cash_usd'?");
    const Ran unknown = why("@2026Q3#market.spot_i");
    CHECK(unknown.code == ExitCode::bad_input);
    holds(unknown.err, "did you mean 'market.spot_i_usd_h'?");
    CHECK(unknown.out.empty());
    holds(why("@2026Q3#region=nowhere").err, "there is no region 'nowhere'; use one of: ");
    holds(why("@2026Q3#firm=nobody-at-all").err, "there is no firm 'nobody-at-all'; use one of: ");
    CHECK(why("@2026#x").code == ExitCode::wrong_usage);
    CHECK(why("").code == ExitCode::wrong_usage);  // as fork, obs and debug leave without a quarter
    const Ran timeless = why("#firm=coreweave");
    CHECK(timeless.code == ExitCode::wrong_usage);
    holds(timeless.err, "names no quarter");
    CHECK(why("#firm=coreweave&order=99999999").code == ExitCode::bad_input);
    CHECK(why("@2026Q3").out.starts_with("2026Q3: "));
    CHECK(rackrace_in(traded(), "why nowhere@2026Q3#market.spot_i_usd_h").code == ExitCode::bad_input);
    CHECK(rackrace_in(traded(), "why").code == ExitCode::wrong_usage);
    const std::string help = rackrace_in(traded(), "why --help").out;
    CHECK(help.starts_with("Examples:\n  rackrace why '"));
}

// Plays a run on the host: quarter by quarter through the four functions, asking the firms between the stages and telling a listener at each close.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "engine/quarter/decision_log.h"
#include "engine/quarter/orders.h"
#include "engine/scenario/chance.h"
#include "engine/scenario/scenario.h"
#include "engine/settle/ledger.h"
#include "engine/world/world.h"

namespace rackrace {

/// What a listener sees at the close of a quarter. References hold only during the call.
struct ClosedQuarter {
    const Scenario& scenario;
    const World& world;
    const Ledger& ledger;
    const PostingList& postings;
    const Orders* orders;       // [kMaxFirms], of both stages; nullptr where no market was played
    std::uint64_t state_hash;   // of World
    const DecisionLog* decisions = nullptr;  // of the quarter; nullptr where the firms keep none
};

class QuarterListener {
public:
    virtual ~QuarterListener() = default;
    /// Called once before the first quarter with the opening books, then after each close.
    virtual void on_opening(const Scenario& scenario, const World& world) = 0;
    virtual void on_close(const ClosedQuarter& closed) = 0;
};

/// The firms' side of a run: fills the orders of every firm for a stage. Sealed: `world` does not move while firms decide.
class Deciders {
public:
    virtual ~Deciders() = default;
    /// Stage A, after open_quarter. orders [kMaxFirms] arrive empty.
    virtual void decide(const Scenario& scenario, const World& world, Orders* orders) = 0;
    /// After commit, before stage B: what the contract and money markets made of the orders; and again before close: what became of bids for
    /// failed firms. The reference holds only during the call.
    virtual void hear(const Deals&) {}
    /// Stage B, after commit. orders arrive as stage A left them: standing orders of stage B stay unless replaced.
    virtual void operate(const Scenario& scenario, const World& world, Orders* orders) = 0;
    /// After the close, before the listener: what became of the orders of both stages can be read off the world.
    virtual void close(const Scenario&, const World&, const Orders*) {}
    /// What the firms did in the quarter; nullptr for deciders that keep no log.
    virtual const DecisionLog* log() const { return nullptr; }
    /// Asked after each stage: true ends the run there, inside the quarter.
    virtual bool is_stopped() const { return false; }
};

struct RunOutcome {
    std::vector<std::uint64_t> state_hashes;  // one a quarter played
    bool is_complete = false;                 // false: world.fault says why, or the deciders stopped
    std::optional<Posting> suspect;           // where a fault is about what postings move: the negative one, or the last that moved it
};

/// Plays from world.t + 1 to scenario.end_t. `world` holds the opening state (its seed is set here) and ends as the final one.
/// Stops at the first fault, and where the deciders stop: then `world` is left inside a quarter. Playing 5 quarters, then the rest from the world left behind, gives the same bytes as playing all.
/// `deciders` nullptr: nobody orders anything (the momentum world).
RunOutcome play_run(const Scenario& scenario, World& world, std::uint64_t seed, Deciders* deciders, QuarterListener* listener);

/// The draws of `seed` for a scenario's regions and products.
Chance draw_chance(const Scenario& scenario, std::uint64_t seed);

/// Completes the books that a loader filled: resale values, ratings, values and what hangs on them, by the engine's own rules.
void complete_opening(const Scenario& scenario, World& opening);

/// Hash of the whole state.
std::uint64_t hash_world(const World& world);

}  // namespace rackrace

// What the firms decided in a quarter, call by call: which script, which line, which arguments, what became of it. For those who record or
// explain a run; no part of World, of a hash or of what a rule reads, since the line of a script decides nothing. Host only.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "engine/quarter/desk.h"
#include "engine/quarter/verbs.h"

namespace rackrace {

/// accepted: a market or a setting read it. rejected: refused at the call. replaced: a standing order whose lever `operate` gave anew.
/// dropped: its decision failed afterwards.
enum class OrderStatus : std::uint8_t { accepted, rejected, replaced, dropped, count };
inline constexpr const char* kOrderStatusNames[] = {"accepted", "rejected", "replaced", "dropped"};
static_assert(sizeof(kOrderStatusNames) / sizeof(kOrderStatusNames[0]) == static_cast<std::size_t>(OrderStatus::count));

inline constexpr const char* kStageNames[] = {"decide", "operate"};     // the callback of a stage
inline constexpr const char* kAuthorNames[] = {"script", "autopilot"};

/// One call of a verb. Calls with a quantity of 0 are no orders and are left out; so are the autopilot's for levers that the script plays.
struct PlacedOrder {
    int id = 0;                     // in the order of placing over the whole run, from 1
    int firm = 0;
    Stage stage = Stage::a;         // of the callback
    Author author = Author::script;
    Verb verb = Verb::count;
    OrderStatus status = OrderStatus::accepted;
    VerbAnswer answer;              // code none where accepted
    alignas(8) unsigned char args[kMaxArgsBytes] = {};  // the verb's struct
    int script = 0;                 // of DecisionLog::scripts
    int line = 0;                   // 0 where none was running
    int fill = -1;                  // of DecisionLog::fills; -1 where no market told of it
};

/// What a market made of an order, or of all steps of a bid together, as the firm is told.
struct Fill {
    int firm = 0;
    DeskResult result{};
};

/// A callback that was called.
struct Decision {
    int firm = 0;
    Stage stage = Stage::a;
    Author author = Author::script;
    std::int64_t budget_used = 0;   // instructions and charges
    int accepted = 0, rejected = 0; // of its calls
    int unlisted = 0;               // calls beyond kMaxListedCalls, counted above but without a row of their own
    bool has_failed = false;
    std::string error;              // the rest: where it failed
    int error_script = 0;           // of DecisionLog::scripts
    int error_line = 0;
};

struct TraceEntry {
    int firm = 0;
    Stage stage = Stage::a;
    std::string name;
    double value = 0.0;
    bool is_mark = false;
    int line = 0;
};

/// A number that a script keeps from quarter to quarter, as it stands at the close. Those that are 0 are left out.
struct MemoryEntry {
    int firm = 0;
    Author author = Author::script;
    std::string name;               // as declared
    int item = 0;                   // of an array, from 1; 0: it is none
    double value = 0.0;             // a flag that is set is 1
};

/// A script may call verbs as long as its budget lasts; this many calls of a decision are listed, more than a sound script makes.
inline constexpr int kMaxListedCalls = 1000;

struct DecisionLog {
    std::vector<PlacedOrder> orders;       // in the order of placing
    std::vector<Fill> fills;
    std::vector<Decision> decisions;       // stage A of all firms, then stage B
    std::vector<TraceEntry> traces;
    std::vector<MemoryEntry> memory;       // filled at the close
    std::vector<std::string> scripts;      // files of the run, as paths in its folder's scripts/
    int last_id = 0;                       // of the run

    /// A new quarter: numbers and file names go on.
    void clear() {
        orders.clear();
        fills.clear();
        decisions.clear();
        traces.clear();
        memory.clear();
    }

    /// The number of a script.
    int script_of(std::string_view path);

    /// A callback begins: what follows is its.
    void begin(int firm, Stage stage, Author author);

    /// A call of the decision that was begun.
    void add(Verb verb, const VerbAnswer& answer, const unsigned char* args, int script, int line);

    /// The callback ended well; where it is `operate`, `used` are the verbs whose standing orders it replaces.
    void end(std::int64_t budget_used, VerbMask used);

    /// The callback failed: its orders and traces are dropped.
    void fail(std::int64_t budget_used, int script, int line, std::string_view error);

    /// The results that a firm's Desk holds from its `from`-th on.
    void add_results(int firm, const Desk& desk, int from);

private:
    std::size_t first_order_ = 0, first_trace_ = 0;  // of the decision that was begun
};

/// What an order was answered: at the call, or by the market.
Code answer_of(const DecisionLog& log, const PlacedOrder& order);

/// True where the call orders nothing: its quantity is 0.
bool is_no_order(const VerbInfo& verb, const unsigned char* args);

/// The value of an argument; references, words and flags as the number that the struct holds.
double argument_value(const ArgInfo& arg, const unsigned char* args);

/// What a result of the call is about: the value of the verb's first reference, -1 without one.
std::int32_t reference_in(const VerbInfo& verb, const unsigned char* args);

}  // namespace rackrace

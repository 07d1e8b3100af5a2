#include <optional>
#include <string_view>
#include <vector>

#include "agents/checker/advice.h"
#include "agents/checker/walk.h"

namespace rackrace {

using namespace lua;

namespace {

constexpr std::size_t kMostDraws = 500, kMostBranches = 500;  // a larger script is generated, and each draw is held against each branch

struct Draw {
    const Function* function;
    std::string_view stream;  // empty: the one without a name
    TextRange range;
};

class DrawAdvice {
public:
    DrawAdvice(const AdviceInput& in, Diagnostics& diagnostics) : in_(in), diagnostics_(diagnostics) {}

    void stat(const Stat& stat, const Function& function) {
        if (const auto* branch = as<IfStat>(&stat)) branches_.push_back({&function, branch, stat.range});
    }

    void expr(const Expr& expr, const Function& function) {
        const auto* method = as<MethodCall>(&expr);
        if (method == nullptr || method->method == "stream") return;
        if (const auto stream = stream_of(*method->object)) draws_.push_back({&function, *stream, expr.range});
    }

    void finish() {
        if (draws_.size() > kMostDraws || branches_.size() > kMostBranches) return;
        for (const Branch& branch : branches_)
            for (const Draw& draw : draws_)
                if (is_within(draw, branch) && draw.function == branch.function && !is_even(branch, draw.stream)) look_behind(draw, branch);
    }

private:
    struct Branch {
        const Function* function;
        const IfStat* node;
        TextRange range;
    };

    /// Inside, but for the first condition, which is always asked.
    static bool is_within(const Draw& draw, const Branch& branch) { return is_in(draw, branch.range) && !is_in(draw, branch.node->clauses.front().condition->range); }

    static bool is_in(const Draw& draw, TextRange range) { return range.begin <= draw.range.begin && draw.range.end <= range.end; }

    std::optional<std::string_view> stream_of(const Expr& object) const {
        if (const auto* named = as<MethodCall>(&object)) {
            const auto* name = named->method == "stream" && named->arguments.size() == 1 ? as<StringLiteral>(named->arguments[0]) : nullptr;
            if (name == nullptr || !is_rng(*named->object)) return std::nullopt;
            return name->value;
        }
        return is_rng(object) ? std::optional(std::string_view()) : std::nullopt;
    }

    bool is_rng(const Expr& expr) const {
        const auto paths = in_.values.of(expr);
        return paths.size() == 1 && paths[0].root == Root::rng && paths[0].steps.empty();
    }

    /// True where every way through the branches draws as often.
    bool is_even(const Branch& branch, std::string_view stream) const {
        if (branch.node->otherwise == nullptr) return false;
        const auto count = [&](TextRange range) {
            int found = 0;
            for (const Draw& draw : draws_) found += draw.stream == stream && draw.function == branch.function && is_in(draw, range);
            return found;
        };
        const int wanted = count(branch.node->otherwise->range);
        for (const IfClause& clause : branch.node->clauses)
            if (count(clause.body->range) != wanted) return false;
        return true;
    }

    void look_behind(const Draw& draw, const Branch& branch) {
        for (const Draw& later : draws_) {
            if (later.function != draw.function || later.stream != draw.stream || later.range.begin < branch.range.end) continue;
            Diagnostic& d = diagnostics_.add("D404", draw.range, "whether this is drawn moves the draws after it", "give it a stream of its own: rng:stream(\"name\")");
            d.marks.push_back({later.range, "this one"});
            return;
        }
    }

    const AdviceInput& in_;
    Diagnostics& diagnostics_;
    std::vector<Draw> draws_;
    std::vector<Branch> branches_;
};

}  // namespace

void advise_on_draws(const AdviceInput& in, Diagnostics& diagnostics) {
    DrawAdvice advice(in, diagnostics);
    Walker<DrawAdvice>(advice).function(*in.ast.chunk);
    advice.finish();
}

}  // namespace rackrace

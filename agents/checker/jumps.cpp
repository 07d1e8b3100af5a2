#include "agents/checker/jumps.h"

#include <algorithm>
#include <string>

#include "agents/checker/walk.h"

namespace rackrace::lua {
namespace {

/// The jumps of one function, in the order of its text: what waits for a label that comes later, and the labels in sight.
class FunctionJumps {
public:
    explicit FunctionJumps(Diagnostics& diagnostics) : diagnostics_(diagnostics) {}

    void run(const Function& function) {
        locals_.assign(function.parameters.begin(), function.parameters.end());
        block(*function.body, false);
        for (const Pending& jump : pending_)
            diagnostics_.add("S012", jump.range, "no label " + in_quotes(jump.label) + " is in sight of this goto",
                             "write  ::" + std::string(jump.label) + "::  in this block or one around it, in the same function");
    }

private:
    struct Pending {
        std::string_view label;
        TextRange range;
        std::size_t locals;  // in scope at the jump, cut back when it leaves a block
    };
    struct Label {
        std::string_view name;
        TextRange range;
    };

    void block(const Block& body, bool is_loop) { block(body, is_loop, [] {}); }

    template <class Before>
    void block(const Block& body, bool is_loop, Before declare_first) {
        const std::size_t outer_locals = locals_.size();
        const std::size_t outer_labels = labels_.size();
        const std::size_t outer_pending = pending_.size();
        loops_ += is_loop ? 1 : 0;
        declare_first();
        for (const Stat* stat : body.statements) std::visit([&](const auto& node) { this->stat(node, *stat, outer_locals, outer_pending); }, stat->node);
        loops_ -= is_loop ? 1 : 0;
        locals_.resize(outer_locals);
        labels_.resize(outer_labels);
        for (std::size_t i = outer_pending; i < pending_.size(); ++i) pending_[i].locals = std::min(pending_[i].locals, outer_locals);
    }

    void stat(const GotoStat& node, const Stat&, std::size_t, std::size_t) {
        const bool backward = std::any_of(labels_.begin(), labels_.end(), [&](const Label& label) { return label.name == node.label; });
        if (!backward) pending_.push_back({node.label, node.label_range, locals_.size()});
    }

    void stat(const LabelStat& node, const Stat&, std::size_t outer_locals, std::size_t outer_pending) {
        for (const Label& label : labels_) {
            if (label.name != node.label) continue;
            Diagnostic& d = diagnostics_.add("S014", node.label_range, "label " + in_quotes(node.label) + " is already in sight here", "choose another name");
            d.marks.push_back({label.range, "first here"});
        }
        labels_.push_back({node.label, node.label_range});
        const std::size_t in_scope = node.ends_block ? outer_locals : locals_.size();
        for (std::size_t i = outer_pending; i < pending_.size();) {
            if (pending_[i].label != node.label) {
                ++i;
                continue;
            }
            if (pending_[i].locals < in_scope) {
                const Local& entered = *locals_[pending_[i].locals];
                Diagnostic& d = diagnostics_.add("S013", pending_[i].range, "this goto jumps into the scope of local " + in_quotes(entered.name),
                                                 "declare the local before the goto, or put it into do ... end");
                d.marks.push_back({entered.range, "declared between goto and label"});
            }
            pending_.erase(pending_.begin() + static_cast<std::ptrdiff_t>(i));
        }
    }

    void stat(const BreakStat&, const Stat& stat, std::size_t, std::size_t) {
        if (loops_ == 0) diagnostics_.add("S015", stat.range, "`break` stands outside a loop", "`return` leaves a function; `break` leaves for, while and repeat");
    }

    void stat(const LocalStat& node, const Stat&, std::size_t, std::size_t) { locals_.insert(locals_.end(), node.locals.begin(), node.locals.end()); }
    void stat(const LocalFunctionStat& node, const Stat&, std::size_t, std::size_t) { locals_.push_back(node.local); }
    void stat(const DoStat& node, const Stat&, std::size_t, std::size_t) { block(*node.body, false); }
    void stat(const WhileStat& node, const Stat&, std::size_t, std::size_t) { block(*node.body, true); }
    void stat(const RepeatStat& node, const Stat&, std::size_t, std::size_t) { block(*node.body, true); }
    void stat(const IfStat& node, const Stat&, std::size_t, std::size_t) {
        for (const IfClause& clause : node.clauses) block(*clause.body, false);
        if (node.otherwise != nullptr) block(*node.otherwise, false);
    }
    void stat(const NumericForStat& node, const Stat&, std::size_t, std::size_t) {
        block(*node.body, true, [&] { locals_.push_back(node.variable); });
    }
    void stat(const GenericForStat& node, const Stat&, std::size_t, std::size_t) {
        block(*node.body, true, [&] { locals_.insert(locals_.end(), node.variables.begin(), node.variables.end()); });
    }
    template <class Other>
    void stat(const Other&, const Stat&, std::size_t, std::size_t) {}

    Diagnostics& diagnostics_;
    std::vector<const Local*> locals_;
    std::vector<Label> labels_;
    std::vector<Pending> pending_;
    int loops_ = 0;
};

}  // namespace

void check_jumps(const Ast& ast, Diagnostics& diagnostics) {
    for (const Function& function : ast.functions())
        if (function.body != nullptr) FunctionJumps(diagnostics).run(function);
}

}  // namespace rackrace::lua

#include "tests/agents/script_generator.h"

#include <random>
#include <vector>

#include "agents/checker/api_names.h"
#include "agents/host/ids.h"
#include "engine/quarter/verbs.h"

namespace rackrace::host_test {
namespace {

constexpr const char* kReals[] = {"0.0", "1.0", "-1.0", "0.5", "2.75", "1e300", "-3e-5", "1e-310", "7.0", "100.0"};
constexpr const char* kWholes[] = {"0", "1", "2", "3", "-2", "7", "1000003"};
constexpr const char* kSeen[] = {"obs.me.cash_musd", "obs.market.spot_i_usd_h", "obs.market.hist.util_frac[2]", "obs.time.t", "obs.market.newest_i", "obs.me.rating", "obs.market.policy_apr",
                                 "obs.market.products[1].kw_chip", "obs.market.fc.demand_mh[4]"};
constexpr const char* kOfOne[] = {"pos", "abs", "floor", "ceil", "sign", "round", "exp", "log", "sqrt", "tanh"};
constexpr const char* kOfTwo[] = {"min", "max", "step", "pow", "power_cost_musd"};
constexpr const char* kOfThree[] = {"clamp", "ratio", "lerp", "smooth", "ema", "grow", "annuity"};
constexpr const char* kOfProduct[] = {"mh_of", "mw_of", "chips_for"};

/// Joined from left to right: the parts of a + b + c are worked out in an order that compilers choose.
std::string text(std::initializer_list<std::string> parts) {
    std::string out;
    for (const std::string& part : parts) out += part;
    return out;
}

class Generator {
public:
    Generator(Role role, std::uint64_t number) : role_(role), random_(number * 2654435761u + static_cast<std::uint64_t>(role)) {}

    std::string script() {
        std::string helpers;
        for (int i = 0; i < 2; ++i) helpers += function(i);
        return text({"local race = require \"rackrace\"\nlocal half, steps = 0.5, 3\n", helpers, "return race.", std::string(role_text(role_)),
                     " {\n  api = \"1.0\", name = \"Random\",\n  params = { k = race.range(-5, 5, 1.5), on = race.flag(true), what = race.choice({ \"a\", \"b\" }, \"b\") },\n"
                     "  memory = { x = 0.5, y = -2.0, on = false, a = race.array(6, 1.25) },\n",
                     callback("decide", Stage::a), callback("operate", Stage::b), "}\n"});
    }

private:
    std::uint64_t below(std::uint64_t most) { return random_() % most; }
    bool chance(int percent) { return below(100) < static_cast<std::uint64_t>(percent); }
    template <std::size_t Count>
    std::string one_of(const char* const (&words)[Count]) { return words[below(Count)]; }
    std::string one_of(const std::vector<std::string>& words) { return words[below(words.size())]; }

    std::string callback(const std::string& name, Stage stage) {
        stage_ = stage;
        reals_ = {"half"};
        wholes_ = {"steps"};
        flags_.clear();
        names_ = 0;
        functions_ = 2;
        has_world_ = true;
        return text({"  ", name, " = function(obs, act, p, mem, rng)\n", block(5 + static_cast<int>(below(6)), 0), "  end,\n"});
    }

    std::string function(int number) {
        reals_ = {"half", "x", "y"};
        wholes_ = {"steps"};
        flags_.clear();
        functions_ = number;  // those before it
        has_world_ = false;
        std::string body = "local function f" + std::to_string(number) + "(mem, x, y)\n";
        if (chance(50)) body += text({"  if ", flag(1), " then return ", real(1), " end\n"});
        if (chance(40)) body += "  mem.x = " + real(1) + "\n";
        return body + "  return " + real(2) + "\nend\n";
    }

    std::string real(int depth) {
        if (depth <= 0 || chance(20)) {
            switch (below(has_world_ ? 6 : 3)) {
                case 0: return one_of(kReals);
                case 1: return one_of(reals_);
                case 2: return chance(50) ? "mem.x" : text({"mem.a[", place(), "]"});
                case 3: return "p.k";
                case 4: return one_of(kSeen);
                default: return one_of(reals_);
            }
        }
        const int rest = depth - 1;
        switch (below(has_world_ ? 15 : 9)) {
            case 0: return text({"(", real(rest), " + ", real(rest), ")"});
            case 1: return text({"(", real(rest), " - ", (chance(30) ? whole(rest) : real(rest)), ")"});
            case 2: return text({"(", (chance(30) ? whole(rest) : real(rest)), " * ", real(rest), ")"});
            case 3: return text({"(", whole(rest), " / ", (chance(50) ? whole(rest) : real(rest)), ")"});
            case 4: return text({"(", real(rest), (chance(50) ? " % " : " // "), real(rest), ")"});
            case 5: return "-(" + real(rest) + ")";
            case 6: return text({"(", flag(rest), " and ", real(rest), " or ", real(rest), ")"});
            case 7: return text({"race.", one_of(kOfOne), "(", (chance(20) ? whole(rest) : real(rest)), ")"});
            case 8: return "(" + real(rest) + ") ^ 2";
            case 9: return text({"race.", one_of(kOfTwo), "(", real(rest), ", ", real(rest), ")"});
            case 10: return text({"race.", one_of(kOfThree), "(", real(rest), ", ", real(rest), ", ", real(rest), ")"});
            case 11: return functions_ > 0 ? text({"f", std::to_string(below(static_cast<std::uint64_t>(functions_))), "(mem, ", real(rest), ", ", real(rest), ")"}) : one_of(kReals);
            case 12: return chance(50) ? text({"rng:uniform(", real(0), ", ", real(0), ")"}) : text({"rng:stream(\"s", std::to_string(below(3)), "\"):normal(", real(0), ", 1.0)"});
            case 13: return text({"race.", one_of(kOfProduct), "(", real(rest), ", ", (chance(50) ? product() : product() + ".id"), ")"});
            default:
                switch (below(5)) {
                    case 0: return "race.trend(" + std::string(chance(50) ? "mem.a" : "obs.market.hist.spot_i_usd_h") + ")";
                    case 1: return text({"race.npv(0.1, ", (chance(50) ? std::string("mem.a") : real(0)), ", ", std::to_string(below(8)), ")"});
                    case 2: return text({"race.chip_value_usd(obs, ", product(), ", ", real(0), ")"});
                    case 3: return text({"race.payback_q(", product(), ", ", real(0), ", 50.0)"});
                    default: return "race.runway_q(obs.me)";
                }
        }
    }

    std::string whole(int depth) {
        if (depth <= 0 || chance(30)) return chance(50) ? one_of(kWholes) : one_of(wholes_);
        const int rest = depth - 1;
        switch (below(has_world_ ? 7 : 5)) {
            case 0: return text({"(", whole(rest), " + ", whole(rest), ")"});
            case 1: return text({"(", whole(rest), " - ", whole(rest), ")"});
            case 2: return text({"(", whole(rest), " * ", whole(rest), ")"});
            case 3: return text({"(", whole(rest), (chance(50) ? " // " : " % "), (chance(90) ? "3" : whole(rest)), ")"});
            case 4: return text({"-", (chance(50) ? one_of(wholes_) : "(" + whole(rest) + ")")});
            case 5: return "#" + std::string(chance(50) ? "obs.market.products" : "mem.a");
            default: return "race.argmax(obs.market.products, \"perf_t_chip\")";
        }
    }

    std::string flag(int depth) {
        if (depth <= 0 || chance(25)) {
            if (!flags_.empty() && chance(40)) return one_of(flags_);
            switch (below(has_world_ ? 5 : 2)) {
                case 0: return "mem.on";
                case 1: return chance(50) ? "true" : "false";
                case 2: return "p.on";
                case 3: return "(p.what == \"" + std::string(chance(50) ? "a" : "b") + "\")";
                default: return "obs.market.products[1].released";
            }
        }
        static constexpr const char* kCompare[] = {" < ", " <= ", " > ", " >= ", " == ", " ~= "};
        const int rest = depth - 1;
        switch (below(7)) {
            case 0: return text({"(", real(rest), one_of(kCompare), real(rest), ")"});
            case 1: return text({"(", whole(rest), one_of(kCompare), real(rest), ")"});
            case 2: return text({"(", real(rest), one_of(kCompare), whole(rest), ")"});
            case 3: return text({"(", whole(rest), one_of(kCompare), whole(rest), ")"});
            case 4: return "not " + flag(rest);
            case 5: return text({"(", flag(rest), " and ", flag(rest), ")"});
            default: return text({"(", flag(rest), " or ", flag(rest), ")"});
        }
    }

    /// An index of mem.a: nearly always inside.
    std::string place() {
        if (chance(2)) return one_of(wholes_);
        if (chance(40)) return text({std::to_string(1 + below(6)), chance(20) ? ".0" : ""});
        return one_of(wholes_) + " % 6 + 1";
    }

    std::string product() { return chance(60) ? "obs.market.products[" + std::to_string(1 + below(3)) + "]" : "obs.market.products[" + one_of(wholes_) + " % #obs.market.products + 1]"; }

    std::string block(int statements, int depth) {
        const std::size_t reals = reals_.size(), wholes = wholes_.size(), flags = flags_.size();
        std::string out;
        for (int i = 0; i < statements; ++i) out += statement(depth);
        reals_.resize(reals);
        wholes_.resize(wholes);
        flags_.resize(flags);
        return out;
    }

    std::string fresh(const char* letter) { return letter + std::to_string(names_++); }

    /// A local that may be assigned: none of the file, none of a loop.
    std::string assigned(const std::vector<std::string>& names, const char* letter) {
        std::vector<std::string> own;
        for (const std::string& name : names)
            if (name[0] == letter[0]) own.push_back(name);
        return own.empty() ? "" : one_of(own);
    }

    std::string statement(int depth) {
        const std::string indent(static_cast<std::size_t>(4 + 2 * depth), ' ');
        switch (below(depth < 2 ? 14 : 9)) {
            case 0: {
                const std::string value = real(3), name = fresh("r");
                reals_.push_back(name);
                return indent + "local " + name + " = " + value + "\n";
            }
            case 1: {
                const std::string value = whole(2), name = fresh("n");
                wholes_.push_back(name);
                return indent + "local " + name + " = " + value + "\n";
            }
            case 2: {
                const std::string value = flag(2), name = fresh("b");
                flags_.push_back(name);
                return indent + "local " + name + " = " + value + "\n";
            }
            case 3: {
                if (const std::string name = assigned(reals_, "r"); !name.empty() && chance(70)) return indent + name + " = " + real(3) + "\n";
                return text({indent, (chance(50) ? "mem.x = " : "mem.y = "), real(3), "\n"});
            }
            case 4: {
                if (const std::string name = assigned(wholes_, "n"); !name.empty() && chance(70)) return indent + name + " = " + whole(2) + "\n";
                return indent + "mem.on = " + flag(3) + "\n";
            }
            case 5: return text({indent, "mem.a[", place(), "] = ", (chance(30) ? whole(2) : real(2)), "\n"});
            case 6: return text({indent, "mem.x, mem.a[", place(), "], mem.y = ", real(1), ", ", real(2), ", mem.x\n"});
            case 7: return text({indent, "act.trace(\"t", std::to_string(below(4)), "\", race.clamp(", real(2), ", -1e6, 1e6))\n"});
            case 8: return indent + verb_call();
            case 9: return text({indent, "if ", flag(2), " then\n", block(2, depth + 1), (chance(60) ? indent + "else\n" + block(2, depth + 1) : ""), indent, "end\n"});
            case 10: return numeric_loop(indent, depth);
            case 11: {
                const std::string name = fresh("n");
                wholes_.push_back(name);
                std::string out = indent + "local " + name + " = 0\n" + indent + "while " + name + " < 4 do\n" + indent + "  " + name + " = " + name + " + 1\n";
                const std::string inner = block(2, depth + 1);
                return text({out, (chance(40) ? indent + "  if " + flag(1) + " then break end\n" : ""), (inner.find(name + " = ") == std::string::npos ? inner : ""), indent, "end\n"});
            }
            case 12: {
                const std::string name = fresh("v");
                reals_.push_back(name);
                std::string out = text({indent, "for i", name, ", ", name, " in ipairs(", chance(50) ? "mem.a" : "obs.market.hist.spot_t_usd_h", ") do\n", block(2, depth + 1)});
                std::erase(reals_, name);
                return out + indent + "end\n";
            }
            default: {
                const std::string name = fresh("c");
                return text({indent, "for _, ", name, " in ipairs(obs.market.products) do\n", indent, "  if ", name, ".kw_chip > ", real(1), " then mem.y = mem.y + ", name, ".perf_t_chip * ", real(1), " end\n", indent, "end\n"});
            }
        }
    }

    std::string numeric_loop(const std::string& indent, int depth) {
        const bool is_whole = chance(70);
        const std::string name = fresh("i");
        auto& names = is_whole ? wholes_ : reals_;
        std::string head;
        if (is_whole) head = one_of({"1, 4", "3, 1, -1", "0, 5, 2", "1, 0", "1, " + (chance(50) ? std::string("2.5") : "race.clamp(" + real(1) + ", -3.0, 5.0)"), "-2, steps"});
        else head = one_of({"0.0, 1.0, 0.25", "1.5, 3", "1.0, -1.0, -0.5", "2, 3.5, 0.5"});
        names.push_back(name);
        std::string out = text({indent, "for ", name, " = ", head, " do\n", block(2, depth + 1), chance(20) ? indent + "  if " + flag(1) + " then break end\n" : "", indent, "end\n"});
        std::erase(names, name);
        return out;
    }

    std::string verb_call() {
        std::vector<const VerbInfo*> open;
        for (const VerbInfo& verb : describe_verbs()) {
            bool can_name = (verb.row.roles & role_bit(role_)) != 0 && (stage_ == Stage::a || verb.row.stage == Stage::b);
            for (const ArgInfo& arg : verb.args)
                can_name = can_name && (!is_id(arg.row.unit) || arg.row.unit == Unit::product_id || arg.row.unit == Unit::region_id || arg.row.unit == Unit::firm_id);
            if (can_name) open.push_back(&verb);
        }
        if (open.empty()) return "act.mark(\"idle\")\n";  // a supplier at stage B
        const VerbInfo& verb = *open[below(open.size())];
        std::string arguments;
        for (const ArgInfo& arg : verb.args) {
            if (!arg.row.is_required && chance(40)) continue;
            arguments += (arguments.empty() ? "" : ", ") + std::string(arg.name) + " = " + argument(arg);
        }
        const std::string call = "act." + std::string(verb.row.name) + " { " + arguments + " }";
        return chance(30) ? text({"if ", chance(50) ? "not " : "", call, " then mem.y = ", real(1), " end\n"}) : call + "\n";
    }

    std::string argument(const ArgInfo& arg) {
        switch (arg.row.unit) {
            case Unit::product_id: return product() + ".id";
            case Unit::region_id: return chance(50) ? "obs.market.cheapest_region" : "obs.market.regions[1].id";
            case Unit::firm_id: return chance(50) ? "obs.rivals[1].id" : "obs.me.id";
            case Unit::flag: return flag(1);
            case Unit::kind_name: {
                const auto word = [&] { return "\"" + std::string(arg.row.choices[below(static_cast<std::uint64_t>(arg.choice_count()))]) + "\""; };
                return chance(60) ? word() : text({flag(1), " and ", word(), " or ", word()});
            }
            default: break;
        }
        if (arg.storage != Storage::f64) return "race.clamp(race.floor(" + real(1) + "), 1.0, 2.0)";
        if (chance(6)) return text({"0.0 * mem.y + (", real(1), ")"});  // not told before the run where it is below 0
        return text({"race.clamp(", real(2), ", 0.0, ", one_of({"1.0", "20.0", "500.0", "40000.0"}), ")"});
    }

    Role role_;
    std::mt19937_64 random_;
    Stage stage_ = Stage::a;
    std::vector<std::string> reals_, wholes_, flags_;
    int names_ = 0, functions_ = 0;
    bool has_world_ = false;
};

}  // namespace

std::string generate_script(Role role, std::uint64_t number) { return Generator(role, number).script(); }

}  // namespace rackrace::host_test

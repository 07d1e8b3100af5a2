// The one interpreter of compiled scripts, for host and device: a loop over instructions, every index checked, one unit of fuel an instruction.
// Meanings are Lua's own, number by number; what a helper or verb does is the same function that the Lua sandbox calls.
#pragma once

#include "agents/core/lua_numbers.h"
#include "agents/core/program.h"
#include "agents/helpers.h"
#include "agents/script_views.h"
#include "engine/base/random.h"
#include "engine/quarter/desk.h"
#include "engine/quarter/orders.h"
#include "engine/quarter/verbs.h"
#include "engine/scenario/scenario.h"
#include "engine/world/world.h"

namespace rackrace {

/// Why a callback ended early. `at` and `of` of CoreFault say more.
enum class CoreError : std::int32_t {
    none,
    fuel,           // the budget is used up
    index,          // at: the index, of: the length; c of the instruction: the list
    fraction,       // an index that is no whole number
    array_index,    // the same of an array of memory
    array_fraction,
    not_finite,     // a of the instruction's argument
    negative,
    not_whole,
    stage,          // a verb of stage A in operate
    zero_step,      // of a loop
    zero_divisor,   // of two integers
    zero_modulus,
    no_whole,       // rng:int without a whole number between its ends
    product,        // an id that is none of the market's
    region,
    npv_long,       // over kDeskMemory quarters
    npv_short       // fewer items than quarters
};

struct CoreFault {
    CoreError error = CoreError::none;
    std::int32_t pc = 0;
    std::int64_t at = 0;
    std::int64_t of = 0;
};

/// What a callback works on.
struct CoreSeat {
    const Scenario* scenario;
    const World* world;
    CoreBank* bank;                            // views are filled, and results shown
    Desk* desk;
    Orders* orders;
    std::int32_t firm;
    Author author;
    Stage stage;
    VerbMask used;                             // verbs accepted
    std::int32_t fuel;                         // that is left
    std::uint64_t draws[kCoreStreams];         // so far, by stream
    Outlook* outlook;                          // kept from firm to firm
};

/// Verbs that are over in operate: the first ones of the list (verb_table.h).
inline constexpr VerbMask kStageAVerbs = verb_bit(Verb::bid_chips) - 1;

namespace core {

RACKRACE_HD inline double real(std::uint64_t word) { return std::bit_cast<double>(word); }
RACKRACE_HD inline std::int64_t whole(std::uint64_t word) { return static_cast<std::int64_t>(word); }
RACKRACE_HD inline std::uint64_t word(double value) { return std::bit_cast<std::uint64_t>(value); }
RACKRACE_HD inline std::uint64_t word(std::int64_t value) { return static_cast<std::uint64_t>(value); }
RACKRACE_HD inline std::uint64_t word(bool value) { return value ? 1 : 0; }

RACKRACE_HD inline std::int32_t i32_at(const unsigned char* bytes) { return *reinterpret_cast<const std::int32_t*>(bytes); }

RACKRACE_HD inline int list_length(const ListPlace& list, const unsigned char* bytes) {
    if (list.count_at < 0) return list.length;
    const int count = i32_at(bytes + list.count_at);
    return count < list.length ? count : list.length;
}

/// The next draw of a stream, in (0, 1).
RACKRACE_HD inline double draw(const CoreCode& code, CoreSeat& seat, int stream) {
    const std::uint64_t key = hash64(code.streams[stream], static_cast<int>(seat.stage), static_cast<int>(seat.author));
    return uniform01(seat.world->seed, Stream::script, seat.world->t, seat.scenario->firms[seat.firm].id, key, seat.draws[stream]++);
}

/// sum_{k=1..count} cf_k/(1 + rate)^(k/4); `words` of the frame, or the same number each quarter.
RACKRACE_HD RACKRACE_APART inline double present_value(double rate, const std::uint64_t* words, bool is_constant, int count) {
    const double discount = pow(1.0 + rate, -0.25);
    double factor = 1.0, value = 0.0;
    RACKRACE_NO_UNROLL
    for (int k = 0; k < count; ++k) {
        factor *= discount;
        value += factor * real(words[is_constant ? 0 : k]);
    }
    return value;
}

/// Threads of a warp run one program on different numbers and part at its branches. The one that is furthest behind goes first, with all that are at the same
/// instruction: programs are laid out forwards but for the ends of loops, so they meet again where the branches do. Without it they would go on side by side,
/// never at one instruction again before the callback ends. On the host there is nobody to wait for.
RACKRACE_HD inline bool is_turn_of([[maybe_unused]] int pc) {
#if defined(__CUDA_ARCH__)
    return __reduce_min_sync(__activemask(), static_cast<unsigned>(pc)) == static_cast<unsigned>(pc);
#else
    return true;
#endif
}

}  // namespace core

/// Runs from instruction `pc` to `end`. The frame begins with the script's memory, which changes there, and the pool is that of the firm. Host says what verbs and traces
/// come to:  VerbAnswer apply(Verb, const unsigned char* args, int line);  void told(Verb, const VerbAnswer&, const unsigned char* args, int line);
/// bool trace(int text, double value, bool is_mark, int line); and where it has it is told of every instruction: void step(int pc, std::int32_t fuel).
/// One that measures what fuel and checks of indices cost has a `leaves_checks_out`, and goes without them.
template <class Host>
RACKRACE_HD CoreFault interpret(const CoreCode& code, int pc, CoreSeat& seat, Host& host) {
    using core::real, core::whole, core::word;
    constexpr bool checks = !requires { Host::leaves_checks_out; };
    CoreBank& bank = *seat.bank;
    std::uint64_t* const frame = bank.frame;
    const auto* const words = reinterpret_cast<const std::uint64_t*>(&bank);
    const auto* const bytes = reinterpret_cast<const unsigned char*>(&bank);
    const Parameters& p = seat.scenario->parameters;
    const Role role = seat.scenario->firms[seat.firm].role;
    alignas(8) unsigned char args[kMaxArgsBytes] = {};
    std::int32_t fuel = seat.fuel;

    const auto get = [&](std::uint16_t at) { return words[at]; };
    const auto number = [&](std::uint16_t at) { return real(get(at)); };
    const auto integer = [&](std::uint16_t at) { return whole(get(at)); };
    const auto product = [&](std::uint16_t at) -> const ProductView& { return *reinterpret_cast<const ProductView*>(bytes + integer(at)); };
    const auto region = [&](std::uint16_t at) -> const RegionView& { return *reinterpret_cast<const RegionView*>(bytes + integer(at)); };
    const auto fault = [&](CoreError error, std::int64_t at = 0, std::int64_t of = 0) {
        seat.fuel = fuel < 0 ? 0 : fuel;
        return CoreFault{error, pc, at, of};
    };

    while (true) {
        if (!core::is_turn_of(pc)) continue;
        const Instruction i = code.code[pc];
        if constexpr (requires { host.step(pc, fuel); }) host.step(pc, fuel);
        if (checks && --fuel < 0) return fault(CoreError::fuel);
        switch (i.op) {
            case Op::move: frame[i.a] = get(i.b); break;
            case Op::load_f64: frame[i.a] = *reinterpret_cast<const std::uint64_t*>(bytes + integer(i.b) + i.c); break;
            case Op::load_i32: frame[i.a] = word(static_cast<double>(core::i32_at(bytes + integer(i.b) + i.c))); break;
            case Op::load_whole: frame[i.a] = word(static_cast<std::int64_t>(core::i32_at(bytes + integer(i.b) + i.c))); break;
            case Op::load_u8: frame[i.a] = word(static_cast<std::int64_t>(bytes[integer(i.b) + i.c])); break;
            case Op::flag_of: frame[i.a] = word(number(i.b) != 0.0); break;
            case Op::float_of: frame[i.a] = word(static_cast<double>(integer(i.b))); break;

            case Op::add: frame[i.a] = word(number(i.b) + number(i.c)); break;
            case Op::subtract: frame[i.a] = word(number(i.b) - number(i.c)); break;
            case Op::multiply: frame[i.a] = word(number(i.b) * number(i.c)); break;
            case Op::divide: frame[i.a] = word(number(i.b) / number(i.c)); break;
            case Op::floor_divide: frame[i.a] = word(std::floor(number(i.b) / number(i.c))); break;
            case Op::modulo: frame[i.a] = word(lua_modulo(number(i.b), number(i.c))); break;
            case Op::negate: frame[i.a] = word(-number(i.b)); break;
            case Op::add_whole: frame[i.a] = get(i.b) + get(i.c); break;
            case Op::subtract_whole: frame[i.a] = get(i.b) - get(i.c); break;
            case Op::multiply_whole: frame[i.a] = get(i.b) * get(i.c); break;
            case Op::floor_divide_whole:
                if (get(i.c) == 0) return fault(CoreError::zero_divisor);
                frame[i.a] = word(lua_floor_divide(integer(i.b), integer(i.c)));
                break;
            case Op::modulo_whole:
                if (get(i.c) == 0) return fault(CoreError::zero_modulus);
                frame[i.a] = word(lua_modulo(integer(i.b), integer(i.c)));
                break;
            case Op::negate_whole: frame[i.a] = std::uint64_t{0} - get(i.b); break;
            case Op::order_whole_float: frame[i.a] = word(static_cast<std::int64_t>(order_of(integer(i.b), number(i.c)))); break;
            case Op::order_float_whole: {
                const int order = order_of(integer(i.c), number(i.b));
                frame[i.a] = word(static_cast<std::int64_t>(order == 2 ? 2 : -order));
                break;
            }

            case Op::jump: pc = i.a; continue;
            case Op::jump_if: if (get(i.b) != 0) { pc = i.a; continue; } break;
            case Op::jump_unless: if (get(i.b) == 0) { pc = i.a; continue; } break;
            case Op::jump_less: if (number(i.b) < number(i.c)) { pc = i.a; continue; } break;
            case Op::jump_not_less: if (!(number(i.b) < number(i.c))) { pc = i.a; continue; } break;
            case Op::jump_less_equal: if (number(i.b) <= number(i.c)) { pc = i.a; continue; } break;
            case Op::jump_not_less_equal: if (!(number(i.b) <= number(i.c))) { pc = i.a; continue; } break;
            case Op::jump_equal: if (number(i.b) == number(i.c)) { pc = i.a; continue; } break;
            case Op::jump_not_equal: if (number(i.b) != number(i.c)) { pc = i.a; continue; } break;
            case Op::jump_less_whole: if (integer(i.b) < integer(i.c)) { pc = i.a; continue; } break;
            case Op::jump_less_equal_whole: if (integer(i.b) <= integer(i.c)) { pc = i.a; continue; } break;
            case Op::jump_equal_whole: if (get(i.b) == get(i.c)) { pc = i.a; continue; } break;
            case Op::jump_not_equal_whole: if (get(i.b) != get(i.c)) { pc = i.a; continue; } break;

            case Op::for_limit: {  // the start stands before the limit: a loop without rounds ends before it begins
                const std::int64_t step = integer(i.c);
                std::int64_t limit = 0;
                if (!whole_limit(number(i.b), step, limit)) {
                    frame[i.a - 1] = word(std::int64_t{step > 0 ? 1 : 0});
                    limit = step > 0 ? 0 : 1;
                }
                frame[i.a] = word(limit);
                break;
            }
            case Op::for_whole: {
                if (frame[i.a + 2] == 0) return fault(CoreError::zero_step);
                std::uint64_t rounds = 0;
                if (!count_rounds(whole(frame[i.a]), whole(frame[i.a + 1]), whole(frame[i.a + 2]), rounds)) { pc = i.c; continue; }
                frame[i.a + 1] = rounds;
                break;
            }
            case Op::next_whole:
                if (frame[i.a + 1] == 0) break;
                --frame[i.a + 1];
                frame[i.a] += frame[i.a + 2];
                pc = i.c;
                continue;
            case Op::for_float: {
                const double start = real(frame[i.a]), limit = real(frame[i.a + 1]), step = real(frame[i.a + 2]);
                if (step == 0.0) return fault(CoreError::zero_step);
                if (step > 0.0 ? limit < start : start < limit) { pc = i.c; continue; }
                break;
            }
            case Op::next_float: {
                const double limit = real(frame[i.a + 1]), step = real(frame[i.a + 2]), next = real(frame[i.a]) + step;
                if (!(step > 0.0 ? next <= limit : limit <= next)) break;
                frame[i.a] = word(next);
                pc = i.c;
                continue;
            }

            case Op::length: frame[i.a] = word(static_cast<std::int64_t>(core::list_length(code.lists[i.c], bytes))); break;
            case Op::index_whole:
            case Op::index_float: {
                const ListPlace& list = code.lists[i.c];
                const int length = core::list_length(list, bytes);
                std::int64_t at = integer(i.b);
                if (i.op == Op::index_float && !whole_index(number(i.b), at)) return fault(CoreError::fraction, 0, length);
                if (checks && (at < 1 || at > length)) return fault(CoreError::index, at, length);
                frame[i.a] = word(list.first + (at - 1) * list.stride);
                break;
            }
            case Op::memory_store: frame[i.a] = word(stored_number(number(i.b))); break;
            case Op::array_get_whole:
            case Op::array_get_float: {
                const ArrayPlace array = code.arrays[i.c];
                std::int64_t at = integer(i.b);
                if (i.op == Op::array_get_float && !whole_index(number(i.b), at)) return fault(CoreError::array_fraction, 0, array.size);
                if (checks && (at < 1 || at > array.size)) return fault(CoreError::array_index, at, array.size);
                frame[i.a] = frame[array.first + at - 1];
                break;
            }
            case Op::array_set_whole:
            case Op::array_set_float: {
                const ArrayPlace array = code.arrays[i.a];
                std::int64_t at = integer(i.b);
                if (i.op == Op::array_set_float && !whole_index(number(i.b), at)) return fault(CoreError::array_fraction, 0, array.size);
                if (checks && (at < 1 || at > array.size)) return fault(CoreError::array_index, at, array.size);
                frame[array.first + at - 1] = word(stored_number(number(i.c)));
                break;
            }

            case Op::argument: {
                const int check = i.c & 3;
                if (check == kArgumentWord) {
                    *reinterpret_cast<std::int32_t*>(args + i.a) = static_cast<std::int32_t>(integer(i.b));
                    break;
                }
                const double value = number(i.b);
                if (!is_finite(value)) return fault(CoreError::not_finite);
                if (value < 0.0 && (i.c & kArgumentQuantity) != 0) return fault(CoreError::negative);
                if (check == kArgumentFloat) {
                    *reinterpret_cast<double*>(args + i.a) = value == 0.0 ? 0.0 : value;  // -0.0 too
                    break;
                }
                if (value != std::floor(value)) return fault(CoreError::not_whole);
                *reinterpret_cast<std::int32_t*>(args + i.a) = to_int32(to_int64(value));
                break;
            }
            case Op::verb: {
                const auto verb = static_cast<Verb>(i.b);
                if (seat.stage == Stage::b && (kStageAVerbs >> i.b & 1u) != 0) return fault(CoreError::stage);
                const VerbAnswer answer = host.apply(verb, args, code.lines[pc]);
                host.told(verb, answer, args, code.lines[pc]);
                if (answer.ok()) seat.used |= verb_bit(verb);
                frame[i.a] = word(answer.ok());
                break;
            }
            case Op::trace: {
                const double value = number(i.c);
                if (!is_finite(value)) return fault(CoreError::not_finite);
                frame[i.a] = word(host.trace(i.b, value == 0.0 ? 0.0 : value, false, code.lines[pc]));
                break;
            }
            case Op::mark: frame[i.a] = word(host.trace(i.b, 1.0, true, code.lines[pc])); break;

            case Op::draw_uniform: {
                const double low = number(i.b), high = number(i.c);
                frame[i.a] = word(low + (high - low) * core::draw(code, seat, code.code[++pc].a));
                break;
            }
            case Op::draw_normal: {
                const double mean = number(i.b), deviation = number(i.c);
                frame[i.a] = word(mean + deviation * normal_quantile(core::draw(code, seat, code.code[++pc].a)));
                break;
            }
            case Op::draw_whole: {
                const double low = std::ceil(number(i.b)), high = std::floor(number(i.c));
                if (!(low <= high) || !is_finite(high - low)) return fault(CoreError::no_whole);
                frame[i.a] = word(whole_between(low, high, core::draw(code, seat, code.code[++pc].a)));
                break;
            }
            case Op::draw_chance: {
                const double probability = number(i.b);
                frame[i.a] = word(core::draw(code, seat, code.code[++pc].a) < probability);
                break;
            }

            case Op::smaller: frame[i.a] = word(min(number(i.b), number(i.c))); break;
            case Op::larger: frame[i.a] = word(max(number(i.b), number(i.c))); break;
            case Op::clamp: frame[i.a] = word(clamp(number(i.b), number(i.c), number(code.code[++pc].a))); break;
            case Op::positive: frame[i.a] = word(max(0.0, number(i.b))); break;
            case Op::absolute: frame[i.a] = word(absolute(number(i.b))); break;
            case Op::floor: frame[i.a] = word(std::floor(number(i.b))); break;
            case Op::ceil: frame[i.a] = word(std::ceil(number(i.b))); break;
            case Op::sign: frame[i.a] = word(sign_of(number(i.b))); break;
            case Op::round: frame[i.a] = word(round_half_away(number(i.b))); break;
            case Op::ratio: frame[i.a] = word(ratio_or(number(i.b), number(i.c), number(code.code[++pc].a))); break;
            case Op::lerp: frame[i.a] = word(lerp(number(i.b), number(i.c), number(code.code[++pc].a))); break;
            case Op::step: frame[i.a] = word(number(i.c) < number(i.b) ? 0.0 : 1.0); break;
            case Op::smooth: frame[i.a] = word(smooth_step(number(i.b), number(i.c), number(code.code[++pc].a))); break;
            case Op::exp: frame[i.a] = word(rackrace::exp(number(i.b))); break;
            case Op::log: frame[i.a] = word(rackrace::log(number(i.b))); break;
            case Op::pow: frame[i.a] = word(rackrace::pow(number(i.b), number(i.c))); break;
            case Op::sqrt: frame[i.a] = word(std::sqrt(number(i.b))); break;
            case Op::tanh: frame[i.a] = word(rackrace::tanh(number(i.b))); break;
            case Op::grow: frame[i.a] = word(grow(number(i.b), number(i.c), number(code.code[++pc].a))); break;
            case Op::trend: frame[i.a] = word(mean_log_change(number(i.b), number(i.c), number(code.code[++pc].a))); break;
            case Op::npv:
            case Op::npv_array: {
                const double rate = number(i.b), quarters = std::floor(number(code.code[pc + 1].a));
                if (!(quarters <= kDeskMemory)) return fault(CoreError::npv_long);
                const int count = quarters > 0.0 ? static_cast<int>(quarters) : 0;
                fuel -= count;
                const bool is_constant = i.op == Op::npv;
                if (!is_constant && code.arrays[i.c].size < count) return fault(CoreError::npv_short, count);
                const std::uint64_t constant = is_constant ? get(i.c) : 0;
                frame[i.a] = word(core::present_value(rate, is_constant ? &constant : frame + code.arrays[i.c].first, is_constant, count));
                ++pc;
                break;
            }
            case Op::annuity: frame[i.a] = word(annuity_payment(number(i.b), number(i.c), number(code.code[++pc].a))); break;

            case Op::add_bytes: frame[i.a] = get(i.b) + get(i.c); break;
            case Op::product_of: {
                const std::int64_t id = integer(i.b);
                if (id < 0 || id >= bank.market.market.products_count) return fault(CoreError::product);
                frame[i.a] = word(static_cast<std::int64_t>(reinterpret_cast<const unsigned char*>(&bank.market.market.products[id]) - bytes));
                break;
            }
            case Op::region_of: {
                const std::int64_t id = integer(i.b);
                if (id < 0 || id >= bank.market.market.regions_count) return fault(CoreError::region);
                frame[i.a] = word(static_cast<std::int64_t>(reinterpret_cast<const unsigned char*>(&bank.market.market.regions[id]) - bytes));
                break;
            }
            case Op::runway: frame[i.a] = word(runway_q(bank.view.me)); break;
            case Op::leverage: frame[i.a] = word(leverage(p, bank.view.me)); break;
            case Op::chips_for: frame[i.a] = word(chips_for(p, role, number(i.b), product(i.c))); break;
            case Op::mh_of: frame[i.a] = word(mh_of(p, role, number(i.b), product(i.c))); break;
            case Op::mw_of: frame[i.a] = word(to_mw(number(i.b) * product(i.c).kw_chip)); break;
            case Op::grid_mw: frame[i.a] = word(number(i.b) * region(i.c).pue_ratio); break;
            case Op::power_cost: frame[i.a] = word(to_musd(number(i.b) * p.hours_per_quarter * number(i.c))); break;
            case Op::payback:
                fuel -= 20;
                frame[i.a] = word(payback_q(p, role, product(i.b), number(i.c), number(code.code[pc + 1].a), mean_pue(bank.market.market)));
                ++pc;
                break;
            case Op::irr_rent:
                fuel -= 20;
                frame[i.a] = word(irr_rent(p, role, product(i.b), number(i.c), number(code.code[pc + 1].a), mean_pue(bank.market.market)));
                ++pc;
                break;
            case Op::concentration: frame[i.a] = word(capacity_hhi(bank.view)); break;
            case Op::share: frame[i.a] = word(capacity_share(bank.view)); break;
            case Op::chip_value:
                fuel -= 100;
                frame[i.a] = word(chip_value_usd(p, role, bank.market.market, bank.view.me, product(i.b), number(i.c), *seat.outlook));
                break;
            case Op::power_value:
                fuel -= 20;
                frame[i.a] = word(power_value_usd_kw_q(p, role, bank.market.market, bank.view.me, region(i.b), *seat.outlook));
                break;

            case Op::operands: break;  // never reached: its instruction steps over it
            case Op::end: seat.fuel = fuel; return {};
            case Op::count: break;
            default: __builtin_unreachable();  // programs are made by the compiler alone: no bounds on the jump table
        }
        ++pc;
    }
}

/// A callback of a program on a seat: its memory is read from the Desk and written back, whatever came of it.
template <class Host>
RACKRACE_HD CoreFault run_callback(const CoreCode& code, int entry, CoreSeat& seat, Host& host) {
    double* const memory = memory_of(*seat.desk, seat.author);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < code.memory; ++i) seat.bank->frame[i] = core::word(memory[i]);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < code.pool_words; ++i) seat.bank->pool[i] = code.pool[i];
    const CoreFault fault = interpret(code, entry, seat, host);
    RACKRACE_NO_UNROLL
    for (int i = 0; i < code.memory; ++i) memory[i] = core::real(seat.bank->frame[i]);
    return fault;
}

}  // namespace rackrace

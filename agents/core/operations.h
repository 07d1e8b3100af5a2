// The instructions of the core engine, each a row: what it is called in listings and what its operands are. One list for compiler,
// interpreter, listing and tests.
#pragma once

#include <cstdint>
#include <string_view>

namespace rackrace {

// Shapes, one letter an operand a, b, c and, behind a comma, a of a second instruction that only carries operands:
//   d register written   u register read and written   w word read (any space)   j instruction jumped to
//   p place in a source  l list                        m array of memory         v verb          t text      s stream
//   k a small number     . nothing
// clang-format off
#define RACKRACE_CORE_OPERATIONS(X)                                                                    \
    X(move, "dw.")                                                                                     \
    X(load_f64, "dwp") X(load_i32, "dwp") X(load_whole, "dwp") X(load_u8, "dwp") /* b: bytes added */  \
    X(flag_of, "dw.")                            /* of a double: not 0 */                              \
    X(float_of, "dw.")                           /* of an integer */                                   \
    X(add, "dww") X(subtract, "dww") X(multiply, "dww") X(divide, "dww") X(floor_divide, "dww")        \
    X(modulo, "dww") X(negate, "dw.")                                                                  \
    X(add_whole, "dww") X(subtract_whole, "dww") X(multiply_whole, "dww") X(floor_divide_whole, "dww") \
    X(modulo_whole, "dww") X(negate_whole, "dw.")                                                      \
    X(order_whole_float, "dww") X(order_float_whole, "dww")  /* -1, 0, 1; 2 beside NaN */              \
    X(jump, "j..") X(jump_if, "jw.") X(jump_unless, "jw.")                                             \
    X(jump_less, "jww") X(jump_not_less, "jww") X(jump_less_equal, "jww") X(jump_not_less_equal, "jww") \
    X(jump_equal, "jww") X(jump_not_equal, "jww")                                                      \
    X(jump_less_whole, "jww") X(jump_less_equal_whole, "jww")                                          \
    X(jump_equal_whole, "jww") X(jump_not_equal_whole, "jww")                                          \
    X(for_limit, "dww")                          /* whole limit of a loop: a = limit b at step c */    \
    X(for_whole, "u.j") X(next_whole, "u.j")     /* a, a+1, a+2: variable, limit then rounds, step */  \
    X(for_float, "u.j") X(next_float, "u.j")                                                           \
    X(length, "d.l")                                                                                   \
    X(index_whole, "dwl") X(index_float, "dwl")  /* a = bytes of item b */                             \
    X(memory_store, "dw.")                       /* a word of memory: one bit pattern for all NaN */   \
    X(array_get_whole, "dwm") X(array_get_float, "dwm")                                                \
    X(array_set_whole, "mww") X(array_set_float, "mww")  /* item b of a = c */                         \
    X(argument, "kwk")                           /* a: byte; c: how it is checked, argument, verb */   \
    X(verb, "dv.") X(trace, "dtw") X(mark, "dt.")                                                      \
    X(draw_uniform, "dww,s") X(draw_normal, "dww,s") X(draw_whole, "dww,s") X(draw_chance, "dw.,s")    \
    X(smaller, "dww") X(larger, "dww") X(clamp, "dww,w") X(positive, "dw.") X(absolute, "dw.")         \
    X(floor, "dw.") X(ceil, "dw.") X(sign, "dw.") X(round, "dw.") X(ratio, "dww,w") X(lerp, "dww,w")   \
    X(step, "dww") X(smooth, "dww,w") X(exp, "dw.") X(log, "dw.") X(pow, "dww") X(sqrt, "dw.")         \
    X(tanh, "dw.") X(grow, "dww,w") X(trend, "dww,w") X(npv, "dww,w") X(npv_array, "dwm,w")            \
    X(annuity, "dww,w")                                                                                \
    X(add_bytes, "dww")                          /* place of a record in its source */                 \
    X(product_of, "dw.") X(region_of, "dw.")     /* bytes of the record with this id */                \
    X(runway, "d..") X(leverage, "d..") X(chips_for, "dww") X(mh_of, "dww") X(mw_of, "dww")            \
    X(grid_mw, "dww") X(power_cost, "dww") X(payback, "dww,w") X(irr_rent, "dww,w")                    \
    X(concentration, "d..") X(share, "d..") X(chip_value, "dww") X(power_value, "dw.")                 \
    X(operands, "w..") X(end, "...")
// clang-format on

#define RACKRACE_NAME(name, shape) name,
enum class Op : std::uint16_t { RACKRACE_CORE_OPERATIONS(RACKRACE_NAME) count };
#undef RACKRACE_NAME

struct OpRow {
    std::string_view name;
    std::string_view shape;

    /// A second instruction follows with a further operand.
    constexpr bool is_long() const { return shape.size() > 3; }
};

#define RACKRACE_ROW(name, shape) {#name, shape},
inline constexpr OpRow kOps[] = {RACKRACE_CORE_OPERATIONS(RACKRACE_ROW)};
#undef RACKRACE_ROW
static_assert(sizeof(kOps) / sizeof(kOps[0]) == static_cast<std::size_t>(Op::count));

constexpr const OpRow& row_of(Op op) { return kOps[static_cast<int>(op)]; }

/// How `argument` checks its value, in the low bits of c.
inline constexpr int kArgumentFloat = 0, kArgumentWhole = 1, kArgumentWord = 2;  // a double kept; a double kept as a whole number; an int64
inline constexpr int kArgumentQuantity = 4;                                      // not below 0
constexpr std::uint16_t argument_code(int check, int argument, int verb) { return static_cast<std::uint16_t>(check | argument << 3 | verb << 7); }

}  // namespace rackrace

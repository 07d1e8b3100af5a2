#include "agents/checker/repair.h"

#include <algorithm>

#include "agents/checker/script_shape.h"

namespace rackrace {

std::string with_edits(std::string_view text, std::vector<Edit> edits) {
    std::stable_sort(edits.begin(), edits.end(), [](const Edit& a, const Edit& b) {
        return a.range.begin != b.range.begin ? a.range.begin < b.range.begin : a.range.end < b.range.end;  // what is put in stands before what is replaced
    });
    std::string out;
    std::size_t at = 0;
    for (const Edit& edit : edits) {
        if (edit.range.begin < at) continue;
        out += text.substr(at, edit.range.begin - at);
        out += edit.text;
        at = edit.range.end;
    }
    return out + std::string(text.substr(at));
}

bool names_race_library(const lua::Ast& ast, const lua::Names& names) {
    return std::all_of(ast.locals().begin(), ast.locals().end(), [&](const lua::Local& local) {
        if (local.name != "race") return true;
        const lua::LocalFacts& facts = names.facts(local);
        return facts.is_single_assignment() && facts.values.size() == 1 && facts.values[0].value != nullptr && !facts.values[0].is_element && is_race_library(*facts.values[0].value, names);
    });
}

}  // namespace rackrace

#include "agents/checker/api_names.h"

#include <algorithm>

namespace rackrace {

std::string_view role_text(Role role) {
    switch (role) {
        case Role::hyperscaler: return "hyperscaler";
        case Role::neocloud: return "neocloud";
        case Role::lab: return "lab";
        case Role::supplier: return "supplier";
    }
    return "";
}

std::string roles_text(RoleSet roles) {
    std::string out;
    for (const Role role : {Role::hyperscaler, Role::neocloud, Role::lab, Role::supplier})
        if (roles.has(role)) out += (out.empty() ? "" : ", ") + std::string(role_text(role));
    return out;
}

const ApiVerb* ApiNames::find_verb(std::string_view name) const {
    const auto found = std::find_if(verbs.begin(), verbs.end(), [&](const ApiVerb& verb) { return verb.name == name; });
    return found == verbs.end() ? nullptr : &*found;
}

}  // namespace rackrace

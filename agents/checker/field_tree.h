// The observation fields of the API as a tree: which step may follow which, for which roles.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "agents/checker/api_names.h"

namespace rackrace {

struct FieldNode {
    std::map<std::string, FieldNode, std::less<>> children;  // "[]" for the items of a list
    RoleSet roles;                                           // that have this field or one below it
    std::string about;                                       // of a value

    bool is_value() const { return children.empty(); }
    const FieldNode* child(std::string_view step) const;
    const FieldNode* at(const std::vector<std::string_view>& steps, std::size_t count) const;
    std::vector<std::string> names() const;
};

FieldNode field_tree(const std::vector<ApiField>& fields);

}  // namespace rackrace

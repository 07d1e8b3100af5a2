#include "agents/checker/field_tree.h"

#include <algorithm>

namespace rackrace {

const FieldNode* FieldNode::child(std::string_view step) const {
    const auto found = children.find(step);
    return found == children.end() ? nullptr : &found->second;
}

const FieldNode* FieldNode::at(const std::vector<std::string_view>& steps, std::size_t count) const {
    const FieldNode* node = this;
    for (std::size_t i = 0; i < count && node != nullptr; ++i) node = node->child(steps[i]);
    return node;
}

std::vector<std::string> FieldNode::names() const {
    std::vector<std::string> out;
    for (const auto& [name, node] : children)
        if (name != "[]") out.push_back(name);
    return out;
}

FieldNode field_tree(const std::vector<ApiField>& fields) {
    FieldNode root;
    root.roles = RoleSet::all();
    for (const ApiField& field : fields) {
        FieldNode* node = &root;
        std::string_view rest = field.path;
        while (!rest.empty()) {
            const std::size_t end = rest.starts_with("[]") ? 2 : std::min(rest.find_first_of(".["), rest.size());
            node = &node->children[std::string(rest.substr(0, end))];
            node->roles.add(field.roles);
            rest.remove_prefix(end);
            if (rest.starts_with(".")) rest.remove_prefix(1);
        }
        node->about = field.about;
    }
    return root;
}

}  // namespace rackrace

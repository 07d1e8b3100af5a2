// The reference of all that a script can use, gathered from the tables that the host and the checker go by, and printed in three forms.
// What is not in those tables cannot be in it.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "agents/library.h"
#include "engine/quarter/verbs.h"

namespace rackrace {

/// A field of a record of obs or info.
struct ReferenceField {
    std::string name;
    std::string type;              // of one value, as an editor definition: "number", "race.ProductId", "race.Product"
    Unit unit = Unit::none;
    std::string_view meaning;
    RoleMask roles = 0;            // that see it
    Moment moment = Moment::unsaid;
    int most = 0;                  // items of a list at most; 0 for a single value
    bool has_fixed_length = false; // of a list
    int record = -1;               // place in Reference::records of a record or of a list's items

    bool is_list() const { return most > 0; }
};

struct ReferenceRecord {
    std::string name;              // "Product"
    std::string path;              // "obs.market.products[i]"
    RoleMask roles = 0;
    std::vector<ReferenceField> fields;
};

/// A number of the model that a bound of a verb or a text of the reference names.
struct ModelNumber {
    std::string_view name;
    Unit unit = Unit::none;
    double value = 0.0;
};

struct Reference {
    std::vector<ReferenceRecord> records;  // obs, then what it holds in the order of its fields; info last
    std::vector<ModelNumber> numbers;
    std::vector<Unit> units;               // that the reference names
    Parameters parameters;

    const ReferenceRecord& obs() const { return records.front(); }
    const ReferenceRecord& info() const { return records.back(); }
};

/// parameters: the values that bounds are told with.
Reference make_reference(const Parameters& parameters);

/// A page for people.
std::string reference_markdown(const Reference& reference);

/// Editor definitions (LuaCATS), a file that Lua loads as well.
std::string reference_meta(const Reference& reference);

/// One object of the schema rackrace.api/1, ended by a line feed.
std::string reference_json(const Reference& reference);

// What the three forms share.

/// "bid_chips" -> "BidChips", "product id" -> "ProductId"
std::string type_name(std::string_view words);

/// Type of a verb's argument, as an editor definition.
std::string argument_type(const ArgInfo& argument);

/// What values of an argument are allowed, numbers of the model told with their values: "0 to 5 x list price"; empty where all are.
std::string allowed_text(const ArgRow& row, const Parameters& parameters);

/// Roles of a mask, in their order.
std::vector<Role> roles_of(RoleMask mask);

/// What a call of a verb can be answered with by a firm that has the verb.
CodeMask answers_of(const VerbInfo& verb);

/// The codes that some verb is answered with, "" among them.
std::vector<CodeRow> answer_codes();

/// Ids of the codes of a mask.
std::vector<std::string_view> code_ids(CodeMask mask);

/// Names of the parameters that a callback is given.
std::vector<std::string_view> callback_parameters(std::string_view callback);
std::string_view callback_doc(std::string_view callback);

/// Texts that are types of their own: name, and values in their order.
struct ReferenceChoice {
    std::string name, doc;
    std::vector<std::string> values;
};
std::vector<ReferenceChoice> reference_choices();

/// What a script and a decision may take.
struct ReferenceLimit {
    std::string_view name;
    long long value;
    std::string_view doc;
};
std::vector<ReferenceLimit> reference_limits();

}  // namespace rackrace

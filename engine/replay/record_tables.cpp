// The tables of the run itself (runs, params) and of what happened in it (postings, events, worlds).
#include <fmt/format.h>

#include "engine/replay/replay_tables.h"
#include "engine/replay/run_files.h"
#include "engine/replay/zero_runs.h"

namespace rackrace {
namespace {

constexpr auto integer = ColumnType::integer;
constexpr auto text = ColumnType::text;

Column numbered(const char* doc) {
    return {"n", integer, "count", doc, [](const Row& r) { return whole(r.i); }};
}

Table postings_table() {
    Table table{"postings",
                "Every transaction: who paid whom, for what. Kinds inside one firm (depreciation, disposals) have payer = payee.",
                "quarter, n",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int n = 0; at.postings != nullptr && n < at.postings->count; ++n) row(n, 0);
                }};
    const auto posting = [](const Row& r) -> const Posting& { return r.at.postings->items[r.i]; };
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back(numbered("in the order of posting"));
    c.push_back({"phase", integer, "index", "phase of the quarter, 14 for P14", [posting](const Row& r) { return whole(posting(r).stage); }});
    c.push_back({"kind", text, "word", "", [posting](const Row& r) { return Cell{std::string(row_of(posting(r).kind).name)}; }});
    c.push_back({"payer", text, "id", "firm or outside sector", [posting](const Row& r) { return firm_cell(r.at, posting(r).payer); }});
    c.push_back({"payee", text, "id", "firm or outside sector", [posting](const Row& r) { return firm_cell(r.at, posting(r).payee); }});
    c.push_back({"amount_usd", integer, "$", "from the payer to the payee", [posting](const Row& r) { return dollars(posting(r).amount); }});
    c.push_back({"reference", integer, "id", "contract, product, region or tranche that the kind is about",
                 [posting](const Row& r) { return whole(posting(r).reference); }});
    return table;
}

Table events_table() {
    Table table{"events",
                "What happened, found by comparing a quarter's close with the one before.",
                "quarter, n",
                Written::each_quarter,
                {},
                [](const RecordedQuarter& at, const std::function<void(int, int)>& row) {
                    for (int n = 0; n < static_cast<int>(at.events.size()); ++n) row(n, 0);
                }};
    const auto event = [](const Row& r) -> const Event& { return r.at.events[static_cast<std::size_t>(r.i)]; };
    const auto or_nothing = [](const std::string& word) { return word.empty() ? Cell{} : Cell{word}; };
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back(numbered("in the order of firms, contracts, products"));
    std::string kinds;
    for (const std::string_view kind : kEventKinds) kinds += (kinds.empty() ? "" : ", ") + std::string(kind);
    c.push_back({"kind", text, "word", kinds, [event](const Row& r) { return Cell{std::string(event(r).kind.text)}; }});
    c.push_back({"firm", text, "id", "whom it is about", [event, or_nothing](const Row& r) { return or_nothing(event(r).firm); }});
    c.push_back({"subject", text, "id", "counterparty or product", [event, or_nothing](const Row& r) { return or_nothing(event(r).subject); }});
    c.push_back({"size", ColumnType::real, "as the sentence says", "", [event](const Row& r) { return event(r).size; }});
    c.push_back({"sentence", text, "", "", [event](const Row& r) { return Cell{event(r).sentence}; }});
    return table;
}

Table worlds_table() {
    Table table{
        "worlds",
        "The whole state at the close of a quarter, from which a run is resumed or forked. Bytes of the program's World, packed: pairs of counts "
        "(zero bytes, literal bytes; LEB128), each followed by its literal bytes.",
        "quarter",
        Written::each_quarter,
        {},
        [](const RecordedQuarter&, const std::function<void(int, int)>& row) { row(0, 0); }};
    auto& c = table.columns;
    c.push_back(quarter_column());
    c.push_back({"bytes", integer, "bytes", "unpacked size", [](const Row&) { return whole(sizeof(World)); }});
    c.push_back({"packed", ColumnType::blob, "bytes", "",
                 [](const Row& r) { return Cell{Blob{pack_zero_runs(reinterpret_cast<const unsigned char*>(&r.at.world), sizeof(World))}}; }});
    return table;
}

Table runs_table() {
    Table table{"runs",
                "One row: what was run, by which program, and how it ended.",
                "scenario, seed",
                Written::at_end,
                {},
                [](const RecordedQuarter&, const std::function<void(int, int)>& row) { row(0, 0); }};
    auto& c = table.columns;
    const auto sum = [](const std::map<std::string, int>& counts) {
        int all = 0;
        for (const auto& [word, count] : counts) all += count;
        return all;
    };
    const auto list = [](const std::map<std::string, int>& counts) {
        std::string out;
        for (const auto& [word, count] : counts) out += (out.empty() ? "" : ", ") + fmt::format("{} {}", word, count);
        return out;
    };
    c.push_back({"scenario", text, "", "name", [](const Row& r) { return Cell{r.at.run.scenario}; }});
    c.push_back(
        {"seed", integer, "id", "as a signed whole number of 64 bits", [](const Row& r) { return whole(static_cast<std::int64_t>(r.at.run.seed)); }});
    c.push_back({"start_quarter", text, "quarter", "first one played", [](const Row& r) { return quarter_cell(r.at.run.start_t); }});
    c.push_back({"end_quarter", text, "quarter", "last one of the scenario", [](const Row& r) { return quarter_cell(r.at.run.end_t); }});
    c.push_back({"last_quarter", text, "quarter", "last one closed", [](const Row& r) { return quarter_cell(r.at.run.last_t); }});
    c.push_back({"firms", integer, "count", "", [](const Row& r) { return whole(r.at.run.firms); }});
    c.push_back({"status", text, "word", "ok, or fault where an identity broke", [](const Row& r) { return Cell{r.at.run.status}; }});
    c.push_back({"fault", text, "", "what broke", [](const Row& r) { return r.at.run.fault.empty() ? Cell{} : Cell{r.at.run.fault}; }});
    c.push_back({"hash", text, "hash", "of the state hashes of all quarters played, 16 hexadecimal digits",
                 [](const Row& r) { return Cell{fmt::format("{:016x}", r.at.run.hash)}; }});
    c.push_back({"layout", text, "hash", "of the schema of World: stored worlds are read by programs with the same layout",
                 [](const Row& r) { return Cell{fmt::format("{:016x}", r.at.run.layout)}; }});
    c.push_back({"engines", text, "", "how the firms decide, with their number", [list](const Row& r) { return Cell{list(r.at.run.engines)}; }});
    c.push_back({"rejections", integer, "count", "orders refused or cut: those with a code R in table orders, once for all that one result tells of", [sum](const Row& r) { return whole(sum(r.at.run.rejections)); }});
    c.push_back({"rejections_by_code", text, "", "the most frequent first", [](const Row& r) { return Cell{codes_text(r.at.run.rejections)}; }});
    c.push_back({"script_errors", integer, "count", "", [](const Row& r) { return whole(r.at.run.script_errors); }});
    c.push_back({"program_version", text, "", "", [](const Row& r) { return Cell{r.at.run.program_version}; }});
    c.push_back({"commit_id", text, "", "of the program's source, where it was known", [](const Row& r) { return Cell{r.at.run.commit}; }});
    c.push_back({"build", text, "", "compiler and flags", [](const Row& r) { return Cell{r.at.run.build}; }});
    c.push_back({"machine", text, "", "class of machine", [](const Row& r) { return Cell{r.at.run.machine}; }});
    return table;
}

const FieldInfo& parameter_field(int i) { return describe<Parameters>().fields[static_cast<std::size_t>(i)]; }

Table params_table() {
    Table table{"params",
                "Every number of the model as this run used it. data/model/parameters.csv gives the meaning; its names carry the role, segment or "
                "number that `i` counts.",
                "name, i",
                Written::at_opening,
                {},
                [](const RecordedQuarter&, const std::function<void(int, int)>& row) {
                    const int fields = static_cast<int>(describe<Parameters>().fields.size());
                    for (int i = 0; i < fields; ++i)
                        for (int k = 0; k < static_cast<int>(parameter_field(i).count()); ++k) row(i, k);
                }};
    auto& c = table.columns;
    c.push_back({"name", text, "", "", [](const Row& r) { return Cell{std::string(parameter_field(r.i).name)}; }});
    c.push_back({"i", integer, "index", "of a list (role, segment, rating or number), else 0", [](const Row& r) { return whole(r.j); }});
    c.push_back({"value", ColumnType::real, "as unit says", "", [](const Row& r) {
                     const auto* first = reinterpret_cast<const unsigned char*>(&r.at.scenario.parameters) + parameter_field(r.i).offset;
                     return reinterpret_cast<const double*>(first)[r.j];
                 }});
    c.push_back({"unit", text, "", "", [](const Row& r) { return Cell{std::string(unit_text(parameter_field(r.i).unit))}; }});
    return table;
}

}  // namespace

std::vector<Table> run_tables() { return {runs_table(), params_table()}; }
std::vector<Table> record_tables() { return {postings_table(), events_table(), worlds_table()}; }

}  // namespace rackrace

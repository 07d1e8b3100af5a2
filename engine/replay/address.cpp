#include "engine/replay/address.h"

#include "engine/base/quarter_index.h"
#include "engine/replay/other_folder.h"
#include "engine/scenario/csv.h"

namespace rackrace {

namespace fs = std::filesystem;

std::string Address::value(std::string_view key) const {
    for (const auto& [name, text] : keys)
        if (name == key) return text;
    return "";
}

Result<Address> parse_address(std::string_view text) {
    const auto refuse = [&](std::string fact) {
        return Refusal{std::string(text), 0, 0, std::move(fact), "an address is RUN@2028Q3#firm=coreweave or RUN#market.spot_i_usd_h"};
    };
    Address out;
    const std::size_t hash = text.find('#');
    std::string_view head = text.substr(0, hash), path = hash == std::string_view::npos ? "" : text.substr(hash + 1);
    if (const std::size_t at = head.rfind('@'); at != std::string_view::npos) {
        out.t = parse_quarter(head.substr(at + 1));
        if (!out.t) return refuse("'" + std::string(head.substr(at + 1)) + "' is no quarter");
        head = head.substr(0, at);
    }
    if (head.empty()) return refuse("names no run");
    out.run = head;
    while (!path.empty()) {
        const std::size_t end = path.find('&');
        const std::string_view pair = path.substr(0, end);
        path = end == std::string_view::npos ? "" : path.substr(end + 1);
        const std::size_t equals = pair.find('=');
        if (pair.empty() || equals == 0 || equals + 1 == pair.size()) return refuse("'" + std::string(pair) + "' is no key=value");
        if (equals == std::string_view::npos) out.keys.emplace_back("field", pair);
        else out.keys.emplace_back(pair.substr(0, equals), pair.substr(equals + 1));
    }
    return out;
}

Result<fs::path> find_run(const std::string& run) {
    std::error_code error;
    if (fs::exists(run, error)) return fs::path(run);
    if (const fs::path in_runs = fs::path("runs") / run; run.find('/') == std::string::npos && fs::exists(in_runs, error)) return in_runs;
    for (const char* shelf : {"batches", "searches"})
        if (const auto other = other_folder(fs::path(shelf) / run)) return *other;
    std::vector<std::string> known;
    for (fs::directory_iterator it("runs", error), end; !error && it != end; it.increment(error))
        if (fs::exists(it->path() / "run.json")) known.push_back(it->path().filename().string());
    const std::string near = nearest_word(fs::path(run).filename().string(), known);
    return Refusal{run, 0, 0, "there is no such run", near.empty() ? "name a run's folder, or one in runs/" : "did you mean 'runs/" + near + "'?"};
}

}  // namespace rackrace

#include "viz/window/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "engine/base/quarter_index.h"
#include "engine/scenario/csv.h"
#include "viz/figures/placed_order.h"
#include "viz/figures/run_story.h"

namespace rackrace {
namespace {

/// "28q3", "2028q3" and "2028Q3" as a quarter.
std::optional<int> quarter_of_text(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return parse_quarter(text.size() == 4 ? "20" + text : text);
}

bool holds(const std::vector<std::string>& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

Refusal no_such(const std::string& run, const std::string& what, const std::string& word, const std::vector<std::string>& known) {
    const std::string near = nearest_word(word, known);
    return {run, 0, 0, "has no " + what + " '" + word + "'", near.empty() ? "pick one from the list" : "did you mean '" + near + "'?"};
}

Refusal no_quarter(const ReplayStore& store, int t) {
    return {store.run_id(), 0, 0, "holds no quarter " + quarter_name(t),
            "it goes from " + quarter_name(store.opening_t()) + " to " + quarter_name(store.last_t())};
}

/// An address of an order with the quarter and the firm of the order. Refused: no such order; a quarter or a firm that is not its own.
Result<Address> with_order(const ReplayStore& store, Address address) {
    const Columns& orders = store.table("orders");
    const std::string number = address.value("order"), firm = address.value("firm");
    const std::size_t row = order_row(store, number);
    if (row == orders.rows()) return Refusal{store.run_id(), 0, 0, "has no order " + number, "the firm's screen lists its orders with their numbers"};
    const std::string& owner = orders.text(row, "firm");
    const int t = orders.quarter(row);
    if (address.t.value_or(t) != t || (!firm.empty() && firm != owner))
        return Refusal{store.run_id(), 0, 0, fmt::format("order {} is {}'s, of {}", number, owner, quarter_name(t)),
                       fmt::format("did you mean '@{}#firm={}&order={}'?", quarter_name(t), owner, number)};
    address.t = t;
    if (firm.empty()) address.keys.emplace(address.keys.begin(), "firm", owner);
    return address;
}

/// The address with its quarter, `t` where it names none, and for an order with its firm. Refused: what the run does not hold.
Result<Address> place_in(const ReplayStore& store, Address address, int t) {
    static const std::vector<std::string> keys = {"firm", "product", "region", "segment", "contract", "order", "field"};
    for (const auto& [key, value] : address.keys)
        if (!holds(keys, key))
            return Refusal{store.run_id(), 0, 0, "'" + key + "' chooses nothing", "keys are firm, product, region, segment, contract, order and field"};
    for (const auto& [key, known] : {std::pair{"firm", &store.firms()}, {"product", &store.products()}, {"region", &store.regions()}})
        if (const std::string word = address.value(key); !word.empty() && !holds(*known, word)) return no_such(store.run_id(), key, word, *known);
    if (!address.value("order").empty()) {
        auto placed = with_order(store, std::move(address));
        if (!placed) return placed.error();
        address = std::move(*placed);
    }
    if (!address.t) address.t = t;
    if (!store.has_quarter(*address.t)) return no_quarter(store, *address.t);
    return address;
}

const FigureKind* kind_named(const std::string& name) {
    for (const FigureKind& kind : figure_kinds())
        if (kind.name == name) return &kind;
    return nullptr;
}

}  // namespace

Refusals Session::open(const std::filesystem::path& run) {
    auto opened = ReplayStore::open(run);
    if (!opened) {
        open_error_ = opened.error().all.front().text();
        return opened.error();
    }
    take(std::move(*opened));
    return {};
}

/// Shows this run from now on.
void Session::take(ReplayStore store) {
    open_error_.clear();
    store_ = std::make_unique<ReplayStore>(std::move(store));
    figures_.clear();
    reasons_.clear();
    ViewState fresh;
    fresh.theme = view.theme;
    fresh.scale = view.scale;
    fresh.quarters_per_s = view.quarters_per_s;
    fresh.screen = Screen::market;
    fresh.t = store_->last_t();
    fresh.firm = largest_firm(*store_, "neocloud");
    if (fresh.firm.empty()) fresh.firm = store_->firms().front();
    fresh.market = "spot-i";
    fresh.status = store_->run_id() + " is open: " + quarter_name(store_->opening_t()) + " to " + quarter_name(store_->last_t()) + ", " +
                   std::to_string(store_->firms().size()) + " firms. Space plays it.";
    if (!store_->warnings().empty()) fresh.status = store_->run_id() + ": " + store_->warnings().front() + ".";
    view = std::move(fresh);
}

Refusals Session::reload() {
    const ViewState before = view;
    Refusals refusals = open(store_->folder());
    if (!refusals.empty()) return refusals;
    const ViewState opened = view;
    view = before;
    view.t = std::clamp(view.t, store_->opening_t(), store_->last_t());
    if (!holds(store_->firms(), view.firm)) view.firm = opened.firm;
    if (!holds(markets(), view.market)) view.market = opened.market;
    return {};
}

const FigureModel& Session::figure(const std::string& name) { return figure_at(name, view.t); }

const FigureModel& Session::figure_at(const std::string& name, int t) {
    const FigureKind* kind = kind_named(name);
    FigureRequest request;
    request.at = t;
    if (kind != nullptr && kind->wants_firm) request.firm = view.firm;
    // A chip queue is of a product: of another market it shows the product that sells best.
    if (kind != nullptr && kind->takes_market && (name == "auction" || holds(store_->products(), view.market))) request.market = view.market;
    const bool is_of_quarter = kind == nullptr || kind->is_of_quarter;
    const std::string key = name + "|" + request.firm + "|" + request.market + (is_of_quarter ? "|" + std::to_string(t) : "");
    auto at = figures_.find(key);
    if (at == figures_.end()) {
        auto built = build_figure(*store_, name, request);
        FigureModel figure;
        if (built) {
            figure = std::move(*built);
        } else {
            figure.id = figure.title = name;
            figure.empty_text = built.error().all.front().text();
        }
        at = figures_.emplace(key, std::move(figure)).first;
    }
    if (!is_of_quarter) at->second.cursor_t = t;
    return at->second;
}

const Result<Why>& Session::why(const std::string& address) {
    const auto at = reasons_.find(address);
    if (at != reasons_.end()) return at->second;
    const auto parsed = parse_address(address);
    return reasons_.emplace(address, parsed ? explain(*store_, *parsed) : Result<Why>(parsed.error())).first->second;
}

void Session::seek(int t) {
    view.t = std::clamp(t, store_->opening_t(), store_->last_t());
    played_q_ = 0.0;
}

Refusals Session::go_to(const std::string& text) {
    if (const auto t = quarter_of_text(text)) {
        if (!store_->has_quarter(*t)) return no_quarter(*store_, *t);
        seek(*t);
        view.status = "At " + quarter_name(*t) + ".";
        return {};
    }
    const bool names_no_run = text.starts_with("#") || text.starts_with("@");
    const auto address = parse_address(names_no_run ? store_->run_id() + text : text);
    if (!address) return Refusal{text, 0, 0, "is no quarter and no address", "write 28q3, or an address such as @2028Q3#firm=coreweave"};
    if (address->run == store_->run_id()) {
        const auto place = place_in(*store_, *address, view.t);
        if (!place) return place.error();
        enter(*place);
        return {};
    }
    const auto folder = find_run(address->run);
    if (!folder) return folder.error();
    auto other = ReplayStore::open(*folder);
    if (!other) return other.error();
    const auto place = place_in(*other, *address, other->last_t());  // before the run that is open is left
    if (!place) return place.error();
    take(std::move(*other));
    enter(*place);
    return {};
}

/// Firm, market, screen and reading of an address that place_in has completed.
void Session::enter(const Address& address) {
    const int t = *address.t;
    const std::string firm = address.value("firm"), product = address.value("product"), region = address.value("region");
    const std::string field = address.value("field");
    seek(t);
    if (!firm.empty()) {
        view.firm = firm;
        view.screen = Screen::firm;
    } else if (!product.empty() || !region.empty()) {
        view.market = product.empty() ? region : product;
        view.screen = Screen::auction;
    } else if (!field.empty()) {
        view.screen = Screen::market;
    }
    view.tile = 0;
    std::string path;
    for (const auto& [key, value] : address.keys)
        path += (path.empty() ? "" : "&") + (key == "field" && address.keys.size() == 1 ? value : key + "=" + value);
    view.pinned = path.empty() ? "" : store_->address(t, path);
    view.status = "At " + store_->address(t, path) + ".";
}

void Session::advance(double seconds) {
    if (!view.is_playing || !has_run()) return;
    played_q_ += seconds * view.quarters_per_s;
    while (played_q_ >= 1.0 && view.is_playing) {
        const double rest = played_q_ - 1.0;
        const bool is_around = view.is_looping && view.loop.has_value();
        if (is_around && (view.t >= view.loop->to || view.t < view.loop->from)) seek(view.loop->from);
        else if (view.t < store_->last_t()) seek(view.t + 1);
        else {
            view.is_playing = false;
            view.status = "The run ends at " + quarter_name(view.t) + "; Home goes back to its start.";
        }
        played_q_ = rest;
    }
}

std::vector<std::string> Session::markets() const {
    std::vector<std::string> out = {"spot-t", "spot-i"};
    out.insert(out.end(), store_->products().begin(), store_->products().end());
    out.insert(out.end(), store_->regions().begin(), store_->regions().end());
    return out;
}

}  // namespace rackrace

#include "viz/window/session.h"

#include <fmt/format.h>

#include <algorithm>
#include <cctype>
#include <chrono>
#include <fstream>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "engine/replay/batch_format.h"
#include "engine/replay/replay_reader.h"
#include "viz/figures/against.h"
#include "viz/figures/ensemble_parts.h"
#include "viz/figures/figure_parts.h"
#include "viz/figures/growth.h"
#include "viz/figures/run_story.h"
#include "viz/window/readings.h"

namespace rackrace {
namespace {

/// "28q3", "2028q3" and "2028Q3" as a quarter.
std::optional<int> quarter_of_text(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(), [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return parse_quarter(text.size() == 4 ? "20" + text : text);
}

constexpr double kUntilRead_s = 1e9;
constexpr int kSteppedPasses = 50, kSteppedLines = 5000;  // of a decision that is stepped through
constexpr std::size_t kSteppedDecisions = 16;             // that are kept

bool holds(const std::vector<std::string>& words, const std::string& word) { return std::find(words.begin(), words.end(), word) != words.end(); }

/// The firm that sells under a contract; empty where there is none, or an outside sector sells.
std::string seller_of(const ReplayStore& store, const std::string& contract, int t) {
    const Columns& contracts = store.table("contracts");
    const auto [first, end] = contracts.rows_of(t);
    for (std::size_t row = first; row < end; ++row)
        if (fmt::format("{:.0f}", contracts.number(row, "contract")) == contract && holds(store.firms(), contracts.text(row, "seller")))
            return contracts.text(row, "seller");
    return "";
}

const FigureKind* kind_named(const std::string& name) {
    for (const FigureKind& kind : figure_kinds())
        if (kind.name == name) return &kind;
    return nullptr;
}

/// The reason in the place of a figure, under what the list of figures says that it shows.
FigureModel refused_figure(const std::string& name, std::string summary, const Refusals& why) {
    FigureModel figure;
    figure.id = name;
    if (!summary.empty()) summary.front() = static_cast<char>(std::toupper(static_cast<unsigned char>(summary.front())));
    figure.title = summary.empty() ? name : summary;
    figure.empty_text = why.all.front().text();
    return figure;
}

}  // namespace

Refusals Session::begin_open(const std::filesystem::path& run, const RunEntry& entry) {
    if (is_batch(run)) return open_batch(run, entry);
    auto loader = ReplayLoader::begin(run);
    if (!loader) return fail(loader.error());
    std::optional<Address> place;
    if (!entry.place.empty()) {
        auto address = parse_address(loader->run_id() + entry.place);
        if (!address) return fail(address.error());
        place = std::move(*address);
    }
    view.overlay = Overlay::none;
    view.is_playing = false;
    view.status = "Opens " + loader->run_id() + ".";
    arrival_.emplace(Arrival{std::move(*loader), run, entry, std::move(place)});
    return {};
}

Refusals Session::begin_reload() {
    const ViewState before = view;
    Refusals refusals = begin_open(folder());
    if (refusals.empty() && arrival_) arrival_->is_reload = true;
    else if (refusals.empty()) stay(before);
    return refusals;
}

Refusals Session::read_on(double seconds) {
    using Clock = std::chrono::steady_clock;
    const auto began = Clock::now();
    while (arrival_) {
        if (arrival_->loader.is_done()) return arrive();
        if (const Refusals refusals = arrival_->loader.step(); !refusals.empty()) return fail(refusals);
        if (std::chrono::duration<double>(Clock::now() - began).count() >= seconds) break;
    }
    return {};
}

Refusals Session::fail(const Refusals& refusals) {
    arrival_.reset();
    view.status = open_error_ = refusals.all.front().text();
    return refusals;
}

std::optional<Opening> Session::opening() const {
    if (!arrival_) return std::nullopt;
    const ReplayLoader& loader = arrival_->loader;
    return Opening{loader.run_id(), loader.doing(), loader.steps_done(), loader.steps()};
}

void Session::stop_opening() {
    if (arrival_) view.status = arrival_->loader.run_id() + " was not opened.";
    arrival_.reset();
}

Refusals Session::open(const std::filesystem::path& run, const RunEntry& entry) {
    if (Refusals refusals = begin_open(run, entry); !refusals.empty()) return refusals;
    return read_on(kUntilRead_s);
}

/// The run that was read takes the place of the one that is open, if it holds the place that its entry names.
Refusals Session::arrive() {
    const RunEntry entry = arrival_->entry;
    ReplayStore store = arrival_->loader.take();
    std::optional<Address> place;
    if (arrival_->place) {
        auto found = place_in(store, *arrival_->place, store.last_t());
        if (!found) return fail(found.error());
        place = std::move(*found);
    }
    for (const auto& [what, word, known] : {std::tuple{"firm", entry.firm, store.firms()}, {"market", entry.market, markets_of(store)}})
        if (!word.empty() && !holds(known, word))
            return fail(Refusal{store.run_id(), 0, 0, std::string("has no ") + what + " '" + word + "'",
                                "rackrace show " + quoted_word(arrival_->run.string()) + " lists what it has"});
    const ViewState before = view;
    const bool is_reload = arrival_->is_reload;
    arrival_.reset();
    take(std::move(store));
    if (is_reload) stay(before);
    if (place) enter(*place);
    if (!entry.firm.empty()) view.firm = entry.firm;
    if (!entry.market.empty()) view.market = entry.market;
    if (entry.screen) view.screen = *entry.screen;
    return {};
}

/// Closes what is open, with all that was made of it.
void Session::forget() {
    open_error_.clear();
    store_.reset();
    failures_.clear();
    ensemble_.reset();
    second_.reset();
    figures_.clear();
    fan_ = {};
    reasons_.clear();
    orders_.clear();
    scripts_.clear();
    stepped_.clear();
    recorded_.reset();
}

/// Of another run or batch: looks, sizes, places of tiles and speed stay.
ViewState Session::fresh_view() const {
    ViewState fresh;
    fresh.theme = view.theme;
    fresh.scale = view.scale;
    fresh.quarters_per_s = view.quarters_per_s;
    fresh.tilings = view.tilings;
    return fresh;
}

/// Shows this run from now on.
void Session::take(ReplayStore store) {
    forget();
    store_ = std::make_unique<ReplayStore>(std::move(store));
    failures_ = failed_decisions(*store_);
    ViewState fresh = fresh_view();
    fresh.screen = Screen::market;
    fresh.t = store_->last_t();
    fresh.firm = largest_firm(*store_, "neocloud");
    if (fresh.firm.empty()) fresh.firm = store_->firms().front();
    fresh.market = "spot-i";
    fresh.status = store_->run_id() + " is open: " + quarter_name(store_->opening_t()) + " to " + quarter_name(store_->last_t()) + ", " +
                   std::to_string(store_->firms().size()) + " firms. Space plays it.";
    if (const auto& failures = failures_; !failures.empty())
        fresh.status = fmt::format("{} is open; {} {} failed, the first of {} in {} at {}. X goes there.", store_->run_id(), failures.size(), failures.size() == 1 ? "decision" : "decisions",
                                   failures.front().firm, quarter_name(failures.front().t), failures.front().place());
    if (!store_->warnings().empty()) fresh.status = store_->run_id() + ": " + store_->warnings().front() + ".";
    view = std::move(fresh);
}

/// The batch takes the place of what is open, if it holds the place that the entry names.
Refusals Session::open_batch(const std::filesystem::path& folder, const RunEntry& entry) {
    auto opened = Ensemble::open(folder);
    if (!opened) return fail(opened.error());
    Ensemble& batch = *opened;
    if (batch.runs().empty())
        return fail(batch.is_complete() ? Refusal{folder.string(), 0, 0, "no run of it was played to its end", "failed.csv in it says why"}
                                        : Refusal{folder.string(), 0, 0, "no run of it is there yet", "where it is being played, wait for its end; else play them: rackrace resume " + quoted_word(folder.string())});
    Address place{batch.id(), std::nullopt, {}};
    if (!entry.place.empty()) {
        const auto address = parse_address(batch.id() + entry.place);
        if (!address) return fail(address.error());
        place = *address;
    }
    const auto found = place_in(batch, place, batch.last_t());
    if (!found) return fail(found.error());
    if (!entry.market.empty()) return fail(Refusal{batch.id(), 0, 0, "is a batch, which has no auctions", "leave the market out, or pick a key figure"});
    if (entry.screen && *entry.screen != Screen::ensemble && *entry.screen != Screen::home)
        return fail(Refusal{batch.id(), 0, 0, "is a batch, and this screen is of one run", "a batch has the screen Ensemble"});
    ViewState fresh = fresh_view();
    fresh.screen = entry.screen.value_or(Screen::ensemble);
    fresh.key_firm = entry.firm.empty() ? found->value("firm") : entry.firm;
    fresh.key_figure = !entry.key_figure.empty() ? entry.key_figure : std::string(fresh.key_firm.empty() ? kFirstMarketFigure : kFirstFirmFigure);
    if (const auto known = batch.courses(fresh.key_figure, fresh.key_firm); !known) return fail(known.error());
    fresh.status = fmt::format("{} is open: {}, {} to {}. V picks the key figure.", batch.id(), count_text(batch), quarter_name(batch.first_t()), quarter_name(batch.last_t()));
    if (!batch.is_complete()) fresh.status += " It is not complete: rackrace resume " + quoted_word(folder.string()) + " plays the rest, Ctrl+R then reads it again.";
    arrival_.reset();
    forget();
    ensemble_ = std::make_unique<Ensemble>(std::move(batch));
    view = std::move(fresh);
    enter_batch(*found);
    return {};
}

/// After a reload: as before, as far as the run or the batch still holds it.
void Session::stay(const ViewState& before) {
    const ViewState opened = view;
    view = before;
    view.t = std::clamp(view.t, first_t(), last_t());
    if (has_run() && !holds(store_->firms(), view.firm)) view.firm = opened.firm;
    if (has_run() && !holds(markets(), view.market)) view.market = opened.market;
    if (has_batch() && !ensemble_->courses(view.key_figure, view.key_firm)) {
        view.key_figure = opened.key_figure;
        view.key_firm = opened.key_firm;
    }
    view.status = address(-1, "") + " was read again.";
}

const Courses& Session::courses() { return **ensemble_->courses(view.key_figure, view.key_firm); }

Refusals Session::pick_key_figure(const std::string& figure, const std::string& firm) {
    if (const auto known = ensemble_->courses(figure, firm); !known) return known.error();
    view.key_figure = figure;
    view.key_firm = firm;
    view.value_zooms.clear();  // of another figure
    return {};
}

std::vector<int> Session::quarters() const {
    if (has_run()) return store_->quarters();
    std::vector<int> out;
    for (int t = first_t(); t <= last_t(); ++t) out.push_back(t);
    return out;
}

Provenance Session::provenance() const { return has_run() ? provenance_of(*store_) : provenance_of(*ensemble_); }

const FigureModel& Session::ensemble_figure(const EnsembleKind& kind, int t) {
    const bool is_picked = kind.key_figure == nullptr;
    EnsembleRequest request{t, is_picked ? view.key_figure : "", is_picked ? view.key_firm : ""};
    const std::string key = std::string(kind.name) + "|" + request.key_figure + "|" + request.firm + (kind.is_of_quarter ? "|" + std::to_string(t) : "");
    auto at = figures_.find(key);
    if (at == figures_.end()) {
        FigureModel figure;
        if (!has_batch()) figure = single_run_figure(*store_, kind.name);
        else if (auto built = build_ensemble_figure(*ensemble_, kind.name, request)) figure = std::move(*built);
        else figure = refused_figure(kind.name, kind.summary, built.error());
        at = figures_.emplace(key, std::move(figure)).first;
    }
    if (!kind.is_of_quarter && at->second.empty_text.empty()) at->second.cursor_t = t;
    return has_batch() && kind.build == build_fan ? threaded(key, at->second) : at->second;
}

/// The fan with what was kept, pinned and pointed at, without what was hidden.
const FigureModel& Session::threaded(const std::string& key, const FigureModel& fan) {
    FanThreads threads;
    for (const std::string& number : view.kept_runs)
        if (const auto run = ensemble_->find_run(number)) threads.kept.push_back(*run);
    threads.picked = pinned_run(*this);
    threads.hovered = ensemble_->find_run(view.hovered_run);
    threads.hidden = view.hidden_fan_parts;
    if (threads == FanThreads{}) return fan;
    if (fan_.key != key || fan_.threads != threads) fan_ = {key, threads, with_threads(fan, *ensemble_, courses(), threads)};
    fan_.figure.cursor_t = fan.cursor_t;
    return fan_.figure;
}

const FigureModel& Session::figure(const std::string& name) { return figure_at(name, view.t); }

const FigureModel& Session::figure_at(const std::string& name, int t) {
    if (const EnsembleKind* of_batch = find_ensemble_kind(name)) return ensemble_figure(*of_batch, t);
    const FigureKind* kind = kind_named(one_run_name(name));
    FigureRequest request;
    request.at = t;
    if (kind != nullptr && kind->wants_firm) request.firm = view.firm;
    // A chip queue is of a product: of another market it shows the product that sells best.
    if (kind != nullptr && kind->takes_market && (name == "auction" || holds(store_->products(), view.market))) request.market = view.market;
    const bool is_of_quarter = kind == nullptr || kind->is_of_quarter;
    const bool is_growth = view.is_growth && !is_of_quarter;
    const bool is_against = one_run_name(name) != name;
    const std::string key = name + (is_growth ? "|growth|" : "|") + request.firm + "|" + request.market + (is_of_quarter ? "|" + std::to_string(t) : "") +
                            (is_against ? "|" + std::to_string(static_cast<int>(view.against)) : "");
    auto at = figures_.find(key);
    if (at == figures_.end()) {
        auto built = build(name, request, is_growth);
        at = figures_.emplace(key, built ? std::move(*built) : refused_figure(name, kind == nullptr ? "" : kind->summary, built.error())).first;
    }
    if (!is_of_quarter) at->second.cursor_t = t;
    return at->second;
}

/// The figure of the open run, or of both.
Result<FigureModel> Session::build(const std::string& name, const FigureRequest& request, bool is_growth) const {
    const std::string one = one_run_name(name);
    const auto of = [&](const ReplayStore& store) -> Result<FigureModel> {
        auto built = build_figure(store, one, request);
        if (!built || !is_growth) return built;
        return growth_of(std::move(*built));
    };
    const auto first = of(*store_);
    if (!first || one == name) return first;
    if (second_ == nullptr) return Refusal{"", 0, 0, "No second run is open", "C picks one, F8 plays on from this quarter with something changed"};
    const auto beside = of(second_->store);
    if (!beside) return beside;
    return against(*first, *beside, second_->parting, view.against);
}

Refusals Session::compare_with(const std::filesystem::path& run) {
    auto second = read_second_run(*store_, run);
    if (!second) return second.error();
    second_ = std::make_unique<SecondRun>(std::move(*second));
    figures_.clear();
    view.screen = Screen::compare;
    view.tile = 0;
    view.is_tile_maximised = false;
    view.overlay = Overlay::none;
    view.status = store_->run_id() + " and " + second_->store.run_id() + ": " + (second_->parting.empty() ? "the same in every quarter and state" : second_->parting) + ".";
    return {};
}

Refusals Session::fork(const std::string& wish_text) {
    auto wish = parse_wish(wish_text);
    if (!wish) return wish.error();
    if (!players.fork) return Refusal{"", 0, 0, "this window cannot play", "rackrace fork does"};
    wish->run = store_->folder();
    wish->t = view.t;
    wish->firm = view.firm;
    const auto folder = players.fork(*wish);
    if (!folder) return folder.error();
    return compare_with(*folder);
}

Refusals Session::play_pinned_run() {
    const std::optional<std::size_t> place = pinned_run(*this);
    if (!place) return Refusal{"", 0, 0, "No run is pinned", "Enter pins a thread of the fan, O then plays and opens its run"};
    if (!players.run_of_batch) return Refusal{"", 0, 0, "this window cannot play", "W copies the command that does"};
    const EnsembleRun& run = ensemble_->runs()[*place];
    const auto folder = players.run_of_batch(ensemble_->settings_of(*place));
    if (!folder) return folder.error();
    const auto replay = Replay::open(*folder);
    if (!replay) return replay.error();
    if (const std::string hash = fmt::format("{:016x}", replay->state_hash(replay->quarters().back())); !run.state_hash.empty() && hash != run.state_hash)
        return Refusal{folder->string(), 0, 0, fmt::format("run {} ends otherwise than in the batch: its scenario, a script or the program changed since", run.number), "the run of today is in that folder"};
    return begin_open(*folder, {"@" + quarter_name(view.t), Screen::market, "", "", ""});
}

const Result<Why>& Session::why(const std::string& address) {
    const auto at = reasons_.find(address);
    if (at != reasons_.end()) return at->second;
    const auto parsed = parse_address(address);
    return reasons_.emplace(address, parsed ? explain(*store_, *parsed) : Result<Why>(parsed.error())).first->second;
}

void Session::seek(int t) {
    view.t = std::clamp(t, first_t(), last_t());
    played_q_ = 0.0;
}

Refusals Session::go_to(const std::string& text) {
    if (Refusals refusals = begin_go_to(text); !refusals.empty()) return refusals;
    return read_on(kUntilRead_s);
}

Refusals Session::begin_go_to(const std::string& text) {
    if (const auto t = quarter_of_text(text)) {
        if (*t < first_t() || *t > last_t()) return no_quarter(address(-1, ""), *t, first_t(), last_t());
        seek(*t);
        view.status = "At " + quarter_name(*t) + ".";
        return {};
    }
    const bool names_no_run = text.starts_with("#") || text.starts_with("@");
    const auto place = parse_address(names_no_run ? address(-1, "") + text : text);
    if (!place) return Refusal{text, 0, 0, "is no quarter and no address", "write 28q3, or an address such as @2028Q3#firm=coreweave"};
    if (place->run == address(-1, "")) return go_to_address(*place);
    const auto folder = find_run(place->run);
    if (!folder) return folder.error();
    return begin_open(*folder, {text.substr(std::min(place->run.size(), text.size()))});
}

/// An address of the run or the batch that is open.
Refusals Session::go_to_address(const Address& address) {
    const auto place = has_run() ? place_in(*store_, address, view.t) : place_in(*ensemble_, address, view.t);
    if (!place) return place.error();
    if (has_run()) enter(*place);
    else enter_batch(*place);
    return {};
}

/// Quarter, firm and run of an address that place_in has completed.
void Session::enter_batch(const Address& address) {
    seek(*address.t);
    if (const std::string firm = address.value("firm"); !firm.empty() && firm != view.key_firm) {
        view.key_firm = firm;
        view.key_figure = kFirstFirmFigure;
    }
    if (const std::string run = address.value("run"); !run.empty()) view.pinned = ensemble_->address(*address.t, "run=" + run);
}

/// Firm, market, screen and reading of an address that place_in has completed.
void Session::enter(const Address& address) {
    const int t = *address.t;
    const std::string firm = address.value("firm"), product = address.value("product"), region = address.value("region");
    const std::string field = address.value("field");
    seek(t);
    if (!firm.empty()) {
        view.firm = firm;
        view.screen = address.value("trace").empty() ? Screen::firm : Screen::strategy;
    } else if (!product.empty() || !region.empty()) {
        view.market = product.empty() ? region : product;
        view.screen = Screen::auction;
    } else if (const std::string seller = seller_of(*store_, address.value("contract"), t); !seller.empty()) {
        view.firm = seller;
        view.screen = Screen::firm;
    } else if (!field.empty() || !address.value("segment").empty()) {
        view.screen = Screen::market;
    }
    view.tile = 0;
    const std::string path = path_of(address);
    view.pinned = path.empty() ? "" : store_->address(t, path);
    view.status = "At " + store_->address(t, path) + ".";
}

void Session::advance(double seconds) {
    if (!view.is_playing || !has_any()) return;
    played_q_ += seconds * view.quarters_per_s;
    while (played_q_ >= 1.0 && view.is_playing) {
        const double rest = played_q_ - 1.0;
        const bool is_around = view.is_looping && view.loop.has_value();
        if (is_around && (view.t >= view.loop->to || view.t < view.loop->from)) seek(view.loop->from);
        else if (view.t < last_t()) seek(view.t + 1);
        else {
            view.is_playing = false;
            view.status = "The run ends at " + quarter_name(view.t) + "; Home goes back to its start.";
        }
        played_q_ = rest;
    }
}

const std::vector<PlacedText>& Session::orders(int t, const std::string& firm) {
    const auto [at, is_new] = orders_.try_emplace({t, firm});
    if (is_new) at->second = orders_of(*store_, t, firm);
    return at->second;
}

Stepping Session::trace(int t, const std::string& firm) {
    const auto nothing = [](std::string text) {
        Stepping out;
        out.empty_text = std::move(text);
        return out;
    };
    if (t == store_->opening_t()) return nothing("The opening books: nobody has decided yet. Go to a later quarter.");
    auto replay = Replay::open(store_->folder());
    if (!replay) return nothing(replay.error().all.front().text());
    if (recorded_ == nullptr) {
        auto run = load_recorded(store_->folder(), data, quarter_name(replay->run().end_t));
        if (!run) return nothing(run.error().all.front().text());
        recorded_ = std::make_unique<RecordedRun>(std::move(*run));
    }
    const auto& firms = recorded_->loaded.names.firms;
    DecisionQuestion question;
    question.firm = static_cast<int>(std::find(firms.begin(), firms.end(), firm) - firms.begin());
    question.t = t;
    question.limits = {kSteppedPasses, kSteppedLines};
    auto quarter = trace_decisions(*recorded_, *replay, question);
    if (!quarter) return nothing(quarter.error().all.front().text());
    if (quarter->decisions.empty()) return nothing(no_decision(*replay, firm, t).fact + ".");
    return stepping_of(std::move(*quarter));
}

std::size_t Session::failures_before() const {
    if (view.failure < 0 || view.failure >= static_cast<int>(failures_.size())) return 0;
    const auto last = failures_.begin() + view.failure;
    if (last->t != view.t || last->firm != view.firm) return 0;
    return static_cast<std::size_t>(std::count_if(failures_.begin(), last, [&](const FailedDecision& one) { return one.t == view.t && one.firm == view.firm; }));
}

const Stepping& Session::stepping() {
    const std::string decision = quarter_name(view.t) + " " + view.firm;
    if (stepped_.size() >= kSteppedDecisions && !stepped_.contains({view.t, view.firm})) stepped_.clear();
    const auto [at, is_new] = stepped_.try_emplace({view.t, view.firm});
    if (is_new) at->second = trace(view.t, view.firm);
    if (view.stepped != decision) {
        view.stepped = decision;
        view.step = failed_step(at->second, failures_before());
        view.marked_line = 0;
    }
    view.step = at->second.is_empty() ? 0 : std::min(view.step, at->second.places.size() - 1);
    return at->second;
}

const std::vector<std::string>& Session::script(const std::string& name) {
    const auto at = scripts_.find(name);
    if (at != scripts_.end()) return at->second;
    std::vector<std::string>& lines = scripts_[name];
    std::ifstream file(store_->folder() / "scripts" / name);
    for (std::string line; std::getline(file, line);) lines.push_back(line);
    return lines;
}

}  // namespace rackrace

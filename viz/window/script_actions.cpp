#include "viz/window/script_actions.h"

#include <fmt/format.h>

#include <algorithm>

#include "engine/base/command_words.h"
#include "engine/base/quarter_index.h"
#include "viz/window/frame/frame.h"
#include "viz/window/screen_actions.h"
#include "viz/window/screens/screens.h"

namespace rackrace {
namespace {

/// Starts the editor, or copies its command; what it says of that.
std::string open_in_editor(Session& session, const std::filesystem::path& file) {
    const auto editor = editor_at_hand();
    if (!editor) {
        session.view.to_clipboard = file.string();
        return fmt::format("{}. The file is {}; its path is copied.", editor.error().all.front().text(), file.string());
    }
    if (editor->needs_terminal) {
        session.view.to_clipboard = editor->command(file);
        return fmt::format("{} works in a terminal: copied {}. Paste it into one; what you save is checked here.", editor->words.front(), editor->command(file));
    }
    std::vector<std::string> words = editor->words;
    words.push_back(file.string());
    auto started = StartedProgram::start(words);
    if (!started) return started.error().all.front().text() + ".";
    session.editors.push_back(std::move(*started));
    return fmt::format("{} opens {}; what you save is checked here.", session.editors.back().name(), file.string());
}

}  // namespace

void edit_script(Session& session) {
    ViewState& view = session.view;
    EditQuestion question{session.folder(), session.data, session.scripts, session.copies, session.store().run().hash, view.firm, view.t, ""};
    if (const ScriptEdit* edit = edit_of_firm(session); edit != nullptr) question.edited = edit->place().file;
    auto place = place_to_edit(question);
    if (!place) {
        view.status = place.error().all.front().text();
        return;
    }
    session.edit.emplace(std::move(*place));
    view.status = open_in_editor(session, session.edit->place().file);
}

bool watch_edit(Session& session) {
    bool is_news = false;
    for (auto editor = session.editors.begin(); editor != session.editors.end();) {
        const auto status = editor->take_end();
        if (status && *status != 0) {
            session.view.status = fmt::format("{} ended with status {}. If it works in a terminal, open one and edit {} there.", editor->name(), *status,
                                              session.edit ? session.edit->name() : "the file");
            is_news = true;
        }
        editor = status ? session.editors.erase(editor) : editor + 1;
    }
    if (!session.edit || !session.edit->look()) return is_news;
    session.view.status = session.edit->finding();
    if (const ScriptEdit* edit = edit_of_firm(session); edit != nullptr && edit->is_clean() && edit->is_changed())
        session.view.status += fmt::format(" F8 plays on with it at {} from {}.", session.view.firm, quarter_name(session.view.t));
    return true;
}

const ScriptEdit* edit_of_firm(const Session& session) {
    if (!session.edit || !session.has_run()) return nullptr;
    const EditPlace& place = session.edit->place();
    const bool fits = place.firm.empty() ? session.store().role_of(session.view.firm) == role_text(place.role) : place.firm == session.view.firm && place.run == session.folder();
    return fits ? &*session.edit : nullptr;
}

void step_through(Session& session, const std::string& status) {
    enter_screen(session, Screen::strategy);
    session.view.is_playing = false;
    session.view.stepped.clear();  // to stand on the line that failed, wherever it stood before
    session.view.status = status;
}

void go_to_next_failure(Session& session, const std::string& firm) {
    ViewState& view = session.view;
    const std::vector<FailedDecision>& all = session.failures();
    std::vector<int> places;  // in `all`
    for (std::size_t i = 0; i < all.size(); ++i)
        if (firm.empty() || all[i].firm == firm) places.push_back(static_cast<int>(i));
    if (places.empty()) {
        view.status = "No decision of this run failed.";
        return;
    }
    const auto stands_at = [&](int place) { return all[static_cast<std::size_t>(place)].t == view.t && all[static_cast<std::size_t>(place)].firm == view.firm; };
    const bool is_here = view.screen == Screen::strategy && view.failure >= 0 && view.failure < static_cast<int>(all.size()) && stands_at(view.failure);
    const auto next = is_here ? std::upper_bound(places.begin(), places.end(), view.failure) : places.begin();
    view.failure = next == places.end() ? places.front() : *next;
    const FailedDecision& failure = all[static_cast<std::size_t>(view.failure)];
    session.seek(failure.t);
    view.firm = failure.firm;
    step_through(session, failure.sentence + ".");
}

void ask_fork(Session& session) {
    if (session.view.overlay == Overlay::fork) return show_overlay(session, Overlay::none);
    show_overlay(session, Overlay::fork);
    const ScriptEdit* edit = edit_of_firm(session);
    if (edit == nullptr) return;
    session.view.status = edit->finding();
    if (edit->is_clean() && edit->is_changed()) session.view.overlay_text = quoted_word(edit->name());
}

void play_demo(Session& session) {
    if (!session.players.demo) return copy_command(session, kDemoCommand);
    const auto folder = session.players.demo();
    const Refusals refusals = folder ? session.begin_open(*folder) : folder.error();
    if (!refusals.empty()) session.view.status = refusals.all.front().text();
}

void start_strategy(Session& session) {
    if (!session.players.new_strategy) return copy_command(session, kNewStrategyCommand);
    const auto made = session.players.new_strategy();
    if (!made) {
        session.view.status = made.error().all.front().text();
        return;
    }
    session.edit.emplace(EditPlace{std::filesystem::absolute(*made), "", "", "", Role::neocloud, false});
    session.view.status = fmt::format("Wrote {} and its tests. {}", session.edit->name(), open_in_editor(session, session.edit->place().file));
}

void copy_replay(Session& session) {
    if (session.store().run().fault.empty()) session.view.status = "This run did not stop by a fault.";
    else copy_command(session, replay_command(session.store()));
}

}  // namespace rackrace

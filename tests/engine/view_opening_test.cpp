// Views of the opening books of base-2026: finite, and the same whatever places the firms have.
#include <algorithm>
#include <catch2/catch.hpp>
#include <cstring>
#include <memory>
#include <numeric>
#include <stdexcept>
#include <string>
#include <tuple>
#include <vector>

#include "engine/quarter/run.h"
#include "engine/quarter/view.h"
#include "engine/scenario/load_scenario.h"
#include "engine/settle/finite.h"
#include "engine/settle/market_history.h"

using namespace rackrace;

namespace {

struct Opening {
    Scenario scenario;
    World world;
};

const Opening& opening() {
    static const std::unique_ptr<Opening> books = [] {
        ScenarioRequest request;
        request.scenario = "base-2026";
        request.data_folder = std::filesystem::path(RACKRACE_SOURCE_DIR) / "data";
        auto loaded = load_scenario(request);
        if (!loaded) throw std::runtime_error(loaded.error().text());
        auto made = std::make_unique<Opening>(Opening{loaded->scenario, loaded->opening});
        complete_opening(made->scenario, made->world);
        if (made->world.history.is_recorded == 0) record_market(made->scenario, made->world, take_rolls(made->scenario, made->world));
        return made;
    }();
    return *books;
}

/// Looks at every view at both stages of every quarter and orders nothing.
class Onlooker : public Deciders {
public:
    int infinite = 0;
    int looks = 0;

    void decide(const Scenario& scenario, const World& world, Orders*) override { look(scenario, world); }
    void operate(const Scenario& scenario, const World& world, Orders*) override { look(scenario, world); }

private:
    void look(const Scenario& scenario, const World& world) {
        observe(scenario, world, *market_);
        infinite += !is_finite_record(*market_);
        for (int f = 0; f < scenario.firm_count; ++f) {
            observe(scenario, world, *market_, f, *view_);
            infinite += !is_finite_record(*view_);
            ++looks;
        }
    }

    std::unique_ptr<MarketView> market_ = std::make_unique<MarketView>();
    std::unique_ptr<FirmView> view_ = std::make_unique<FirmView>();
};

/// place[f]: where firm f stands now. Everything that names a firm by its place follows.
Opening move_firms(const Opening& from, const std::vector<int>& place) {
    Opening to = from;
    const auto moved = [&](int party) {
        return party >= 0 && party < static_cast<int>(place.size()) ? place[static_cast<std::size_t>(party)] : party;
    };
    for (int f = 0; f < from.scenario.firm_count; ++f) {
        const int g = moved(f);
        to.scenario.firms[g] = from.scenario.firms[f];
        std::memcpy(to.scenario.arrivals[g], from.scenario.arrivals[f], sizeof from.scenario.arrivals[f]);
        to.world.firms[g] = from.world.firms[f];
        std::memcpy(to.world.balance[g], from.world.balance[f], sizeof from.world.balance[f]);
        to.world.history.cash_musd[g] = from.world.history.cash_musd[f];
        to.world.history.debt_musd[g] = from.world.history.debt_musd[f];
    }
    for (Product& product : to.scenario.products) product.vendor = moved(product.vendor);
    for (Contract& contract : to.world.contracts) {
        contract.seller = static_cast<std::int16_t>(moved(contract.seller));
        contract.buyer = static_cast<std::int16_t>(moved(contract.buyer));
    }
    for (SupplyAgreement& agreement : to.world.agreements) {
        agreement.supplier = static_cast<std::int16_t>(moved(agreement.supplier));
        agreement.buyer = static_cast<std::int16_t>(moved(agreement.buyer));
    }
    return to;
}

/// Items of a field that count: all, or as many as the field `<name>_count` beside it says.
std::size_t used_items(const RecordInfo& record, const FieldInfo& field, const unsigned char* bytes) {
    for (const FieldInfo& other : record.fields) {
        if (other.name != std::string(field.name) + "_count") continue;
        std::int32_t count = 0;
        std::memcpy(&count, bytes + other.offset, sizeof count);
        return static_cast<std::size_t>(count);
    }
    return field.count();
}

/// Compares two records leaf by leaf; ids of firms by where the firm stands now, ids of orders, which hold the buyer's place, not at all.
void compare(const RecordInfo& record, const unsigned char* a, const unsigned char* b, const std::vector<int>& place, const std::string& path) {
    for (const FieldInfo& field : record.fields) {
        for (std::size_t i = 0; i < used_items(record, field, a); ++i) {
            const std::size_t at = field.offset + i * field.size;
            INFO(path << field.name << "[" << i << "]");
            if (field.record != nullptr) {
                compare(*field.record, a + at, b + at, place, path + std::string(field.name) + ".");
            } else if (field.storage == Storage::f64) {
                double x = 0.0, y = 0.0;
                std::memcpy(&x, a + at, sizeof x);
                std::memcpy(&y, b + at, sizeof y);
                CHECK(y == Approx(x).epsilon(1e-12).margin(1e-15));
            } else if (field.unit != Unit::order_id) {
                std::int32_t x = 0, y = 0;
                std::memcpy(&x, a + at, sizeof x);
                std::memcpy(&y, b + at, sizeof y);
                const bool is_firm_id = field.unit == Unit::firm_id && x < static_cast<int>(place.size());
                CHECK(y == (is_firm_id ? place[static_cast<std::size_t>(x)] : x));
            }
        }
    }
}

template <class View> void compare(const View& a, const View& b, const std::vector<int>& place) {
    compare(describe<View>(), reinterpret_cast<const unsigned char*>(&a), reinterpret_cast<const unsigned char*>(&b), place, "");
}

/// Lists that hold one row a firm, in the order of the places before the move.
void sort_by_old_place(FirmView& view, const std::vector<int>& place) {
    std::vector<int> old(place.size());
    for (std::size_t f = 0; f < place.size(); ++f) old[static_cast<std::size_t>(place[f])] = static_cast<int>(f);
    const auto was = [&](int firm) { return old[static_cast<std::size_t>(firm)]; };
    std::sort(view.rivals, view.rivals + view.rivals_count, [&](const RivalView& a, const RivalView& b) { return was(a.id) < was(b.id); });
    std::sort(view.orders, view.orders + view.orders_count, [&](const OrderView& a, const OrderView& b) {
        return std::make_tuple(a.product, was(a.to), a.deliver_q) < std::make_tuple(b.product, was(b.to), b.deliver_q);
    });
}

}  // namespace

TEST_CASE("Every figure shown of the opening books is finite", "[engine][view]") {
    const Opening& books = opening();
    const auto market = std::make_unique<MarketView>();
    const auto view = std::make_unique<FirmView>();
    observe(books.scenario, books.world, *market);
    CHECK(is_finite_record(*market));
    CHECK(market->market.newest_i > 0);
    CHECK(market->market.demand_mh > 0.0);
    for (int f = 0; f < books.scenario.firm_count; ++f) {
        observe(books.scenario, books.world, *market, f, *view);
        CHECK(is_finite_record(*view));
        CHECK(view->rivals_count == books.scenario.firm_count - 1);
        if (books.world.firms[f].role != Role::supplier && view->me.capacity_mh > 0.0) {
            CHECK(view->me.cash_cost_usd_h > 0.05);
            CHECK(view->me.unit_cost_usd_h < 5.0);
            CHECK(view->me.power_mw > 0.0);
        }
    }
}

TEST_CASE("Every figure shown in a run is finite, at both stages", "[engine][view]") {
    const auto books = std::make_unique<Opening>(opening());
    Onlooker onlooker;
    play_run(books->scenario, books->world, 1, &onlooker, nullptr);
    CHECK(onlooker.looks >= 2 * books->scenario.firm_count);
    CHECK(onlooker.infinite == 0);
}

TEST_CASE("Views are the same whatever places the firms have", "[engine][view]") {
    const Opening& books = opening();
    std::vector<int> place(static_cast<std::size_t>(books.scenario.firm_count));
    std::iota(place.begin(), place.end(), 0);
    std::reverse(place.begin(), place.end());
    std::swap(place[1], place[4]);
    const auto moved = std::make_unique<Opening>(move_firms(books, place));
    const auto market = std::make_unique<MarketView>(), moved_market = std::make_unique<MarketView>();
    const auto view = std::make_unique<FirmView>(), moved_view = std::make_unique<FirmView>();
    observe(books.scenario, books.world, *market);
    observe(moved->scenario, moved->world, *moved_market);
    compare(*market, *moved_market, place);
    for (int f = 0; f < books.scenario.firm_count; ++f) {
        observe(books.scenario, books.world, *market, f, *view);
        observe(moved->scenario, moved->world, *moved_market, place[static_cast<std::size_t>(f)], *moved_view);
        sort_by_old_place(*moved_view, place);
        compare(*view, *moved_view, place);
    }
}

// Figures as JSON and CSV: everything that is drawn, with reasons and addresses, in the bytes of their golden files.
#include <catch2/catch.hpp>

#include <nlohmann/json.hpp>

#include "tests/golden.h"
#include "tests/viz/recorded_runs.h"
#include "viz/figures/exports.h"

using namespace rackrace;
using Json = nlohmann::json;

TEST_CASE("Two small figures are JSON in the bytes of their golden files", "[viz][export]") {
    FigureRequest request;
    request.firm = "basalt";
    const std::string prices = figure_json(figure_of(tiny_run(), "prices"));
    CHECK(golden("tests/viz/data/prices.json", prices) == prices);
    const std::string debt = figure_json(figure_of(tiny_run(), "debt", request));
    CHECK(golden("tests/viz/data/debt.json", debt) == debt);
}

TEST_CASE("The JSON of every figure has every mark", "[viz][export]") {
    for (const FigureModel& figure : all_figures(played_run())) {
        INFO(figure.title);
        const Json json = Json::parse(figure_json(figure));
        CHECK(json.at("schema") == "rackrace.figure/1");
        CHECK(json.at("from").at("seed") == "1");
        REQUIRE(json.at("panels").size() == figure.panels.size());
        for (std::size_t p = 0; p < figure.panels.size(); ++p)
            for (std::size_t s = 0; s < figure.panels[p].series.size(); ++s) {
                const Json& data = json["panels"][p]["series"][s]["data"];
                const auto& drawn = figure.panels[p].series[s].data;
                REQUIRE(data.size() == drawn.size());
                for (std::size_t i = 0; i < drawn.size(); ++i)
                    if (data[i]["value"].is_number()) CHECK(data[i]["value"].get<double>() == drawn[i].value);
                    else CHECK((std::isnan(drawn[i].value) || data[i]["value"].is_string()));
            }
    }
}

TEST_CASE("CSV has units in its heads, full precision, and says where it comes from", "[viz][export]") {
    const FigureModel figure = figure_of(tiny_run(), "prices");
    const std::string csv = figure_csv(figure, true), clean = figure_csv(figure, false);
    CHECK(csv.starts_with("# Spot prices | rackrace 0.1.0 | tiny | seed 7 | "));
    CHECK(clean == csv.substr(csv.find('\n') + 1));
    CHECK(clean.find("price of an H100e-hour: spot T ($/h)") != std::string::npos);
    CHECK(clean.find("\n2026Q3,") != std::string::npos);
    CHECK(clean.find(",1.5,") != std::string::npos);
}

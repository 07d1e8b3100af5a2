// Orders of a whole run, kept as they were given and given again: the engine alone for a bench, a device and a test, without scripts.
// Host only. Playing a run back from its own recording gives the same bytes, quarter by quarter.
#pragma once

#include <algorithm>
#include <cstddef>
#include <vector>

#include "engine/quarter/run.h"

namespace rackrace {

struct RecordedOrders {
    std::vector<Orders> stage_a, stage_b;  // [quarters][kMaxFirms], by quarter played

    std::size_t quarters() const { return stage_b.size() / kMaxFirms; }
    const Orders* of_stage_a(std::size_t quarter) const { return stage_a.data() + quarter * kMaxFirms; }
    const Orders* of_stage_b(std::size_t quarter) const { return stage_b.data() + quarter * kMaxFirms; }
};

/// Lets `inner` decide and keeps what it ordered.
class OrderRecorder : public Deciders {
public:
    OrderRecorder(Deciders& inner, RecordedOrders& recorded) : inner_(inner), recorded_(recorded) {}
    void decide(const Scenario& scenario, const World& world, Orders* orders) override {
        inner_.decide(scenario, world, orders);
        recorded_.stage_a.insert(recorded_.stage_a.end(), orders, orders + kMaxFirms);
    }
    void hear(const Deals& deals) override { inner_.hear(deals); }
    void operate(const Scenario& scenario, const World& world, Orders* orders) override {
        inner_.operate(scenario, world, orders);
        recorded_.stage_b.insert(recorded_.stage_b.end(), orders, orders + kMaxFirms);
    }
    void close(const Scenario& scenario, const World& world, const Orders* orders) override { inner_.close(scenario, world, orders); }

private:
    Deciders& inner_;
    RecordedOrders& recorded_;
};

/// Orders what was recorded, from the first recorded quarter on; nothing after the last.
class OrderPlayback : public Deciders {
public:
    explicit OrderPlayback(const RecordedOrders& recorded) : recorded_(recorded) {}
    void decide(const Scenario&, const World&, Orders* orders) override {
        if (quarter_ < recorded_.quarters()) std::copy_n(recorded_.of_stage_a(quarter_), kMaxFirms, orders);
    }
    void operate(const Scenario&, const World&, Orders* orders) override {
        if (quarter_ < recorded_.quarters()) std::copy_n(recorded_.of_stage_b(quarter_), kMaxFirms, orders);
        ++quarter_;
    }

private:
    const RecordedOrders& recorded_;
    std::size_t quarter_ = 0;
};

}  // namespace rackrace

// From compute to revenue, P11 to P13 and the mood of P16: spot market, use of compute, product market, core, training, by figures a reader
// can follow.
#include <catch2/catch.hpp>

#include "engine/quarter/results.h"
#include "tests/engine/revenue_worlds.h"

using namespace rackrace;
using namespace rackrace::test;

TEST_CASE("A firm trains, serves its core and its customers from the compute it has, the oldest chips for inference", "[engine][compute_use]") {
    Small small;
    const auto lab = [&]() -> Firm& { return small.firm(kLab); };
    small.give_compute(kLab, 0, 100, 0.5);   // 50 H100e of inference
    small.give_compute(kLab, 2, 200, 1.5);   // 300, or 200 of training
    lab().train_frac = 0.3;                  // of class T: 60

    SECTION("customers first: 120 are 50 of the old pool and 70 of the new, which take 47 H100e of it") {
        CHECK(small.use(kLab, 120.0) == 120);
        CHECK(lab().training_h100e == 60);
        CHECK(lab().used_h100e[0] == 100);
        CHECK(lab().used_h100e[2] == 47 + 60);
        CHECK(lab().idle_h100e[2] == 93);
    }
    SECTION("customers first: when they need everything nothing is left to train on") {
        CHECK(small.use(kLab, 400.0) == 350);
        CHECK(lab().training_h100e == 0);
        CHECK(lab().idle_h100e[2] == 0);
    }
    SECTION("training first: customers get 50 + 140 x 1.5 = 260") {
        lab().serves_training_first = 1;
        CHECK(small.use(kLab, 400.0) == 260);
        CHECK(lab().training_h100e == 60);
        CHECK(lab().used_h100e[2] == 200);
    }
    SECTION("spot hours bought to train serve training before own chips do") {
        lab().spot_bought_t_h100e = 40;  // class T is 240, so 72 train: 40 and 32 of the new pool
        lab().spot_bought_i_h100e = 30;
        CHECK(small.use(kLab, 120.0) == 120);  // 30 spot, 50 of the old pool, 40 of the new: 27 H100e
        CHECK(lab().training_h100e == 72);
        CHECK(lab().used_h100e[2] == 32 + 27);
        CHECK(lab().spot_idle_t_h100e == 0);
        CHECK(lab().spot_idle_i_h100e == 0);
    }
    SECTION("spot hours that nobody needs idle outside the generations") {
        lab().train_frac = 0.0;
        lab().spot_bought_t_h100e = 40;
        lab().spot_bought_i_h100e = 30;
        CHECK(small.use(kLab, 35.0) == 35);
        CHECK(lab().spot_idle_t_h100e == 35);  // at the fleet's kappa of 1
        CHECK(lab().used_h100e[0] + lab().used_h100e[2] == 0);
    }
    SECTION("a neocloud has neither models nor a core: what it did not sell idles") {
        small.give_compute(kCloud, 2, 200, 1.5);
        small.firm(kCloud).train_frac = small.firm(kCloud).core_use_frac = 0.5;
        CHECK(small.use(kCloud, 0.0) == 0);
        CHECK(small.firm(kCloud).idle_h100e[2] == 200);
    }
    SECTION("a core takes its share of the whole, counted in inference") {
        small.scenario->firms[kOwner].core_saturation_h100e = 1000.0;
        small.give_compute(kOwner, 0, 100, 0.5);
        small.give_compute(kOwner, 2, 200, 1.5);
        small.firm(kOwner).core_use_frac = 0.2;
        CHECK(small.use(kOwner, 0.0) == 0);
        CHECK(small.firm(kOwner).core_h100e_i == 70);
        CHECK(small.firm(kOwner).used_h100e[0] == 100);
        CHECK(small.firm(kOwner).used_h100e[2] == 14);
    }
    CHECK(small.compute_balances());
}

TEST_CASE("A setting out of bounds leaves the kept one", "[engine][compute_use]") {
    Small small;
    small.scenario->firms[kOwner].core_saturation_h100e = 1.0;
    Firm& firm = small.firm(kOwner);
    firm.train_frac = 0.3;
    firm.core_use_frac = 0.2;
    small.set(kOwner, FirmSetting::train, 1.2);
    small.set(kOwner, FirmSetting::core_use, std::numeric_limits<double>::quiet_NaN());
    small.set(kOwner, FirmSetting::serve_training_first, 1.0);
    take_settings(*small.scenario, small.order(kOwner), kOwner, firm);
    CHECK(firm.train_frac == 0.3);
    CHECK(firm.core_use_frac == 0.2);
    CHECK(firm.serves_training_first == 1);
    small.order(kOwner) = Orders{};
    small.set(kOwner, FirmSetting::train, 0.7);
    take_settings(*small.scenario, small.order(kOwner), kOwner, firm);
    CHECK(firm.train_frac == 0.7);
    CHECK(firm.serves_training_first == 1);
}

TEST_CASE("A buyer without chips rents its sellers' value in inference", "[engine][compute_use]") {
    Small small;
    small.give_compute(kOwner, 2, 100, 1.2);
    small.give_compute(kCloud, 2, 100, 1.6);
    int slot = 0;
    for (int seller : {kOwner, kCloud}) {
        Contract& contract = small.world->contracts[slot++];
        contract.id = slot;
        contract.seller = static_cast<std::int16_t>(seller);
        contract.buyer = kLab;
        contract.generation = 2;
        contract.delivered_h100e = seller == kOwner ? 75 : 25;
    }
    fill_rented_kappa(*small.scenario, *small.world);
    CHECK(small.firm(kLab).kappa[2] == Approx(1.3));
    CHECK(small.firm(kOwner).kappa[2] == 1.2);
}

TEST_CASE("Unsold training hours are offered again for inference, at the same money", "[engine][spot_phase]") {
    Small small;
    small.give_compute(kCloud, 1, 100, 2.0);
    small.give_compute(kCloud, 2, 900, 1.5);
    small.order(kCloud).offer_spot[kT] = {1.2, 600.0};
    small.order(kLab).bid_spot[kT] = {2.0, 400.0};
    small.order(kOwner).bid_spot[kI] = {0.9, 150.0};
    small.spot();
    // the reserve sets the price, as 200 hours are left: 400 x 1.2 $ x 2190 h
    CHECK(small.world->spot_usd_h[kT] == Approx(1.2));
    CHECK(small.firm(kLab).spot_bought_t_h100e == 400);
    CHECK(paid(*small.ledger, kLab, Kind::spot_purchase) == Usd{1051200});
    // the other 200 are of generation 2: 300 for inference at 0.8 $; 150 of them are 100 H100e
    CHECK(small.world->spot_usd_h[kI] == Approx(0.8));
    CHECK(small.firm(kOwner).spot_bought_i_h100e == 150);
    CHECK(paid(*small.ledger, kOwner, Kind::spot_purchase) == Usd{262800});
    CHECK(received(*small.ledger, kCloud, Kind::spot_purchase) == Usd{1051200 + 262800});
    // the oldest were sold first: 100 of generation 1 and 300 + 100 of generation 2
    CHECK(small.firm(kCloud).sold_spot_h100e[1] == 100);
    CHECK(small.firm(kCloud).sold_spot_h100e[2] == 400);
    CHECK(small.firm(kCloud).idle_h100e[2] == 500);
    CHECK(small.world->spot_sold_h100e[kT] == 400);
    CHECK(small.world->spot_sold_h100e[kI] == 150);
    CHECK(small.ledger->deals.spot_sold_h100e[kCloud][kT] == 500);  // of 600 offered
    CHECK(small.ledger->deals.spot_sold_h100e[kCloud][kI] == 0);
    CHECK(small.ledger->deals.spot_bought_h100e[kLab][kT] == 400);
    CHECK(small.ledger->deals.spot_bought_h100e[kOwner][kI] == 150);
    CHECK(small.world->spot_ewma_usd_h[kT] == Approx(1.7 + 0.4 * (1.2 - 1.7)));
    CHECK(small.world->spot_i_log_change == Approx(std::log((1.5 + 0.4 * (0.8 - 1.5)) / 1.5)));
    CHECK(small.compute_balances());
    CHECK(small.spot_balances());
}

TEST_CASE("Training hours that sell as inference are told at what an hour of the offer brought", "[engine][spot_phase]") {
    Small small;
    small.give_compute(kCloud, 2, 500, 1.5);
    small.order(kCloud).offer_spot[kT] = {1.2, 200.0};
    small.order(kLab).bid_spot[kT] = {2.0, 50.0};
    small.order(kOwner).bid_spot[kI] = {0.9, 1000.0};
    small.spot();
    // 50 hours as training at the ask of 1.2 $; the other 150 are 225 for inference, which is scarce: at the bid of 0.9 $
    CHECK(small.world->spot_usd_h[kT] == Approx(1.2));
    CHECK(small.world->spot_usd_h[kI] == Approx(0.9));
    CHECK(small.ledger->deals.spot_sold_h100e[kCloud][kT] == 200);
    CHECK(small.ledger->deals.training_offer_usd_h[kCloud] == Approx((50 * 1.2 + 225 * 0.9) / 200));
}

TEST_CASE("Offers of spot hours are told grade by grade, whatever the fleet's chips are like", "[engine][spot_phase]") {
    Small small;
    small.give_compute(kCloud, 0, 1000, 1.0);
    small.give_compute(kCloud, 2, 900, 1.3);
    small.world->kappa = 2.0;
    small.order(kCloud).offer_spot[kT] = {1.0, 101.0};
    small.order(kCloud).offer_spot[kI] = {0.9, 300.0};
    const auto told = [&](std::int32_t word) {
        Desk desk{};
        report_stage_b(*small.scenario, small.ledger->deals, small.order(kCloud), *small.world, kCloud, 0, desk);
        REQUIRE(desk.result_count == 2);
        return desk.results[0].ref == word ? desk.results[0] : desk.results[1];
    };
    const double mh = small.scenario->parameters.hours_per_quarter / 1e6;
    SECTION("131 inference hours are all that 101 training hours give, so the offer is filled") {
        small.order(kOwner).bid_spot[kI] = {2.0, 5000.0};
        small.spot();
        CHECK(small.firm(kOwner).spot_bought_i_h100e == 431);
        CHECK(told(1).got == Approx(101.0 * mh));
        CHECK(told(1).price == Approx(131.0 * small.world->spot_usd_h[kI] / 101.0));  // none sold as training
        CHECK(told(0).price == small.world->spot_usd_h[kI]);
        CHECK(told(1).code == Code::none);
        CHECK(told(0).got == Approx(300.0 * mh));
        CHECK(told(0).code == Code::none);
    }
    SECTION("a buyer of 400 leaves a part of the offer with the higher ask") {
        small.order(kOwner).bid_spot[kI] = {2.0, 400.0};
        small.spot();
        // training hours ask 1.0 / 1.3 = 0.77 $ for inference and sell first: 131 and 269
        CHECK(told(1).code == Code::none);
        CHECK(told(0).got == Approx(269.0 * mh));
        CHECK(told(0).asked == Approx(300.0 * mh));
        CHECK(told(0).code == Code::partial);
    }
    SECTION("nobody buys") {
        small.spot();
        CHECK(told(1).code == Code::unfilled);
        CHECK(told(0).code == Code::unfilled);
    }
}

TEST_CASE("Spot hours need cash in hand, own orders cancel, and nobody sells what it does not have", "[engine][spot_phase]") {
    Small small;
    small.give_compute(kCloud, 0, 1000, 1.0);
    small.give_compute(kCloud, 2, 1000, 1.0);
    SECTION("a bid is cut to what cash pays at its cap") {
        balance_of(*small.world, kLab, Account::cash) = Usd{50 * 2190 * 2 + kParties};
        small.order(kCloud).offer_spot[kT] = {0.5, 1000.0};
        small.order(kLab).bid_spot[kT] = {2.0, 400.0};
        small.spot();
        CHECK(small.firm(kLab).spot_bought_t_h100e == 50);
    }
    SECTION("old chips have no training hours to sell, but inference hours") {
        small.order(kCloud).offer_spot[kT] = {0.5, 5000.0};
        small.order(kLab).bid_spot[kT] = {2.0, 5000.0};
        small.order(kOwner).bid_spot[kI] = {2.0, 5000.0};
        small.spot();
        CHECK(small.firm(kLab).spot_bought_t_h100e == 1000);
        CHECK(small.firm(kOwner).spot_bought_i_h100e == 0);
        CHECK(small.firm(kCloud).idle_h100e[0] == 1000);
    }
    SECTION("a firm that asks and bids trades with others only for the difference, and keeps its own") {
        small.order(kCloud).offer_spot[kI] = {0.5, 300.0};
        small.order(kCloud).bid_spot[kI] = {0.6, 100.0};
        small.order(kLab).bid_spot[kI] = {2.0, 500.0};
        small.spot();
        CHECK(small.firm(kLab).spot_bought_i_h100e == 200);
        CHECK(small.firm(kCloud).spot_bought_i_h100e == 0);
        CHECK(small.firm(kCloud).sold_spot_h100e[0] == 200);
        CHECK(small.firm(kCloud).idle_h100e[0] == 800);
    }
    SECTION("the outside buys and sells along its curves and pays through the customer sector") {
        small.world->outside_demand_h100e[kI] = 900.0;
        small.world->outside_supply_h100e[kI] = 400.0;
        small.order(kCloud).offer_spot[kI] = {1.5, 300.0};
        small.spot();
        const double price = small.world->spot_usd_h[kI];
        CHECK(price == Approx(2.0 * std::pow(600.0 / 400.0, 1.0 / 1.2)).epsilon(0.2));
        CHECK(small.world->spot_outside_h100e[kI] > 300);
        CHECK(received(*small.ledger, kCloud, Kind::spot_purchase).value == Approx(300 * price * 2190));
        CHECK(paid(*small.ledger, kCustomer, Kind::spot_purchase) == received(*small.ledger, kCloud, Kind::spot_purchase));
    }
    SECTION("without orders the price stays") {
        small.spot();
        CHECK(small.world->spot_usd_h[kT] == 1.7);
        CHECK(small.ledger->postings == 0);
    }
    CHECK(small.compute_balances());
    CHECK(small.spot_balances());
}

TEST_CASE("Customers pay for what a seller can serve", "[engine][product_phase]") {
    Small small;
    small.one_seller(kLab);
    small.give_compute(kLab, 2, 182648, 1.0);  // half of the need
    small.world->ai_revenue_usd = 2e9;
    const double growth = small.serve();
    CHECK(small.firm(kLab).share_ppb[kEnterprise] == 600000000);
    CHECK(small.world->segments[kEnterprise].mean_price_usd_task == Approx(3.4));
    CHECK(small.firm(kLab).served_frac[kEnterprise] == Approx(0.5).epsilon(1e-5));
    CHECK(small.firm(kLab).served_frac[kConsumer] == 1.0);  // nobody asked
    CHECK(received(*small.ledger, kLab, Kind::ai_revenue).value == Approx(3.4 * 0.6e9 * 0.5).epsilon(1e-5));
    // beside the lab's 1.02 G$ the outside alternative takes 3.4 $ x 0.4 G, which need 243,531 H100e of the next quarter's spot market
    CHECK(small.world->ai_revenue_usd == Approx(1.02e9 + 1.36e9).epsilon(1e-5));
    CHECK(small.world->outside_need_h100e == Approx(0.4e9 / (2190 * 0.75)));
    CHECK(growth == Approx(std::log(2.38 / 2.0)).epsilon(1e-5));
    CHECK(small.compute_balances());
}

TEST_CASE("A setting of stage B holds in the same quarter", "[engine][product_phase]") {
    Small small;
    small.one_seller(kLab);
    small.give_compute(kLab, 2, 182648, 1.0);  // half of the need, of which a tenth trains first
    small.set(kLab, FirmSetting::train, 0.1);
    small.set(kLab, FirmSetting::serve_training_first, 1.0);
    small.serve();
    CHECK(small.firm(kLab).training_h100e == 18264);
    CHECK(small.firm(kLab).served_frac[kEnterprise] == Approx(0.45).epsilon(1e-4));
}

TEST_CASE("A price counts within bounds around the last mean price, and makes customers use less above it", "[engine][product_phase]") {
    Small small;
    small.one_seller(kLab);
    small.give_compute(kLab, 2, 1000000, 1.0);
    SECTION("twice the price: the mean rises to 3.4 x 2^0.6, use falls with the power 1.5 of the distance") {
        small.set(kLab, FirmSetting::price_enterprise, 6.8);
        small.serve();
        const double mean = 3.4 * std::pow(2.0, 0.6), tasks = 0.6e9 * std::pow(6.8 / mean, -1.5);
        CHECK(small.world->segments[kEnterprise].mean_price_usd_task == Approx(mean));
        CHECK(received(*small.ledger, kLab, Kind::ai_revenue).value == Approx(6.8 * tasks));
    }
    SECTION("a price out of bounds or none at all leaves the last one") {
        for (double price : {34.1, 0.33, 0.0, -1.0, std::numeric_limits<double>::quiet_NaN(), std::numeric_limits<double>::infinity()}) {
            small.set(kLab, FirmSetting::price_enterprise, price);
            small.serve();
            CHECK(small.firm(kLab).price_usd_task[kEnterprise] == 3.4);
        }
    }
    SECTION("a neocloud cannot post one") {
        small.set(kCloud, FirmSetting::price_consumer, 3.4);
        small.serve();
        CHECK(small.firm(kCloud).price_usd_task[kConsumer] == 0.0);
    }
}

TEST_CASE("A seller that posts its first price wins the floor of the movers", "[engine][product_phase]") {
    Small small;
    small.one_seller(kLab);
    small.scenario->parameters.mover_frac[kEnterprise] = 0.25;
    small.set(kOwner, FirmSetting::price_enterprise, 3.4);
    small.serve();
    CHECK(small.firm(kOwner).share_ppb[kEnterprise] == Approx(0.25 * 0.001 / 1.001 * 1e9).margin(1.0));
    const double preference = small.firm(kOwner).preference[kEnterprise];
    small.serve();
    CHECK(small.firm(kOwner).preference[kEnterprise] == preference);
    CHECK(check_shares(*small.scenario, *small.world).identity == 0);
}

TEST_CASE("Compute in the core brings core revenue, rivals ahead cost it growth", "[engine][core]") {
    Small small;
    FirmFacts& facts = small.scenario->firms[kOwner];
    facts.core_saturation_h100e = 1000.0;
    facts.core_uplift_frac = 0.2;
    facts.core_threat_frac_per_oom = 0.01;
    Firm& firm = small.firm(kOwner);
    firm.core_revenue_usd_q = 1e9;
    firm.core_use_frac = 0.5;
    small.give_compute(kOwner, 2, 2000, 1.0);  // half of it is Z0: 1 - 1/e of 20% of 1 G$
    small.serve();
    CHECK(received(*small.ledger, kOwner, Kind::core_receipt).value == Approx(0.2e9 * (1.0 - std::exp(-1.0))));

    small.firm(kLab).share_ppb[kConsumer] = 300000000;
    firm.share_ppb[kConsumer] = 200000000;
    small.world->frontier_oom[0] = 0.5;  // half a power of ten ahead, with 30% of the consumers
    CHECK(core_threat_of(*small.scenario, *small.world, kOwner) == Approx(0.01 * 0.5 * 0.3));
    firm.capability_oom = 0.7;
    CHECK(core_threat_of(*small.scenario, *small.world, kOwner) == 0.0);
}

TEST_CASE("A model is released a quarter after it is trained, and open weights are a floor", "[engine][training_phase]") {
    Small small;
    const Parameters& p = small.scenario->parameters;
    World& world = *small.world;
    Firm &lab = small.firm(kLab), &cloud = small.firm(kCloud);
    const double before[] = {0.0, -0.25, -0.5, -0.75, -1.0};
    std::copy(std::begin(before), std::end(before), world.frontier_oom);
    cloud.capability_oom = -1.25;
    cloud.next_capability_oom = -6.0;
    lab.effective_compute_h100e_q = p.effective_compute_scale_h100e_q;  // 2.5 M
    lab.next_capability_oom = 0.2;                                      // trained last quarter
    lab.training_h100e = 1000000;
    small.order(kLab).hire_talent = Usd{kBillion};
    world.training_efficiency = 2.0;
    double released[kMaxFirms];
    train_models(*small.scenario, world, small.orders.data(), *small.ledger, released);
    CHECK(lab.capability_oom == 0.2);
    CHECK(released[kLab] == Approx(0.2));
    CHECK(lab.effective_compute_h100e_q == Approx(0.93 * 2.5e6 + 2e6));
    CHECK(lab.next_capability_oom == Approx(std::log10((0.93 * 2.5e6 + 2e6) / 2.5e6)));
    CHECK(lab.know_how == Approx(0.05 * std::log(2.0) + 0.02 * std::log(2.0)));
    CHECK(paid(*small.ledger, kLab, Kind::talent) == Usd{kBillion});
    CHECK(cloud.capability_oom == -1.0);  // the frontier of four quarters ago
    CHECK(released[kCloud] == 0.0);
    CHECK(world.frontier_oom[0] == 0.2);
    CHECK(world.frontier_oom[1] == 0.0);
    CHECK(world.frontier_oom[4] == -0.75);

    // the lab has no cash left for talent; what it learnt spills over to the others
    train_models(*small.scenario, world, small.orders.data(), *small.ledger, released);
    CHECK(paid(*small.ledger, kLab, Kind::talent) == Usd{kBillion});
    CHECK(cloud.know_how == Approx(0.08 * 0.07 * std::log(2.0)));
    CHECK(lab.capability_oom == Approx(std::log10((0.93 * 2.5e6 + 2e6) / 2.5e6)));
}

TEST_CASE("The mood follows growth against its trend, and a release is news for a few quarters", "[engine][sentiment]") {
    Small small;
    World& world = *small.world;
    world.sentiment = 0.2;
    world.expected_growth_frac = 0.18;
    Chance chance{};
    chance.quarter[world.t].sentiment = 1.0;
    SECTION("without uncertainty the draw does not count") {
        update_sentiment(*small.scenario, world, chance, 0.10);
        CHECK(world.sentiment == Approx(0.85 * 0.2 + 0.5 * (0.10 - 0.18)));
        CHECK(world.expected_growth_frac == Approx(0.18 + 0.25 * (0.10 - 0.18)));
    }
    SECTION("with it, it does") {
        small.scenario->rules.has_uncertainty = 1;
        update_sentiment(*small.scenario, world, chance, 0.18);
        CHECK(world.sentiment == Approx(0.85 * 0.2 + 0.05));
    }
    SECTION("a rise of 0.25 is half the largest news: 1.5%, then half of it") {
        double released[kMaxFirms] = {0.25};
        for (int f = 0; f < 3; ++f) small.firm(f).news_factor = 1.0;
        spread_news(*small.scenario, world, live_contracts(world), released);
        CHECK(small.firm(kLab).news_factor == Approx(1.015));
        CHECK(small.firm(kOwner).news_factor == 1.0);
        released[kLab] = 0.0;
        spread_news(*small.scenario, world, live_contracts(world), released);
        CHECK(small.firm(kLab).news_factor == Approx(1.0075));
    }
}

---@meta rackrace

-- Editor definitions of what a strategy of rackrace can use. Printed by `rackrace api --format meta`: change the program's tables, not this file.
-- luacheck: ignore

---@class race.ProductId: userdata # opaque: compare with ==, give to verbs and helpers
---@class race.RegionId: userdata # opaque: compare with ==, give to verbs and helpers
---@class race.FirmId: userdata # opaque: compare with ==, give to verbs and helpers
---@class race.ContractId: userdata # opaque: compare with ==, give to verbs and helpers
---@class race.LoanId: userdata # opaque: compare with ==, give to verbs and helpers
---@class race.ProjectId: userdata # opaque: compare with ==, give to verbs and helpers
---@class race.AgreementId: userdata # opaque: compare with ==, give to verbs and helpers
---@class race.OrderId: userdata # opaque: compare with ==, give to verbs and helpers

---@alias race.Reference race.ProductId|race.RegionId|race.FirmId|race.ContractId|race.LoanId|race.ProjectId|race.AgreementId|race.OrderId|string|number|nil # what the order was about
---@alias race.Role "hyperscaler"|"neocloud"|"lab"|"supplier" # role of a firm
---@alias race.LoanKind "revolver"|"bond"|"convertible"|"contract_backed"|"project"|"vendor" # kind of a loan
---@alias race.NewsKind "default"|"acquired"|"liquidated"|"reorganised"|"loans_called"|"breach"|"plateau"|"efficiency"|"rate"|"credit"|"export"|"supply"|"delay"|"power"|"repudiate"|"launch"|"release"|"round"|"contract" # kind of an item of news
---@alias race.VerbName "offer_contract"|"bid_contract"|"set_oversell"|"renegotiate"|"break_contract"|"borrow"|"raise_equity"|"repay"|"set_payout"|"buy_back"|"bid_power"|"withdraw_power"|"order_onsite"|"sell_onsite"|"build_site"|"slow_site"|"abandon_site"|"lease_site"|"exit_lease"|"order_captive"|"fund_design"|"hire_talent"|"bid_firm"|"list_price"|"order_wafers"|"weigh_buyer"|"cap_buyer"|"offer_supply"|"finance_buyer"|"bid_chips"|"accept_supply"|"cancel_chips"|"sell_chips"|"buy_used_chips"|"retire_chips"|"offer_spot"|"bid_spot"|"favour_contract"|"train"|"serve_first"|"set_price"|"set_priority"|"use_in_core" # name of a verb
---@alias race.TypeName "nil"|"number"|"string"|"boolean"|"table"|"function"|"id" # what type(x) gives
---@alias race.ResultCode
---| "" # accepted, or filled in full
---| "R01" # insufficient_cash: asked and available money, after earlier orders of the quarter
---| "R02" # over_credit_limit: asked money and the limit
---| "R03" # covenant: headroom that would be left, and the least allowed
---| "R04" # below_minimum: asked and the smallest lot
---| "R05" # over_capacity: asked and what there is
---| "R06" # unknown_reference: the contract, loan, site, product or firm is not there, is over, or is not this firm's
---| "R07" # not_released: the quarter now and the first quarter in which it sells; after the last one, that one
---| "R08" # captive: an in-house line goes to its owners by order_captive, and nothing else does
---| "R09" # power_short: asked kW and the largest share of the lot
---| "R10" # price_out_of_band: the price and the end of the band that it is beyond
---| "R11" # duplicate: a second order where one a stage is taken
---| "R12" # too_many: the number asked for and the slots there are
---| "R13" # out_of_bounds: the value and the bound that it is beyond; a setting keeps its value
---| "R14" # closed_to_role: the verb, or what it names, is not for this role, or not for any by the rules of the scenario
---| "R15" # too_soon: quarters since the last one and the least between two
---| "R16" # counterparty: the other side's standing and the least allowed
---| "R17" # use_of_proceeds: cash after the issue and the most allowed
---| "F01" # unfilled: asked, nothing got; the clearing price
---| "F02" # partial: asked and got; the clearing price
---@alias race.Params table<string, any> # p: the values of the declared params, read only
---@alias race.Memory table<string, any> # mem: the declared memory

---obs
---@class race.Obs
---@field time race.Time # at the call: where the run stands
---@field market race.Market # last quarter: public figures
---@field news race.News[] # last quarter: what became public of the last quarter, in the order of its kinds; of more than 16 items the first, and of contracts the largest
---@field me race.Me # at the call: this firm
---@field rivals race.Rival[] # last quarter: the other firms, in id order, as published at the last close
---@field loans race.Loan[] # at the call: debt, by slot
---@field results race.Result[] # last quarter: own actions resolved since the callback before, the oldest first

---obs of hyperscaler, neocloud, lab
---@class race.owner.Obs
---@field contracts race.Contract[] # at the call: capacity contracts on either side, in order of signing; if over 64 the largest
---@field projects race.Project[] # at the call: sites in building that were started in the game, by slot
---@field supply race.Supply[] # at stage B: supply agreements offered to this firm and not taken, by slot

---obs of a hyperscaler
---@class race.hyperscaler.Obs: race.Obs, race.owner.Obs
---@field me race.hyperscaler.Me # at the call: this firm

---obs of a neocloud
---@class race.neocloud.Obs: race.Obs, race.owner.Obs
---@field me race.neocloud.Me # at the call: this firm

---obs of a lab
---@class race.lab.Obs: race.Obs, race.owner.Obs
---@field me race.lab.Me # at the call: this firm

---obs of a supplier
---@class race.supplier.Obs: race.Obs
---@field me race.supplier.Me # at the call: this firm
---@field orders race.Order[] # at the call: own chips awarded and not delivered, by product, buyer and quarter; if over 64 the largest

---obs.time
---@class race.Time
---@field t integer # quarters, at the call: quarters since the run's start, from 0: world.t - start_t
---@field year integer # at the call: calendar year: 2024 + floor(world.t/4)
---@field quarter integer # at the call: of the year, 1 to 4: 1 + world.t mod 4
---@field left_q integer # quarters, at the call: quarters left to play, this one included: end_t - world.t + 1

---obs.market
---@class race.Market
---@field spot_t_usd_h number # $/h, last quarter: an hour of H100e of training: last clearing price of spot T
---@field spot_i_usd_h number # $/h, last quarter: an hour of H100e of inference: last clearing price of spot I
---@field contract_usd_h number # $/h, last quarter: sum of prices/number of contracts of the last quarter that signed 3 or more (single prices are private); at the start of those in the books; the EWMA of spot T where there was none
---@field spot_vol_frac number # share, last quarter: standard deviation of the 8 last quarterly log changes of spot I: sqrt(mean(x^2) - mean(x)^2)
---@field supply_mh number # Mh, last quarter: pools of all firms + outside supply at the last price (its inference/kappa of the fleet), x HQ/1e6
---@field demand_mh number # Mh, last quarter: of all firms customers' need/kappa + train x own class T + coreUse x own compute, + due to outside contracts + outside demand at the last price and need of the outside alternative (inference/kappa of the fleet), x HQ/1e6
---@field unmet_mh number # Mh, last quarter: sum over firms of customers' need x (1 - served)/kappa + shortfall of outside contracts, x HQ/1e6
---@field util_frac number # share, last quarter: 1 - idle/pools, both summed over all firms; 0 without pools
---@field demand_growth_frac number # share, last quarter: (ln demand - ln demand 4 quarters before)/4; before the run demand grew at the opening gexp
---@field task_h100e_h number # H100e-h, at the call: hours of inference that one task-unit of the frontier needs now: 1/(EI x umax); a firm behind it needs e^(chi (A - Atop)) of them
---@field price_usd_task number[] # $/task, last quarter: by segment, 1 enterprise, 2 consumer: pbar, e^(sum of share x ln price) over sellers and the outside alternative; bounds set_price
---@field power_usd_mwh number # $/MWh, last quarter: mean of the regions' energy prices weighted by connected kW
---@field policy_apr number # per year, at the call: r_short: r + reversion (r_long - r) a quarter, and shocks
---@field spread_frac number # share, last quarter: a year: mean over the firms of their unsecured spread e^(c Sig) (base + premium x LGD x PD), PD of the last close (5.11)
---@field hist race.Hist # last quarter: the last 8 quarters, 1 = latest
---@field fc race.Fc # ahead: the engine's forecasts, by quarter ahead
---@field products race.Product[] # at the call: all products of the scenario, in id order
---@field regions race.Region[] # at the call: all regions, in id order
---@field newest_i integer # index, at the call: place in products of the newest on open sale: the highest generation, then perf_t_chip, then first quarter of sale; 0 if none sells
---@field cheapest_region race.RegionId # region id, at the call: lowest power_usd_mwh + adder_usd_kw_q/(HQ/1000) among regions with free power, else among all

---obs.market.hist
---@class race.Hist
---@field spot_t_usd_h number[] # $/h, last quarter: clearing price of training hours, 1 = latest; before the run as the opening one
---@field spot_i_usd_h number[] # $/h, last quarter: clearing price of inference hours, 1 = latest; before the run the opening one x e^(-m k), m the opening log change
---@field util_frac number[] # share, last quarter: util_frac of the market, 1 = latest; before the run as the opening one

---obs.market.fc
---@class race.Fc
---@field spot_t_usd_h number[] # $/h, ahead: by quarter ahead k: last value x e^(m (1 + 1/2 + ... + 1/2^(k-1))), m = mean log change of the last 4 quarters
---@field spot_i_usd_h number[] # $/h, ahead: by quarter ahead, by the rule of spot_t_usd_h: last x e^(m (2 - 2^(1-k)))
---@field demand_mh number[] # Mh, ahead: demand_mh by quarter ahead, by the rule of spot_t_usd_h: last x e^(m (2 - 2^(1-k)))

---obs.market.products[i]
---@class race.Product
---@field id race.ProductId # product id, fixed: the product: its place among the products, which are sorted by id
---@field vendor race.FirmId # firm id, fixed: the supplier that sells it new
---@field gen integer # index, fixed: chip generation, 0 to 5; a contract of one is served by it or a newer one
---@field captive boolean # flag, fixed: sold to its owners only: order_captive, not bid_chips
---@field released boolean # flag, at the call: its first quarter of sale has come: first_t <= world.t; stays true after the last
---@field lead_q integer # quarters, fixed: from order to delivery: chip_sale_lag_q; of a captive product wafer_lead_q; 0 where only used ones trade
---@field list_usd_chip number # $/chip, last quarter: list price of the supplier's part: that of the launch, moved by its sales and its successor (5.3)
---@field system_usd_chip number # $/chip, fixed: board, rack and network: what the buyer pays for a chip at shipment, beside its price
---@field cleared_usd_chip number # $/chip, last quarter: mean price paid in the last sale: payments/chips; the reserve list x multiplier if nothing sold
---@field resale_usd_chip number # $/chip, last quarter: market value of a used chip: clearing price of used chips, dealer_bid_ratio x F_p if none was offered, at least scrap (5.12)
---@field kw_chip number # kW/chip, fixed: IT kW of one chip at full load with its part of the rack
---@field perf_t_chip number # H100e/chip, fixed: training work of one chip: perfT, H100 = 1
---@field perf_i_chip number # H100e/chip, fixed: inference work of one chip: perfI, H100 = 1
---@field scarcity_frac number # share, last quarter: 1 - filled/asked of the last sale, 0 if nothing was asked

---obs.market.regions[i]
---@class race.Region
---@field id race.RegionId # region id, fixed: the region: its place among the regions, which are sorted by id
---@field onsite_ok boolean # flag, fixed: on-site plant may be built: btmAllowed
---@field pue_ratio number # ratio, fixed: kW at the meter for one IT kW
---@field power_usd_mwh number # $/MWh, last quarter: energy price of the last settlement, without adder: e0(t) (1 + externality x (used/connected kW)^exponent), 5.4
---@field adder_usd_kw_q number # $/kW-quarter, last quarter: adder of the last lot: highest rejected bid, 0 if none; a lot cleared in stage A shows at stage B
---@field free_grid_mw number # grid MW, at the call: connected and held by nobody: free kW/1000
---@field queue_q number # quarters, at the call: expected wait: Lw under AUCTION; else ceil(kW waiting of all firms/dG), at least Lmin; dG by the table's path

---obs.news[i]
---@class race.News
---@field kind race.NewsKind # news kind, last quarter: default: entered chapter 11; acquired, liquidated, reorganised: how that ended; breach: broke a covenant; loans_called: by its lenders; plateau, efficiency, rate, credit, export, supply, delay, power, repudiate: a shock began, or one that a firm owned became everybody's; launch: a product went on sale; release: a better model; round: venture money; contract: capacity was signed
---@field firm race.FirmId # firm id, last quarter: whom it is about: of a launch, an export and a supply shock the vendor, of a contract the seller, of an acquisition the firm bought; the id of no firm where it is about none
---@field size number # last quarter: default, liquidated, reorganised, breach, loans_called: M$ of debt after it; acquired, round: M$ paid; launch: $ a chip; release: rise of released capability, powers of ten; contract: Mh a quarter; a shock: its size as the scenario has it

---obs.me
---@class race.Me
---@field cash_musd number # M$, at the call: cash in hand: cash/1e6
---@field debt_musd number # M$, at the call: principal of all loans/1e6; unpaid bills are not in it
---@field equity_musd number # M$, at the call: book equity: (assets - liabilities)/1e6 = paid in and retained
---@field value_musd number # M$, last quarter: E/1e6: what the market gives for all shares (5.15)
---@field issue_value_musd number # M$, at the call: what new shares, or a lab's round, are sold on: the lesser of E (a lab: 14 x 4 x AI revenue of last quarter e^(1.2 Sig)) and the largest of TVE of the last close, book equity of now and a tenth of E, /1e6; a quarter brings at most a tenth of it, a round 15 % (5.11)
---@field ebitda_musd number # M$, last quarter: a quarter: flows of classes core and ai/1e6
---@field interest_musd number # M$, last quarter: a quarter: interest and fees paid/1e6
---@field capex_musd number # M$, last quarter: a quarter: cash into chips, systems, sites, plant and deposits on them, less sales of them/1e6
---@field burn_musd number # M$, last quarter: a quarter: max(0, cash paid - cash received, before financing)/1e6
---@field headroom_frac number # share, at the call: smallest headroom_frac of my loans; 1 without a covenant that is tested yet, below 0 is breach
---@field collateral_musd number # M$, at the call: max(0, chips x resale_usd_chip + 0.6 x book of owned sites - principal of secured loans)/1e6
---@field credit_limit_musd number # M$, at the call: the largest bond whose quote after issue is at most 18 %, inside Lmax (a lab that earns nothing: runway PD at most 12 %) and use of proceeds, by EBITDA_fwd of the last close and cash and debt of now, were nobody else to ask; for a neocloud the borrowing base less contract-backed debt, drawn and signed, if larger (5.11)/1e6
---@field id race.FirmId # firm id, fixed: this firm: its place among the firms, which are sorted by id
---@field rating integer # rating, last quarter: 1 best to 10: band of PD (5.11)

---obs.me of hyperscaler, neocloud, lab
---@class race.owner.Me
---@field capacity_mh number # Mh, at the call: own compute this quarter: sum over generations of floor(sum of chips x perf_t_chip x uptime), x HQ/1e6
---@field contracted_mh number # Mh, at the call: sold forward: what my contracts owe in the quarter in which a chip ordered now arrives, ramps included, x HQ/1e6
---@field rented_mh number # Mh, at the call: rented in: what contracts owe me this quarter, x HQ/1e6
---@field used_mh number # Mh, last quarter: delivered to contracts, sold spot or used for training, inference and core, x HQ/1e6
---@field arriving_mh number # Mh, ahead: chips ordered that arrive within the lead time of a new order x perf_t_chip x uptime x HQ/1e6
---@field unit_cost_usd_h number # $/h, at the call: cash_cost_usd_h + straight-line depreciation of chips, sites and plant of a quarter/(capacity x HQ); 0 without capacity
---@field cash_cost_usd_h number # $/h, at the call: (energy at full load with its minimum take + adders + rent + upkeep of a quarter)/(capacity x HQ); 0 without capacity
---@field power_mw number # MW, at the call: IT load that can run: sum over regions of min(shell + leased, floor((grid + on-site)/PUE))/1000
---@field power_free_mw number # MW, at the call: max(0, power_mw - kW of installed chips/1000), switched-off ones included
---@field power_coming_mw number[] # MW, ahead: by quarter ahead, 1 = the next: rise of power_mw in it from kW won, plant, leases, sites in building and the opening schedule; below 0 where a lease ends
---@field fleet race.Fleet[] # at the call: products of which the firm has or has ordered chips, in id order
---@field sites race.Site[] # at the call: by region, in the order of market.regions

---obs.me of hyperscaler, lab
---@class race.seller.Me
---@field demand_mh number # Mh, at the call: own customers and models: sum over segments of need/kappa + train x own class T compute (contracts bought and sold counted); need = Q share min(1, (p/pbar)^e) e^(chi (A - Atop))/(EI HQ umax), Q of last quarter, x HQ/1e6; kappa: perfI/perfT of own chips, without any of what it rents, else of the fleet
---@field train_mh number # Mh, last quarter: H_train x HQ/1e6
---@field capability number # powers of ten, at the call: A, released: powers of ten of effective compute, 0 = frontier at 2026Q1 (5.10)
---@field share_frac number[] # share, last quarter: by segment, 1 enterprise, 2 consumer: share of its customers (5.9)
---@field served_frac number[] # share, last quarter: by segment: served over asked task-units, split by set_priority; 1 without need
---@field price_usd_task number[] # $/task, last quarter: by segment: own price, as last set

---obs.me of a hyperscaler
---@class race.hyperscaler.Me: race.Me, race.owner.Me, race.seller.Me
---@field core_mh number # Mh, last quarter: compute used inside the core business: Z/kappa, x HQ/1e6

---obs.me of a neocloud
---@class race.neocloud.Me: race.Me, race.owner.Me
---@field takeorpay_musd number # M$, at the call: take-or-pay money still to come: sum over contracts sold and quarters left, this one included, of price x HQ x tau x owed H100e, /1e6
---@field backlog_q number # quarters, at the call: mean of the quarters left of contracts sold, weighted by that money, rounded
---@field top_client_frac number # share, at the call: largest buyer's part of contracted revenue this quarter, price x owed H100e; the outside counts as one; 0 without

---obs.me of a lab
---@class race.lab.Me: race.Me, race.owner.Me, race.seller.Me

---obs.me of a supplier
---@class race.supplier.Me: race.Me
---@field receivables_musd number # M$, at the call: bills that buyers have not paid/1e6
---@field lines race.Line[] # at the call: own products that sell or can sell when wafers ordered now come out: first_t <= t + wafer_lead_q, t <= last_t; in id order
---@field wafers_allotted integer[] # wafers, ahead: by quarter ahead, 1 = the next: packaging wafers allotted for output in it (5.2)

---obs.me.fleet[i] of hyperscaler, neocloud, lab
---@class race.Fleet
---@field product race.ProductId # product id, at the call: the product, as in market.products
---@field gen integer # index, fixed: its generation
---@field chips integer # chips, at the call: installed, switched-off ones included
---@field waiting_chips integer # chips, at the call: in the warehouse, without powered shell
---@field ordered_chips integer # chips, at the call: awarded and not shipped: orders of the next quarters summed
---@field age_q integer # quarters, last quarter: mean age by the books: accumulated depreciation/cost x chip life, rounded; 0 without cost
---@field mh number # Mh, at the call: chips x perf_t_chip x uptime of the role x HQ/1e6, 0 if switched off
---@field book_musd number # M$, at the call: (cost - accumulated depreciation)/1e6, in service and waiting
---@field resale_musd number # M$, at the call: (chips + waiting_chips) x resale_usd_chip/1e6

---obs.me.sites[i] of hyperscaler, neocloud, lab
---@class race.Site
---@field shell_mw number # MW, at the call: owned shells: IT kW/1000
---@field leased_mw number # MW, at the call: leased powered shells that have begun: IT kW/1000
---@field lease_coming_mw number # MW, at the call: leases signed that begin in 1 to 3 quarters: IT kW/1000
---@field grid_mw number # grid MW, at the call: energised grid power at the meter: kW/1000
---@field onsite_grid_mw number # grid MW, at the call: on-site plant that runs, at the meter: kW/1000
---@field queued_grid_mw number # grid MW, at the call: grid power awarded or queued and not yet connected, the opening schedule's included: kW/1000

---obs.me.lines[i] of supplier
---@class race.Line
---@field product race.ProductId # product id, at the call: the product, as in market.products
---@field available_chips integer # chips, last quarter: on sale in the last sale
---@field ordered_chips integer # chips, last quarter: asked for at or above the reserve in the last sale
---@field backlog_chips integer # chips, at the call: awarded and not shipped: orders of all firms for the next quarters summed
---@field wafer_lead_q integer # quarters, fixed: from order_wafers to chips: wafer_lead_q of 5.2
---@field wafer_run_rate integer # wafers, at the call: a quarter: wafers of the product in the latest quarter of output already allotted
---@field price_usd_chip number # $/chip, at the call: list x multiplier: the reserve of an auction, the posted price else
---@field unit_cost_usd_chip number # $/chip, fixed: c_p: paid to the foundry for a chip, wafer included
---@field yield_frac number # share, at the call: packages that work: y1 - (y1 - y0) e^(-age/learning), age since first output

---obs.rivals[i]
---@class race.Rival
---@field id race.FirmId # firm id, fixed: the firm
---@field role race.Role # role, fixed: hyperscaler, neocloud, lab or supplier
---@field rating integer # rating, last quarter: 1 best to 10: band of PD (5.11)
---@field distressed boolean # flag, last quarter: its status at the last close is not healthy
---@field cash_musd number # M$, last quarter: published cash of the last close, whole M$
---@field debt_musd number # M$, last quarter: published principal of all loans at the last close, whole M$
---@field capacity_mh number # Mh, last quarter: sum of its pools of last quarter x HQ/1e6
---@field share_frac number # share, last quarter: its AI revenue/AI spending of the whole market, the outside alternative included
---@field capex_musd number # M$, last quarter: a quarter: as me.capex_musd

---obs.contracts[i] of hyperscaler, neocloud, lab
---@class race.Contract
---@field id race.ContractId # contract id, fixed: the contract: its number in order of signing
---@field with race.FirmId # firm id, fixed: the other side; an outside buyer has the id of no firm
---@field selling boolean # flag, fixed: true: I deliver, false: I rent
---@field gen integer # index, fixed: served by this chip generation or a newer one
---@field mh number # Mh, at the call: a quarter after the ramp: quantity x HQ/1e6
---@field usd_h number # $/h, at the call: price of an hour of H100e of training
---@field left_q number # quarters, at the call: quarters to its end, this one included: end_t - t + 1
---@field takeorpay_frac number # share, fixed: tau: part of what is delivered that is paid whether used or not
---@field break_musd number # M$, at the call: the buyer's fee for ending it now: enf xT tau price quantity HQ x annuity of left_q at the present-value rate, /1e6 (5.7)

---obs.projects[i] of hyperscaler, neocloud, lab
---@class race.Project
---@field id race.ProjectId # project id, fixed: the site in building: its slot
---@field region race.RegionId # region id, fixed: where
---@field mw number # MW, fixed: IT kW/1000
---@field left_q number # quarters, at the call: to completion, if it does not slip
---@field spent_musd number # M$, at the call: instalments paid/1e6

---obs.loans[i]
---@class race.Loan
---@field id race.LoanId # loan id, fixed: the loan: its slot
---@field kind race.LoanKind # kind, fixed: revolver, bond, convertible, contract_backed, project or vendor
---@field musd number # M$, at the call: principal/1e6
---@field apr number # per year, at the call: fixed rate, of a floating loan r_short + spread; 2 points more for a loan with covenants while one is broken
---@field left_q number # quarters, at the call: quarters to maturity; 0 for a revolver, which has none
---@field headroom_frac number # share, at the call: from the fifth quarter of a bond or a secured loan on the smallest of cash/minCash - 1, for a neocloud 1 - L/7 (from the ninth quarter on 1 - L/6), for a contract-backed loan DSCR/1.2 - 1; 1 before and for other loans. minCash: half of last quarter's cash costs; L of the last close; DSCR: 0.6 x take-or-pay received last quarter over interest and amortisation of the next settlement on contract-backed loans

---obs.supply[i] of hyperscaler, neocloud, lab
---@class race.Supply
---@field id race.AgreementId # agreement id, at stage B: the agreement offered: its slot
---@field from race.FirmId # firm id, at stage B: the supplier
---@field product race.ProductId # product id, at stage B: what it delivers; for its newest line the newest on sale now
---@field tenor_q integer # quarters, at stage B: quarters of delivery: last_t - first_t + 1
---@field chips number # chips, at stage B: offered a quarter
---@field discount_frac number # share, at stage B: off list: price = list (1 - discount)

---obs.orders[i] of supplier
---@class race.Order
---@field id race.OrderId # order id, at the call: the order: one a product, buyer and quarter of delivery
---@field to race.FirmId # firm id, at the call: the buyer
---@field product race.ProductId # product id, at the call: the product
---@field deliver_q integer # quarters, ahead: quarters to its delivery, if output is not late
---@field chips number # chips, at the call: awarded and not shipped

---obs.results[i]
---@class race.Result
---@field asked number # last quarter: in the unit of the verb's quantity
---@field got number # last quarter: of it; 0 where the call was refused
---@field price number # last quarter: clearing price in the unit of the verb's price, of an offer of training hours what an hour brought in the mean; where the call was refused, the number that it broke
---@field ref race.Reference # id, last quarter: what the order was about: the verb's first id, text or segment; nil for verbs without any
---@field verb race.VerbName # kind, last quarter: name of the verb
---@field code race.ResultCode # kind, last quarter: "" for filled in full, else R01 to R17, F01, F02

---info
---@class race.Info
---@field id race.FirmId # firm id, fixed: this firm
---@field role race.Role # role, fixed: hyperscaler, neocloud, lab or supplier
---@field horizon_q number # quarters, fixed: quarters of the run
---@field products race.ProductId[] # product id, fixed: all products, in id order
---@field regions race.RegionId[] # region id, fixed: all regions, in id order

---@class race.OfferContract
---@field mh number # Mh, at least 0: a quarter
---@field min_usd_h number # $/h, 0.05 to 50: ask; competing requests raise it
---@field tenor_q number # quarters, 1 to 40: longest term
---@field min_tenor_q? number # quarters, 1 to 40: shortest term
---@field gen? integer # index, 0 to 5: chip generation; left out: the newest that the firm has or has on order
---@field takeorpay_frac? number # share, 0 to 1: paid whether used or not: least accepted, and what the contract carries
---@field prepay_frac? number # share, 0 to 1: of the value, paid at signing: least accepted, and what the contract carries
---@field max_share_frac? number # share, 0 to 1: of the offer, that one buyer may take

---@class race.BidContract
---@field mh number # Mh, at least 0: a quarter
---@field max_usd_h number # $/h, 0.05 to 50: cap
---@field tenor_q number # quarters, 1 to 40: term
---@field gen? integer # index, 0 to 5: chip generation; left out: the newest that anybody offers
---@field start_in_q? number # quarters, 1 to 40: quarters to the first delivery
---@field takeorpay_frac? number # share, 0 to 1: most that is paid whether used or not
---@field prepay_frac? number # share, 0 to 1: of the value, most that is paid at signing

---@class race.SetOversell
---@field ratio number # ratio, 0.5 to 1.5: kept until set again

---@class race.Renegotiate
---@field contract race.ContractId # contract id: of obs.contracts, bought

---@class race.BreakContract
---@field contract race.ContractId # contract id: of obs.contracts, bought

---@class race.Borrow
---@field kind "bond"|"convert"|"contract_backed"|"project" # kind: a convert is closed to hyperscalers; contract_backed and project money is drawn later, by chips and sites
---@field musd number # M$, at least 0: amount
---@field max_apr number # per year, 0 to 1: highest rate, policy rate and all
---@field tenor_q number # quarters, 1 to 40: term

---@class race.RaiseEquity
---@field musd number # M$, at least 0: amount
---@field max_dilution_frac number # share, 0 to 1: share of the company given at most: less is raised where the price is lower

---@class race.Repay
---@field loan race.LoanId # loan id: of obs.loans
---@field musd number # M$, at least 0: at most its principal and the cash in hand

---@class race.SetPayout
---@field frac number # share, 0 to 1: kept until set again

---@class race.BuyBack
---@field musd number # M$, at least 0: at most the cash above the least that the firm must hold

---@class race.BidPower
---@field region race.RegionId # region id: where
---@field grid_mw number # grid MW, at least 0: at the meter
---@field max_usd_kw_q number # $/kW-quarter, 0 to 5000: highest adder

---@class race.WithdrawPower
---@field region race.RegionId # region id: where
---@field grid_mw number # grid MW, at least 0: at the meter

---@class race.OrderOnsite
---@field region race.RegionId # region id: where
---@field grid_mw number # grid MW, at least 0: at the meter

---@class race.SellOnsite
---@field region race.RegionId # region id: where
---@field mw number # grid MW, at least 0: at the meter, as onsite_grid_mw

---@class race.BuildSite
---@field region race.RegionId # region id: where
---@field mw number # MW, at least 0: IT load

---@class race.SlowSite
---@field project race.ProjectId # project id: of obs.projects

---@class race.AbandonSite
---@field project race.ProjectId # project id: of obs.projects

---@class race.LeaseSite
---@field region race.RegionId # region id: where
---@field mw number # MW, at least 0: IT load
---@field tenor_q number # quarters, 20 to 60: term

---@class race.ExitLease
---@field region race.RegionId # region id: where
---@field mw number # MW, at least 0: IT load

---@class race.OrderCaptive
---@field product race.ProductId # product id: an own in-house line
---@field chips number # chips, at least 0: 0: none; else at least a lot

---@class race.FundDesign
---@field product race.ProductId # product id: an own in-house line
---@field on boolean # flag: kept until set again

---@class race.HireTalent
---@field musd number # M$, at least 0: at most the cash in hand

---@class race.BidFirm
---@field firm race.FirmId # firm id: in chapter 11
---@field musd number # M$, at least 0: at most cash and undrawn credit

---@class race.ListPrice
---@field product race.ProductId # product id: an own product on open sale
---@field usd_chip number # $/chip, 0.35 to 1.6 x list price: kept as its ratio to list until set again

---@class race.OrderWafers
---@field product race.ProductId # product id: an own product on open sale
---@field wafers number # wafers, at least 0: for output wafer_lead_q quarters ahead

---@class race.WeighBuyer
---@field buyer race.FirmId # firm id: an owner of compute
---@field weight number # share, 0 to 1: kept until set again

---@class race.CapBuyer
---@field frac number # share, 0.1 to 1: kept until set again

---@class race.OfferSupply
---@field buyer race.FirmId # firm id: an owner of compute
---@field product race.ProductId # product id: an own product on open sale
---@field chips number # chips, at least 0: a quarter
---@field tenor_q number # quarters, 1 to 40: quarters of delivery
---@field discount_frac number # share, 0 to 1: off list

---@class race.FinanceBuyer
---@field buyer race.FirmId # firm id: an owner of compute
---@field musd number # M$, at least 0: amount
---@field apr number # per year, 0 to 1: fixed rate
---@field tenor_q number # quarters, 1 to 40: term of what is drawn

---@class race.BidChips
---@field product race.ProductId # product id: a product on open sale
---@field chips number # chips, at least 0: 0: none; else at least a lot
---@field max_usd_chip number # $/chip, 0 to 5 x list price: highest price of the supplier's part

---@class race.AcceptSupply
---@field offer race.AgreementId # agreement id: of obs.supply
---@field chips number # chips, at least 0: a quarter

---@class race.CancelChips
---@field product race.ProductId # product id: on order
---@field chips number # chips, at least 0: at most those on order

---@class race.SellChips
---@field product race.ProductId # product id: held
---@field chips number # chips, at least 0: at most those held
---@field min_usd_chip number # $/chip, at least 0: lowest price

---@class race.BuyUsedChips
---@field product race.ProductId # product id: any product
---@field chips number # chips, at least 0: 0: none
---@field max_usd_chip number # $/chip, at least 0: highest price

---@class race.RetireChips
---@field product race.ProductId # product id: installed
---@field chips number # chips, at least 0: at most those installed

---@class race.OfferSpot
---@field mh number # Mh, at least 0: in hours of its grade
---@field min_usd_h number # $/h, 0 to 50: lowest price of such an hour
---@field grade? "inference"|"training" # kind: of hours

---@class race.BidSpot
---@field mh number # Mh, at least 0: in hours of its grade
---@field max_usd_h number # $/h, 0.02 to 50: highest price of such an hour
---@field grade? "inference"|"training" # kind: of hours

---@class race.FavourContract
---@field contract race.ContractId # contract id: of obs.contracts, sold
---@field on boolean # flag: kept until set again

---@class race.Train
---@field frac number # share, 0 to 1: kept until set again

---@class race.ServeFirst
---@field what "inference"|"training" # kind: kept until set again

---@class race.SetPrice
---@field segment integer # index: 1 enterprise, 2 consumer
---@field usd_task number # $/task, 0.1 to 10 x mean task price: kept until set again

---@class race.SetPriority
---@field frac number # share, 0 to 1: kept until set again

---@class race.UseInCore
---@field frac number # share, 0 to 0.6: kept until set again

---act
---@class race.Act
local act = {}

---Stage A, lever raise. Asks for a loan in the quarter's credit market. What is beyond the firm's room is cut off (R02, R03, R17). Up to 4 a quarter.
---@param order race.Borrow
---@return boolean accepted # answers: R02 R03 R12 R13 R14 R17 F01 F02
function act.borrow(order) end

---Stage A, lever raise. Sells new shares, at most 10 % of the value; of a lab a venture round, which may fail, one in 3 quarters.
---@param order race.RaiseEquity
---@return boolean accepted # answers: R02 R11 R13 R15 R17 F01 F02
function act.raise_equity(order) end

---Stage A, lever repay. Pays back a loan, in part or whole, at par.
---@param order race.Repay
---@return boolean accepted # answers: R01 R05 R06
function act.repay(order) end

---Stage A, lever payout. Pays owners this share of the free cash flow of the last four quarters that is not paid out yet; what loans are due to repay in the next eight stays.
---@param order race.SetPayout
---@return boolean accepted # answers: R11 R13
function act.set_payout(order) end

---Stage A, lever buyBack. Buys own shares above their value, at most 10 % of it, and never more than were issued.
---@param order race.BuyBack
---@return boolean accepted # answers: R01 R03 R11 F01 F02
function act.buy_back(order) end

---Stage A, lever acquire. Bids for a firm in chapter 11: the highest bid takes its chips, sites, power, leases and contracts.
---@param order race.BidFirm
---@return boolean accepted # answers: R01 R06 R11 R12 R14 R16 F01
function act.bid_firm(order) end

---shows a number in the replay under a literal name; false where a quarter has as many as it can
---
---`act.trace("short_mh", short_mh)`
---@param name string
---@param value number
---@return boolean
function act.trace(name, value) end

---puts a flag with a literal name on the timeline; counts as a trace
---
---`act.mark("squeeze")`
---@param name string
---@return boolean
function act.mark(name) end

---units left of the decision's budget, to the last look
---
---`if act.budget() < 20000 then return end`
---@return number
function act.budget() end

---act of supplier
---@class race.supplier.Act: race.Act
local act_supplier = {}

---Stage A, lever priceMult. Sets the price of an own product: the reserve of an auction, the price itself else.
---@param order race.ListPrice
---@return boolean accepted # answers: R06 R08 R11 R13
function act_supplier.list_price(order) end

---Stage A, lever waferReq, mix. Asks for packaging wafers of an own product; what is allotted is taken or paid.
---@param order race.OrderWafers
---@return boolean accepted # answers: R06 R07 R08 R11 F01 F02
function act_supplier.order_wafers(order) end

---Stage A, lever weight. Sets how much a buyer is preferred when chips are short.
---@param order race.WeighBuyer
---@return boolean accepted # answers: R06 R13 R14
function act_supplier.weigh_buyer(order) end

---Stage A, lever buyerCap. Sets the largest share of a sale that one buyer may take.
---@param order race.CapBuyer
---@return boolean accepted # answers: R11 R13
function act_supplier.cap_buyer(order) end

---Stage A, lever lta. Offers a buyer chips every quarter at list less a discount; the buyer takes all or part in stage B.
---@param order race.OfferSupply
---@return boolean accepted # answers: R04 R06 R08 R12 R13 R14
function act_supplier.offer_supply(order) end

---Stage A, lever vendorLine. Grants a buyer credit for own chips, drawn by what it owes for them where it costs no more than the buyer's revolver; a new grant to the same buyer takes the place of the old.
---@param order race.FinanceBuyer
---@return boolean accepted # answers: R06 R12 R13 R14
function act_supplier.finance_buyer(order) end

---act of hyperscaler, neocloud, lab
---@class race.owner.Act
local act_owner = {}

---Stage A, lever offer. Offers capacity for years. What the firm can not serve in every quarter of the term is cut off (R05). Up to 4 a quarter.
---@param order race.OfferContract
---@return boolean accepted # answers: R05 R10 R12 R13 R14 R16 F01 F02
function act_owner.offer_contract(order) end

---Stage A, lever rfq. Asks for capacity for years. Up to 4 a quarter.
---@param order race.BidContract
---@return boolean accepted # answers: R02 R10 R12 R13 R14 R16 F01 F02
function act_owner.bid_contract(order) end

---Stage A, lever oversell. Sets how much of its capacity the firm offers in contracts: above 1 it sells what it does not have.
---@param order race.SetOversell
---@return boolean accepted # answers: R11 R13
function act_owner.set_oversell(order) end

---Stage A, lever renegotiate. Threatens to leave a contract for the market. Believed only where leaving pays; then the price falls by half of the gain, and the buyer's reliability by 0.1: under 0.5 no seller signs with it.
---@param order race.Renegotiate
---@return boolean accepted # answers: R06 R15 F01
function act_owner.renegotiate(order) end

---Stage A, lever terminate. Ends a contract for its fee (break_musd); free after a year in which the seller was short of more than 15 %.
---@param order race.BreakContract
---@return boolean accepted # answers: R06
function act_owner.break_contract(order) end

---Stage A, lever gridReq, gridBid. Bids for grid power of a region's next lot, or asks for it where power is queued. More than half a lot is cut (R09).
---@param order race.BidPower
---@return boolean accepted # answers: R06 R09 R10 R11 F01 F02
function act_owner.bid_power(order) end

---Stage A, lever gridWithdraw. Gives grid power back, connected, won or queued.
---@param order race.WithdrawPower
---@return boolean accepted # answers: R05 R06 R11
function act_owner.withdraw_power(order) end

---Stage A, lever btmReq. Orders on-site plant where a region allows it.
---@param order race.OrderOnsite
---@return boolean accepted # answers: R05 R06 R11 F01 F02
function act_owner.order_onsite(order) end

---Stage A, lever sellOnsite. Sells on-site plant for half of its book value.
---@param order race.SellOnsite
---@return boolean accepted # answers: R05 R06 R11
function act_owner.sell_onsite(order) end

---Stage A, lever build. Starts to build a site; paid in equal instalments.
---@param order race.BuildSite
---@return boolean accepted # answers: R06 R11 R12
function act_owner.build_site(order) end

---Stage A, lever slow. Lets a site in building stand still for a quarter.
---@param order race.SlowSite
---@return boolean accepted # answers: R06
function act_owner.slow_site(order) end

---Stage A, lever abandon. Gives up a site in building for its salvage.
---@param order race.AbandonSite
---@return boolean accepted # answers: R06
function act_owner.abandon_site(order) end

---Stage A, lever lease. Leases powered shell; the rent is owed to the end of the term.
---@param order race.LeaseSite
---@return boolean accepted # answers: R06 R11 R13 F01 F02
function act_owner.lease_site(order) end

---Stage A, lever exitLease. Leaves a lease early for half of its remaining present value.
---@param order race.ExitLease
---@return boolean accepted # answers: R05 R06 R11
function act_owner.exit_lease(order) end

---Stage B, lever order. Asks a supplier for accelerators. Several calls for a product make the steps of one bid; what money does not back is cut.
---@param order race.BidChips
---@return boolean accepted # answers: R04 R06 R07 R08 R10 R12 F01 F02
function act_owner.bid_chips(order) end

---Stage B, lever ltaTake. Takes all or part of a supply agreement offered; its volumes are due for the whole term.
---@param order race.AcceptSupply
---@return boolean accepted # answers: R04 R05 R06 R11
function act_owner.accept_supply(order) end

---Stage B, lever cancel. Cancels open orders: late ones whose deposit comes back, then the latest deliveries, whose deposit is lost.
---@param order race.CancelChips
---@return boolean accepted # answers: R05 R06 R11
function act_owner.cancel_chips(order) end

---Stage B, lever sell. Offers used chips out of the warehouse, those retired this quarter included.
---@param order race.SellChips
---@return boolean accepted # answers: R05 R06 R10 R11 F01 F02
function act_owner.sell_chips(order) end

---Stage B, lever buyUsed. Bids for used chips of firms and the dealer, paid in cash.
---@param order race.BuyUsedChips
---@return boolean accepted # answers: R06 R10 R11 F01 F02
function act_owner.buy_used_chips(order) end

---Stage B, lever retire. Takes chips out of service into the warehouse.
---@param order race.RetireChips
---@return boolean accepted # answers: R05 R06 R11
function act_owner.retire_chips(order) end

---Stage B, lever spotSellT, spotSellI. Offers hours of the quarter that contracts leave. Training hours that find no buyer are offered as inference.
---@param order race.OfferSpot
---@return boolean accepted # answers: R10 R11 F01 F02
function act_owner.offer_spot(order) end

---Stage B, lever spotBuyT, spotBuyI. Bids for hours of the quarter, paid in cash.
---@param order race.BidSpot
---@return boolean accepted # answers: R10 R11 F01 F02
function act_owner.bid_spot(order) end

---Stage B, lever favour. Serves a contract sold before the others when compute is short, or no longer.
---@param order race.FavourContract
---@return boolean accepted # answers: R06
function act_owner.favour_contract(order) end

---act of hyperscaler, lab
---@class race.seller.Act
local act_seller = {}

---Stage A, lever captiveReq. Orders chips of an own in-house line: the vendor's stock first, the rest as wafers.
---@param order race.OrderCaptive
---@return boolean accepted # answers: R04 R06 R07 R08 R11 F01 F02
function act_seller.order_captive(order) end

---Stage A, lever nre. Pays the design cost of an own in-house line, or stops to: then its next chips slip.
---@param order race.FundDesign
---@return boolean accepted # answers: R06 R08 R11
function act_seller.fund_design(order) end

---Stage A, lever talent. Spends on people and data for know-how.
---@param order race.HireTalent
---@return boolean accepted # answers: R01 R11
function act_seller.hire_talent(order) end

---Stage B, lever train. Sets the share of training-grade compute that trains models.
---@param order race.Train
---@return boolean accepted # answers: R11 R13
function act_seller.train(order) end

---Stage B, lever firstServe. Sets whether customers or training draw on compute first.
---@param order race.ServeFirst
---@return boolean accepted # answers: R11
function act_seller.serve_first(order) end

---Stage B, lever price. Sets the price of a task-unit in a segment.
---@param order race.SetPrice
---@return boolean accepted # answers: R06 R11 R13
function act_seller.set_price(order) end

---Stage B, lever segPrio. Sets the part of enterprise when customers cannot all be served.
---@param order race.SetPriority
---@return boolean accepted # answers: R11 R13
function act_seller.set_priority(order) end

---act of hyperscaler
---@class race.hyperscaler.Act: race.Act, race.owner.Act, race.seller.Act
local act_hyperscaler = {}

---Stage B, lever coreUse. Sets the share of own compute that serves the core business.
---@param order race.UseInCore
---@return boolean accepted # answers: R11 R13
function act_hyperscaler.use_in_core(order) end

---act of a neocloud
---@class race.neocloud.Act: race.Act, race.owner.Act

---act of a lab
---@class race.lab.Act: race.Act, race.owner.Act, race.seller.Act

---chance: draws depend on the run's seed, firm, quarter, stage and stream, and on nothing else
---@class race.Rng
local rng = {}

---between the two, all alike
---
---`rng:uniform(-0.1, 0.1)`
---@param low number
---@param high number
---@return number
function rng:uniform(low, high) end

---normal with this mean and standard deviation
---
---`rng:normal(0, 1)`
---@param mean number
---@param sd number
---@return number
function rng:normal(mean, sd) end

---a whole number, both ends included, all alike
---
---`rng:int(1, 6)`
---@param low number
---@param high number
---@return integer
function rng:int(low, high) end

---true with this probability
---
---`rng:chance(0.5)`
---@param probability number
---@return boolean
function rng:chance(probability) end

---a stream of its own: draws of one move no draws of another
---
---`rng:stream("bids"):uniform(0, 1)`
---@param name string
---@return race.Rng
function rng:stream(name) end

---@class race.Parameter
---@class race.Array
---@class race.Declaration

---@class race.ParameterOptions
---@field doc? string # what it means, for listings
---@field unit? string # its unit, for listings

---@class race.NumberOptions: race.ParameterOptions
---@field scale? "linear"|"log" # how a search spreads its values; log needs min above 0
---@field step? number # grid of its values, above 0

---@class race.hyperscaler.Declaration
---@field api string # oldest API version that the script needs: "1.0"
---@field name string # as lists and charts show it
---@field about? string # one sentence for listings
---@field params? table<string, race.Parameter> # what can be set, swept and searched from outside; read as p.<name>
---@field memory? table<string, number|boolean|race.Array> # what lasts from quarter to quarter, with its first values; read and written as mem.<name>
---@field manual? boolean # true: no autopilot; an order left out is no order, a setting left out stays
---@field init? fun(info: race.Info, p: race.Params, mem: race.Memory) # once, before the first decide: sets memory that needs the scenario; no verbs, no draws
---@field decide fun(obs: race.hyperscaler.Obs, act: race.hyperscaler.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage A, after arrivals and installation, before the markets for power and wafers; verbs of stage B called here are standing orders
---@field operate? fun(obs: race.hyperscaler.Obs, act: race.hyperscaler.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage B, after stage A's markets and before those for chips and hours; its orders of a lever replace the standing ones

---@class race.neocloud.Declaration
---@field api string # oldest API version that the script needs: "1.0"
---@field name string # as lists and charts show it
---@field about? string # one sentence for listings
---@field params? table<string, race.Parameter> # what can be set, swept and searched from outside; read as p.<name>
---@field memory? table<string, number|boolean|race.Array> # what lasts from quarter to quarter, with its first values; read and written as mem.<name>
---@field manual? boolean # true: no autopilot; an order left out is no order, a setting left out stays
---@field init? fun(info: race.Info, p: race.Params, mem: race.Memory) # once, before the first decide: sets memory that needs the scenario; no verbs, no draws
---@field decide fun(obs: race.neocloud.Obs, act: race.neocloud.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage A, after arrivals and installation, before the markets for power and wafers; verbs of stage B called here are standing orders
---@field operate? fun(obs: race.neocloud.Obs, act: race.neocloud.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage B, after stage A's markets and before those for chips and hours; its orders of a lever replace the standing ones

---@class race.lab.Declaration
---@field api string # oldest API version that the script needs: "1.0"
---@field name string # as lists and charts show it
---@field about? string # one sentence for listings
---@field params? table<string, race.Parameter> # what can be set, swept and searched from outside; read as p.<name>
---@field memory? table<string, number|boolean|race.Array> # what lasts from quarter to quarter, with its first values; read and written as mem.<name>
---@field manual? boolean # true: no autopilot; an order left out is no order, a setting left out stays
---@field init? fun(info: race.Info, p: race.Params, mem: race.Memory) # once, before the first decide: sets memory that needs the scenario; no verbs, no draws
---@field decide fun(obs: race.lab.Obs, act: race.lab.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage A, after arrivals and installation, before the markets for power and wafers; verbs of stage B called here are standing orders
---@field operate? fun(obs: race.lab.Obs, act: race.lab.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage B, after stage A's markets and before those for chips and hours; its orders of a lever replace the standing ones

---@class race.supplier.Declaration
---@field api string # oldest API version that the script needs: "1.0"
---@field name string # as lists and charts show it
---@field about? string # one sentence for listings
---@field params? table<string, race.Parameter> # what can be set, swept and searched from outside; read as p.<name>
---@field memory? table<string, number|boolean|race.Array> # what lasts from quarter to quarter, with its first values; read and written as mem.<name>
---@field manual? boolean # true: no autopilot; an order left out is no order, a setting left out stays
---@field init? fun(info: race.Info, p: race.Params, mem: race.Memory) # once, before the first decide: sets memory that needs the scenario; no verbs, no draws
---@field decide fun(obs: race.supplier.Obs, act: race.supplier.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage A, after arrivals and installation, before the markets for power and wafers; verbs of stage B called here are standing orders
---@field operate? fun(obs: race.supplier.Obs, act: race.supplier.Act, p: race.Params, mem: race.Memory, rng: race.Rng) # once a quarter at stage B, after stage A's markets and before those for chips and hours; its orders of a lever replace the standing ones

---helpers, and the constructors of a declaration
---@class race
race = {}

---the smaller one
---
---`race.min(2, 3) == 2`
---@param a number
---@param b number
---@return number
function race.min(a, b) end

---the larger one
---
---`race.max(2, 3) == 3`
---@param a number
---@param b number
---@return number
function race.max(a, b) end

---x, at least low and at most high
---
---`race.clamp(1.4, 0, 1) == 1`
---@param x number
---@param low number
---@param high number
---@return number
function race.clamp(x, low, high) end

---max(0, x)
---
---`race.pos(-3) == 0`
---@param x number
---@return number
function race.pos(x) end

---x without its sign
---
---`race.abs(-3) == 3`
---@param x number
---@return number
function race.abs(x) end

---the next whole number below or at x
---
---`race.floor(2.7) == 2`
---@param x number
---@return number
function race.floor(x) end

---the next whole number above or at x
---
---`race.ceil(2.1) == 3`
---@param x number
---@return number
function race.ceil(x) end

----1, 0 or 1
---
---`race.sign(-3) == -1`
---@param x number
---@return number
function race.sign(x) end

---the nearest whole number, halves away from zero
---
---`race.round(-2.5) == -3`
---@param x number
---@return number
function race.round(x) end

---a/b, and default where b is 0
---
---`race.ratio(6, 0, 1) == 1`
---@param a number
---@param b number
---@param default number
---@return number
function race.ratio(a, b, default) end

---a + (b - a) x: a at 0, b at 1
---
---`race.lerp(10, 20, 0.25) == 12.5`
---@param a number
---@param b number
---@param x number
---@return number
function race.lerp(a, b, x) end

---0 below the edge, 1 from it on
---
---`race.step(5, 5) == 1`
---@param edge number
---@param x number
---@return number
function race.step(edge, x) end

---0 up to a, 1 from b on, between them s^2 (3 - 2 s) with s = (x - a)/(b - a)
---
---`race.smooth(0, 10, 5) == 0.5`
---@param a number
---@param b number
---@param x number
---@return number
function race.smooth(a, b, x) end

---e^x
---
---`race.exp(0) == 1`
---@param x number
---@return number
function race.exp(x) end

---natural logarithm
---
---`race.log(1) == 0`
---@param x number
---@return number
function race.log(x) end

---x^y
---
---`race.pow(2, 10) == 1024`
---@param x number
---@param y number
---@return number
function race.pow(x, y) end

---square root
---
---`race.sqrt(9) == 3`
---@param x number
---@return number
function race.sqrt(x) end

---hyperbolic tangent
---
---`race.tanh(0) == 0`
---@param x number
---@return number
function race.tanh(x) end

---old + (new - old) weight
---
---`race.ema(10, 20, 0.25) == 12.5`
---@param old number
---@param new number
---@param weight number
---@return number
function race.ema(old, new, weight) end

---x (1 + rate)^q; 0 where the rate is -1 or less
---
---`race.grow(100, 0.5, 2) == 225`
---@param x number
---@param rate_frac number
---@param q number
---@return number
function race.grow(x, rate_frac, q) end

---mean log change of a history, a quarter: ln(first/last item)/(length - 1), the first being the latest; 0 with fewer than two items or an end not above 0
---
---`race.trend(obs.market.hist.spot_i_usd_h) < 1`
---@param hist number[]
---@return number # share
function race.trend(hist) end

---value today of q quarters of cash: sum over k = 1 to q of cf[k]/(1 + rate)^(k/4); cf is one number a quarter, or an array of at least q
---
---`race.npv(0, 10, 4) == 40`
---@param rate_apr number
---@param cf number|number[]
---@param q number
---@return number
function race.npv(rate_apr, cf, q) end

---payment a quarter that repays musd in q quarters: r musd/(1 - (1 + r)^-q), r = (1 + apr)^(1/4) - 1
---
---`race.annuity(100, 0, 4) == 25`
---@param musd number
---@param apr number
---@param q number
---@return number # M$
function race.annuity(musd, apr, q) end

---quarters that the cash lasts at last quarter's burn: cash_musd/burn_musd, 0 to 40; 40 without burn
---
---`race.runway_q(obs.me) >= 0`
---@param me race.Me
---@return number # quarters
function race.runway_q(me) end

---(debt_musd - leverage_cash_frac x cash_musd)/(4 ebitda_musd), at least 0 and at most leverage_max_ratio; the most without ebitda
---
---`race.leverage(obs.me) >= 0`
---@param me race.Me
---@return number # ratio
function race.leverage(me) end

---chips that give mh training hours a quarter: mh/mh_of(1, product), rounded up
---
---`race.chips_for(race.mh_of(100, chip), chip) == 100`
---@param mh number
---@param product race.Product|race.ProductId
---@return number # chips
function race.chips_for(mh, product) end

---training hours of chips a quarter: chips x perf_t_chip x uptime of the role x 2190/1e6
---
---`race.mh_of(100, chip) > 0`
---@param chips number
---@param product race.Product|race.ProductId
---@return number # Mh
function race.mh_of(chips, product) end

---IT load of chips: chips x kw_chip/1000
---
---`race.mw_of(1000, chip) == chip.kw_chip`
---@param chips number
---@param product race.Product|race.ProductId
---@return number # MW
function race.mw_of(chips, product) end

---at the meter of an IT load: mw x pue_ratio of the region
---
---`race.grid_mw(10, region) == 10 * region.pue_ratio`
---@param mw number
---@param region race.Region|race.RegionId
---@return number # grid MW
function race.grid_mw(mw, region) end

---energy of a constant load in a quarter: mw x 2190 x usd_mwh/1e6
---
---`race.power_cost_musd(100, 50) == 10.95`
---@param mw number
---@param usd_mwh number
---@return number # M$
function race.power_cost_musd(mw, usd_mwh) end

---quarters in which a chip's rent pays its price: (list + system)/(usd_h x training hours - energy at full load and mean PUE - upkeep), 0 to 40; 40 without gain
---
---`race.payback_q(chip, 2.0, 60) > 0`
---@param product race.Product|race.ProductId
---@param usd_h number
---@param usd_mwh number
---@return number # quarters
function race.payback_q(product, usd_h, usd_mwh) end

---yearly rate at which 20 quarters of that rent, falling rent_decline_frac a quarter, pay list + system: -1 to 10
---
---`race.irr_rent(chip, 2.0, 60) >= -1`
---@param product race.Product|race.ProductId
---@param usd_h number
---@param usd_mwh number
---@return number # per year
function race.irr_rent(product, usd_h, usd_mwh) end

---concentration: sum over firms of (capacity_mh/that of all)^2; 0 without
---
---`race.hhi(obs) <= 1`
---@param obs race.Obs
---@return number # share
function race.hhi(obs) end

---own capacity_mh over that of all firms; 0 without
---
---`race.share(obs) <= 1`
---@param obs race.Obs
---@return number # share
function race.share(obs) end

---what the firm's nth further chip is worth to it, at most to pay the supplier: sum over used_chip_horizon_q quarters k of use from delivery on of max(0, spot I then x perf_i_chip x uptime x 2190 x use - energy - upkeep - used_chip_shell_rent_frac of a shell's rent)/(1 + used_chip_discount_apr)^(k/4), less system_usd_chip; spot I moves by its damped trend; use = need over compute at delivery, at most 1; at least 0
---
---`race.chip_value_usd(obs, chip, 1) >= 0`
---@param obs race.Obs
---@param product race.Product|race.ProductId
---@param nth number
---@return number # $/chip
function race.chip_value_usd(obs, product, nth) end

---what a kW at the meter earns above its costs in a quarter with the newest chips, grid_works_q ahead: (rent at spot I then - energy of the region - upkeep - annuity of list + system - shell rent) of a chip/(kw_chip x pue_ratio); at least 0, and 0 where nothing sells
---
---`race.power_value_usd_kw_q(obs, region) >= 0`
---@param obs race.Obs
---@param region race.Region|race.RegionId
---@return number # $/kW-quarter
function race.power_value_usd_kw_q(obs, region) end

---place of the first record whose field is largest, 0 for an empty list
---
---`race.argmax(obs.market.products, "gen") > 0`
---@param list any[]
---@param field string
---@return integer # index
function race.argmax(list, field) end

---walks a table of the script: numbers by size, then texts by their bytes, false before true, ids last; lists of obs have ipairs
---
---`for key, value in race.each({ a = 1 }) do end`
---@generic K, V
---@param t table<K, V>
---@return fun(): K, V
function race.each(t) end

---declares a strategy of a hyperscaler
---@param declaration race.hyperscaler.Declaration
---@return race.Declaration
function race.hyperscaler(declaration) end

---declares a strategy of a neocloud
---@param declaration race.neocloud.Declaration
---@return race.Declaration
function race.neocloud(declaration) end

---declares a strategy of a lab
---@param declaration race.lab.Declaration
---@return race.Declaration
function race.lab(declaration) end

---declares a strategy of a chip supplier
---@param declaration race.supplier.Declaration
---@return race.Declaration
function race.supplier(declaration) end

---a parameter that is a number
---
---`step = race.range(0.0, 0.10, 0.02)`
---@param min number
---@param max number
---@param default number
---@param options? race.NumberOptions
---@return race.Parameter
function race.range(min, max, default, options) end

---a parameter that is a whole number
---
---`tenor_q = race.int(4, 24, 12, { doc = "contract length" })`
---@param min integer
---@param max integer
---@param default integer
---@param options? race.NumberOptions
---@return race.Parameter
function race.int(min, max, default, options) end

---a parameter that is one of some texts
---
---`style = race.choice({ "bold", "shy" }, "shy")`
---@param texts string[]
---@param default string
---@param options? race.ParameterOptions
---@return race.Parameter
function race.choice(texts, default, options) end

---a parameter that is true or false
---
---`hedges = race.flag(false)`
---@param default boolean
---@param options? race.ParameterOptions
---@return race.Parameter
function race.flag(default, options) end

---a constant with its doc; no sweep or search changes it
---
---`lot_chips = race.fixed(8)`
---@param value number|string|boolean
---@param options? race.ParameterOptions
---@return race.Parameter
function race.fixed(value, options) end

---memory that is a list of numbers, all of this value at first
---
---`fill = race.array(16, 1.0)`
---@param length integer
---@param value number
---@return race.Array
function race.array(length, value) end

---without chance; the same bits on every machine
---@class mathlib
math = {}

---3.14159...
---@type number
math.pi = 0.0

---above every number
---@type number
math.huge = 0.0

---the largest integer
---@type integer
math.maxinteger = 0

---the smallest integer
---@type integer
math.mininteger = 0

---x without its sign
---
---`math.abs(-3) == 3`
---@param x number
---@return number
function math.abs(x) end

---angle in radians, 0 to pi
---
---`math.acos(1) == 0`
---@param x number
---@return number
function math.acos(x) end

---angle in radians, -pi/2 to pi/2
---
---`math.asin(0) == 0`
---@param x number
---@return number
function math.asin(x) end

---angle of the point (x, y) in radians; x is 1 where it is left out
---
---`math.atan(0) == 0`
---@param y number
---@param x? number
---@return number
function math.atan(y, x) end

---the next whole number above or at x
---
---`math.ceil(2.1) == 3`
---@param x number
---@return integer
function math.ceil(x) end

---of an angle in radians
---
---`math.cos(0) == 1`
---@param x number
---@return number
function math.cos(x) end

---degrees of an angle in radians
---
---`math.deg(0) == 0`
---@param x number
---@return number
function math.deg(x) end

---e^x
---
---`math.exp(0) == 1`
---@param x number
---@return number
function math.exp(x) end

---the next whole number below or at x
---
---`math.floor(2.7) == 2`
---@param x number
---@return integer
function math.floor(x) end

---rest of x/y, with the sign of x
---
---`math.fmod(-7, 3) == -1`
---@param x number
---@param y number
---@return number
function math.fmod(x, y) end

---logarithm, natural where no base is given
---
---`math.log(1) == 0`
---@param x number
---@param base? number
---@return number
function math.log(x, base) end

---the largest
---
---`math.max(2, 5, 3) == 5`
---@param x number
---@param ... number
---@return number
function math.max(x, ...) end

---the smallest
---
---`math.min(2, 5, 3) == 2`
---@param x number
---@param ... number
---@return number
function math.min(x, ...) end

---whole part and fraction
---
---`math.modf(2.5) == 2`
---@param x number
---@return number, number
function math.modf(x) end

---radians of an angle in degrees
---
---`math.rad(0) == 0`
---@param x number
---@return number
function math.rad(x) end

---of an angle in radians
---
---`math.sin(0) == 0`
---@param x number
---@return number
function math.sin(x) end

---square root
---
---`math.sqrt(9) == 3`
---@param x number
---@return number
function math.sqrt(x) end

---of an angle in radians
---
---`math.tan(0) == 0`
---@param x number
---@return number
function math.tan(x) end

---the integer that x is, else nil
---
---`math.tointeger(3.0) == 3`
---@param x any
---@return integer?
function math.tointeger(x) end

---which kind of number x is; nil for no number
---
---`math.type(3.0) == "float"`
---@param x any
---@return "integer"|"float"|nil
function math.type(x) end

---m < n where both count without sign
---
---`math.ult(1, -1) == true`
---@param m integer
---@param n integer
---@return boolean
function math.ult(m, n) end

---each charges the budget by what it moves
---@class tablelib
table = {}

---puts a value at a place, or at the end; those behind it move up
---
---`table.insert({ 1 }, 2)`
---@generic T
---@param list T[]
---@param place integer
---@param value T
---@overload fun(list: T[], value: T)
function table.insert(list, place, value) end

---takes the value at a place, or the last one; those behind it move down
---
---`table.remove({ 1, 2 }) == 2`
---@generic T
---@param list T[]
---@param place? integer
---@return T?
function table.remove(list, place) end

---sorts in place, by < or an order of your own; equal ones keep their order
---
---`table.sort({ 2, 1 })`
---@generic T
---@param list T[]
---@param is_before? fun(a: T, b: T): boolean
function table.sort(list, is_before) end

---one text of the items
---
---`table.concat({ 1, 2 }, "-") == "1-2"`
---@param list (string|number)[]
---@param separator? string
---@param first? integer
---@param last? integer
---@return string
function table.concat(list, separator, first, last) end

---race itself by "rackrace", or what a file beside the script returns: "lib.credit" is lib/credit.lua; at the top of the file only
---
---`require "rackrace"`
---@param name string
---@return any
function require(name) end

---walks a list from 1 to its end: own tables, lists of obs, arrays of mem
---
---`for i, rival in ipairs(obs.rivals) do end`
---@generic T
---@param list T[]
---@return fun(list: T[], i?: integer): integer, T
function ipairs(list) end

---what a value is; records and lists of obs are "table", ids are "id"
---
---`type(obs.me.id) == "id"`
---@param value any
---@return race.TypeName
function type(value) end

---its first argument; a script error where that is false or nil
---
---`assert(1 < 2) == true`
---@generic T
---@param value T?
---@param message? any
---@return T
function assert(value, message) end

---ends the decision: the firm holds, and the message is reported
---@param message any
function error(message) end

return race

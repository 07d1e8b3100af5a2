// Sizes of the fixed arrays of a world (model.md section 1). data/model/parameters.csv repeats them as capacity_*, and the loader compares.
#pragma once

namespace rackrace {

inline constexpr int kMaxFirms = 20;         // 17 named ones and three slots for entrants
inline constexpr int kMaxSuppliers = 5;      // chip suppliers inside them
inline constexpr int kMaxProducts = 20;
inline constexpr int kMaxGenerations = 6;
inline constexpr int kMaxRegions = 8;
inline constexpr int kMaxCaptiveOwners = 4;  // firms that share one line of in-house chips
inline constexpr int kMaxContracts = 192;    // live rows; rows past their ramp of one pair merge
inline constexpr int kMaxFirmContracts = 64;
inline constexpr int kMaxTranches = 12;      // debt of a firm
inline constexpr int kMaxProjects = 12;      // sites in building of a firm
inline constexpr int kMaxSegments = 2;       // enterprise, consumer
inline constexpr int kMaxSteps = 4;          // of a chip bid
inline constexpr int kMaxOffers = 4;
inline constexpr int kMaxRequests = 4;
inline constexpr int kMaxRaises = 4;         // loans that a firm asks for in a quarter
inline constexpr int kMaxFirmBids = 4;       // for failed firms in a quarter
inline constexpr int kMaxCreditOffers = 4;   // of a supplier in a quarter
inline constexpr int kMaxCreditLines = 8;    // of suppliers to buyers, live in the world
inline constexpr int kMaxCohorts = 16;       // of a power queue, or vintages of adders
inline constexpr int kMaxShocks = 16;
inline constexpr int kRoles = 4;
inline constexpr int kRatingBands = 9;       // upper ends of ratings 1 to 9; 10 is above
inline constexpr int kOutsideParties = 10;
inline constexpr int kParties = kMaxFirms + kOutsideParties;
inline constexpr int kMaxQuarters = 40;      // 2024Q1 to 2032Q4 is 36; wafers and grid look four quarters ahead

enum class Role : int { hyperscaler = 0, neocloud = 1, lab = 2, supplier = 3 };
enum class Segment : int { enterprise = 0, consumer = 1 };

}  // namespace rackrace

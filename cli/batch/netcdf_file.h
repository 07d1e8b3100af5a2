// A batch as one netCDF-4 file, for xarray, R and Julia: dimensions run x quarter x firm, every variable with units and long_name.
#pragma once

#include <filesystem>

#include "cli/batch/batch_store.h"

namespace rackrace {

/// False where the program was built without the netCDF library.
bool has_netcdf();

/// Figures of the market are called market_<name>, those of firms as in table panel, varied keys as in table runs. A figure that is not
/// there (a run that stopped early) is NaN. The same rows give the same bytes. Refused: what cannot be written; no library.
Refusals write_netcdf(OpenBatch& batch, const BatchTables& tables, const std::filesystem::path& file);

}  // namespace rackrace

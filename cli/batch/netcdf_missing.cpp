// In place of netcdf_file.cpp where the library is missing.
#include "cli/batch/netcdf_file.h"

namespace rackrace {

bool has_netcdf() { return false; }

Refusals write_netcdf(OpenBatch&, const BatchTables&, const std::filesystem::path& file) {
    return Refusal{file.string(), 0, 0, "this program was built without netCDF", "install libnetcdf-dev and libhdf5-dev and build again, or use --format csv"};
}

}  // namespace rackrace

#include "cli/batch/netcdf_file.h"

#include <hdf5.h>
#include <netcdf.h>

#include <algorithm>
#include <limits>
#include <map>
#include <stdexcept>

namespace rackrace {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kRunsPerChunk = 64;  // about 250 KB a chunk of a firm's figure over 27 quarters
constexpr double kAbsent = std::numeric_limits<double>::quiet_NaN();

/// HDF5 keeps what it knows of a file in a cache that grows to 32 MB with the file; a writer that goes forwards needs none of it again. netCDF does not say
/// which file of HDF5 is its own, so each that is open is told.
void bound_metadata_caches() {
    constexpr std::size_t bound = 256 << 10;  // as they lie on the disk; nodes of an index take eight times that in memory
    std::vector<hid_t> files(static_cast<std::size_t>(std::max<ssize_t>(0, H5Fget_obj_count(H5F_OBJ_ALL, H5F_OBJ_FILE))));
    if (files.empty() || H5Fget_obj_ids(H5F_OBJ_ALL, H5F_OBJ_FILE, files.size(), files.data()) < 0) return;
    for (const hid_t file : files) {
        H5AC_cache_config_t config{};
        config.version = H5AC__CURR_CACHE_CONFIG_VERSION;
        if (H5Fget_mdc_config(file, &config) < 0) continue;
        config.set_initial_size = true;
        config.initial_size = config.min_size = config.max_size = bound;
        config.incr_mode = H5C_incr__off;
        config.flash_incr_mode = H5C_flash_incr__off;
        config.decr_mode = H5C_decr__off;
        H5Fset_mdc_config(file, &config);
    }
}

/// Keeps the first error; calls after it do nothing.
class NetcdfFile {
public:
    explicit NetcdfFile(const fs::path& file) {
        // What could not be closed on a full disk stays on HDF5's list, and closing that once more as the program ends crashes (HDF5 1.10). It has to be told
        // before its first file.
        H5dont_atexit();
        check(nc_create(file.c_str(), NC_NETCDF4 | NC_CLOBBER, &id_));
        bound_metadata_caches();
    }
    ~NetcdfFile() { close(); }
    NetcdfFile(const NetcdfFile&) = delete;

    int dimension(const char* name, std::size_t size) {
        int id = 0;
        check(nc_def_dim(id_, name, size, &id));
        return id;
    }
    int variable(const BatchColumn& column, const std::string& name, int type, const std::vector<int>& dimensions, const std::vector<std::size_t>& chunk = {}) {
        int id = 0;
        check(nc_def_var(id_, name.c_str(), type, static_cast<int>(dimensions.size()), dimensions.data(), &id));
        if (!chunk.empty()) {
            check(nc_def_var_chunking(id_, id, NC_CHUNKED, chunk.data()));
            check(nc_def_var_deflate(id_, id, 1, 1, 1));
            // Runs come in order: one chunk is open at a time. The library's own cache would keep megabytes for each of a hundred variables.
            std::size_t bytes = sizeof(double);
            for (std::size_t size : chunk) bytes *= size;
            check(nc_set_var_chunk_cache(id_, id, bytes, 1, 1.0f));
        }
        if (type == NC_DOUBLE) check(nc_def_var_fill(id_, id, NC_FILL, &kAbsent));
        attribute(id, "long_name", column.meaning);
        if (!column.unit.empty()) attribute(id, "units", column.unit);
        return id;
    }
    void attribute(int variable, const char* name, const std::string& text) { check(nc_put_att_text(id_, variable, name, text.size(), text.c_str())); }
    void end_definitions() { check(nc_enddef(id_)); }
    void put(int variable, const std::vector<std::size_t>& start, const std::vector<std::size_t>& count, const double* values) {
        check(nc_put_vara_double(id_, variable, start.data(), count.data(), values));
    }
    void put(int variable, std::size_t at, std::int64_t value) {
        const long long number = value;
        check(nc_put_var1_longlong(id_, variable, &at, &number));
    }
    void put(int variable, std::size_t at, const std::string& text) {
        const char* words = text.c_str();
        check(nc_put_var1_string(id_, variable, &at, &words));
    }
    std::string close() {
        if (is_open_ && error_.empty()) check(nc_close(id_));
        else if (is_open_) nc_close(id_);
        is_open_ = false;
        return error_;
    }

private:
    void check(int code) {
        if (error_.empty() && code != NC_NOERR) error_ = nc_strerror(code);
    }

    int id_ = 0;
    bool is_open_ = true;
    std::string error_;
};

double number_of(const Cell& cell) {
    if (const auto* whole_number = std::get_if<std::int64_t>(&cell)) return static_cast<double>(*whole_number);
    const auto* number = std::get_if<double>(&cell);
    return number != nullptr ? *number : kAbsent;
}

std::map<std::string, std::size_t> distinct(Database& database, const std::string& column, const std::string& table) {
    std::map<std::string, std::size_t> out;
    auto rows = database.prepare("SELECT DISTINCT " + column + " FROM " + table + " ORDER BY " + column);
    while (rows && rows->step() == Step::row) out.emplace(cell_text(rows->cell(0)), out.size());
    return out;
}

/// The places of runs along the first dimension, asked for in their order. Throws std::out_of_range for one that table runs does not have.
class RunPlaces {
public:
    explicit RunPlaces(Database& database) : rows_(database.prepare("SELECT run FROM runs ORDER BY run")) {}

    std::size_t place_of(std::int64_t run) {
        for (; last_ < run && rows_ && rows_->step() == Step::row; ++place_) last_ = std::get<std::int64_t>(rows_->cell(0));
        if (last_ != run) throw std::out_of_range("run " + std::to_string(run) + " is not in table runs");
        return place_ - 1;
    }

private:
    Result<Statement> rows_;
    std::int64_t last_ = -1;
    std::size_t place_ = 0;
};

/// The figures of one table: `keys` columns lead each row, the first being the run. A run's values are gathered, then written as one block.
class Cube {
public:
    Cube(NetcdfFile& file, const BatchTable& table, const std::string& prefix, const std::vector<int>& dimensions, const std::vector<std::size_t>& sizes)
        : file_(file), keys_(dimensions.size()), sizes_(sizes) {
        std::vector<std::size_t> chunk = sizes;
        chunk[0] = std::min(sizes[0], kRunsPerChunk);
        for (std::size_t c = keys_; c < table.columns.size(); ++c)
            variables_.push_back(file.variable(table.columns[c], prefix + table.columns[c].name, NC_DOUBLE, dimensions, chunk));
    }

    /// places: of the labels of the dimensions after the run.
    void write(Database& database, const BatchTable& table, const std::vector<std::map<std::string, std::size_t>>& places) {
        auto rows = database.prepare("SELECT * FROM " + table.name + " ORDER BY " + table.key);
        RunPlaces runs(database);
        std::int64_t run = -1;
        while (rows && rows->step() == Step::row) {
            const std::int64_t now = std::get<std::int64_t>(rows->cell(0));
            if (now != run && run >= 0) flush(runs.place_of(run));
            if (now != run) values_.assign(variables_.size(), std::vector<double>(block(), kAbsent));
            run = now;
            std::size_t at = 0;
            for (std::size_t d = 0; d < places.size(); ++d) at = at * sizes_[d + 1] + places[d].at(cell_text(rows->cell(static_cast<int>(d) + 1)));
            for (std::size_t v = 0; v < variables_.size(); ++v) values_[v][at] = number_of(rows->cell(static_cast<int>(keys_ + v)));
        }
        if (run >= 0) flush(runs.place_of(run));
    }

private:
    std::size_t block() const {
        std::size_t size = 1;
        for (std::size_t d = 1; d < sizes_.size(); ++d) size *= sizes_[d];
        return size;
    }
    void flush(std::size_t run) {
        std::vector<std::size_t> start(sizes_.size(), 0), count = sizes_;
        start[0] = run;
        count[0] = 1;
        for (std::size_t v = 0; v < variables_.size(); ++v) file_.put(variables_[v], start, count, values_[v].data());
    }

    NetcdfFile& file_;
    std::size_t keys_;
    std::vector<std::size_t> sizes_;
    std::vector<int> variables_;
    std::vector<std::vector<double>> values_;  // [variable][place in the block]
};

/// Columns of table runs beside the cubes: what was varied and how it ended.
class RunColumns {
public:
    RunColumns(NetcdfFile& file, const BatchTable& runs, int dimension) : file_(file) {
        for (std::size_t c = 0; c < runs.columns.size(); ++c) {
            const BatchColumn& column = runs.columns[c];
            if (column.name.ends_with("_first") || column.name.ends_with("_last") || column.name.starts_with("value_usd.")) continue;  // in the cubes
            const int type = column.name == "run" || column.name == "seed" || column.name == "profile" ? NC_INT64 : column.type == ColumnType::text ? NC_STRING : NC_DOUBLE;
            columns_.push_back({static_cast<int>(c), type, file.variable(column, column.name, type, {dimension})});
        }
    }

    void write(Database& database, const BatchTable& runs) {
        auto rows = database.prepare("SELECT * FROM runs ORDER BY " + runs.key);
        for (std::size_t at = 0; rows && rows->step() == Step::row; ++at)
            for (const Place& place : columns_) {
                const Cell cell = rows->cell(place.column);
                const double number = number_of(cell);
                if (place.type == NC_INT64) file_.put(place.variable, at, std::get<std::int64_t>(cell));
                else if (place.type == NC_STRING) file_.put(place.variable, at, cell_text(cell));
                else file_.put(place.variable, {at}, {1}, &number);
            }
    }

private:
    struct Place {
        int column, type, variable;
    };
    NetcdfFile& file_;
    std::vector<Place> columns_;
};

}  // namespace

bool has_netcdf() { return true; }

Refusals write_netcdf(OpenBatch& batch, const BatchTables& tables, const fs::path& file) {
    std::size_t runs = 0;
    if (auto count = batch.database.prepare("SELECT count(*) FROM runs"); count && count->step() == Step::row) runs = static_cast<std::size_t>(std::get<std::int64_t>(count->cell(0)));
    const auto quarters = distinct(batch.database, "quarter", "quarters"), firms = distinct(batch.database, "firm", "panel");
    if (quarters.empty() || firms.empty()) return Refusal{batch.folder.string(), 0, 0, "has no run that was played", "see failed.csv"};

    const fs::path partial = file.string() + ".partial";
    NetcdfFile out(partial);
    const int run = out.dimension("run", runs), quarter = out.dimension("quarter", quarters.size()), firm = out.dimension("firm", firms.size());
    out.attribute(NC_GLOBAL, "title", batch.facts.name);
    out.attribute(NC_GLOBAL, "source", "rackrace " + batch.facts.program_version + ", scenario " + batch.facts.scenario);
    out.attribute(NC_GLOBAL, "inputs_hash", batch.facts.inputs_hash);
    const int quarter_labels = out.variable({"quarter", ColumnType::text, "", "calendar quarter"}, "quarter", NC_STRING, {quarter});
    const int firm_labels = out.variable({"firm", ColumnType::text, "", "firm"}, "firm", NC_STRING, {firm});
    RunColumns columns(out, tables.runs, run);
    Cube market(out, tables.quarters, "market_", {run, quarter}, {runs, quarters.size()});
    Cube panel(out, tables.panel, "", {run, quarter, firm}, {runs, quarters.size(), firms.size()});
    out.end_definitions();
    for (const auto& [label, at] : quarters) out.put(quarter_labels, at, label);
    for (const auto& [label, at] : firms) out.put(firm_labels, at, label);
    columns.write(batch.database, tables.runs);
    market.write(batch.database, tables.quarters, {quarters});
    panel.write(batch.database, tables.panel, {quarters, firms});
    std::string why = out.close();
    std::error_code error;
    if (why.empty()) fs::rename(partial, file, error);
    if (error) why = error.message();
    if (why.empty()) return {};
    fs::remove(partial, error);
    return Refusal{file.string(), 0, 0, "cannot be written: " + why, "check that the folder can be written and that the disk has room"};
}

}  // namespace rackrace

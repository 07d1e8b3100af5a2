"""A batch as a researcher reads it: pandas, SQLite and xarray see the same numbers. research_check.py PROGRAM; leaves with 77 where a package is missing."""
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

try:
    import netCDF4  # noqa: F401  the engine that xarray needs
    import pandas
    import xarray
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

PLAN = """scenario = "base-2026"
seeds = [1, 2]
[vary]
end = "2026Q3"
rules.chips = ["UNIFORM", "POSTED"]
"""

with tempfile.TemporaryDirectory() as folder:
    plan = pathlib.Path(folder, "plan.toml")
    plan.write_text(PLAN)
    batch = pathlib.Path(folder, "batch")
    subprocess.run([sys.argv[1], "-q", "sweep", str(plan), "--out", str(batch)], check=True, stdout=subprocess.DEVNULL)

    # Without round_trip the reader of pandas is off by a last bit.
    runs = pandas.read_csv(batch / "runs.csv", index_col="run", float_precision="round_trip")
    panel = pandas.read_csv(batch / "panel.csv", float_precision="round_trip")
    assert list(runs["rules.chips"]) == ["UNIFORM", "UNIFORM", "POSTED", "POSTED"], runs["rules.chips"]
    assert (runs.status == "ok").all()
    assert len(panel) == 4 * 2 * panel.firm.nunique()

    with sqlite3.connect(batch / "batch.sqlite") as database:
        stored = pandas.read_sql("SELECT * FROM panel", database)
    pandas.testing.assert_frame_equal(panel, stored, check_dtype=False)

    with xarray.open_dataset(batch / "panel.nc") as cube:
        assert dict(cube.sizes) == {"run": 4, "quarter": 2, "firm": panel.firm.nunique()}, cube.sizes
        for name, variable in cube.data_vars.items():
            assert variable.attrs["long_name"], name
        assert cube.value_usd.attrs["units"] == "$"
        frame = cube.value_usd.to_series().reset_index()
        both = panel.merge(frame, on=["run", "quarter", "firm"], suffixes=("", "_cube"))
        assert len(both) == len(panel) and (both.value_usd == both.value_usd_cube).all()
        last = cube.value_usd.isel(quarter=-1).sel(firm="coreweave").to_series()
        assert (last == runs["value_usd.coreweave"]).all()
        assert (cube.market_spot_i_usd_h.isel(quarter=-1).to_series() == runs.spot_i_usd_h_last).all()
    print("pandas, SQLite and xarray agree")

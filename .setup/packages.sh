# The Debian 12 packages of rackrace, the one list of them. run.sh installs the first two groups, test.sh the first four as far as it needs them.

# To build and run the program.
build_packages="g++ cmake ninja-build
    libboost-random-dev libcli11-dev libfccp-dev libfmt-dev libhdf5-dev liblua5.4-dev libnetcdf-dev libnlopt-cxx-dev libnlopt-dev librandom123-dev libsqlite3-dev libtomlplusplus-dev nlohmann-json3-dev"

# The window: what it is compiled with, what it draws with where there is no driver of a graphics card, and the tool that fetches its sources.
window_packages="libglfw3-dev libegl-dev libgl-dev libopengl-dev libpng-dev libegl1 libegl-mesa0 libgl1-mesa-dri python3-venv"

# To build and run the tests. The Python packages read a batch as a researcher does: 16 packages, 16 MB to fetch, 85 MB on the disk.
test_packages="catch2 python3-netcdf4 python3-pandas python3-xarray xauth xvfb"

# For ./test.sh --all: the second compiler and its sanitizers.
compiler_packages="clang-14 libclang-rt-14-dev"

# To take the CUDA compiler from wheels (cuda-wheels.txt) where no nvcc 13 is on PATH.
cuda_packages="python3-venv"

# bench/reduced_market and bench/gambit, whose Mesa, NumPy and pygambit come from PyPI.
peer_packages="python3-venv"

# Used when present, never installed by the scripts: faster rebuilds, the layout of the code (.clang-format), and Google Benchmark for engine_bench, script_bench and viewer_bench (bench/README.md).
optional_packages="ccache clang-format-14 libbenchmark-dev"

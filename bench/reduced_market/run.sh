#!/bin/bash
# The comparison of ../reduced_market.md, one command: builds our program, sets up the peers' Python, compares hashes, then times.
# bench/reduced_market/run.sh [OPTION...]    options go to compare.py (--help tells them)
# RACKRACE_PRESET=clang                      builds with that preset, not host
set -euo pipefail
cd "$(dirname "$0")/../.."
. .setup/setup.sh

here=bench/reduced_market python=.cache/reduced-market preset=${RACKRACE_PRESET:-host}
{
    install_packages $build_packages $peer_packages
    configured $preset || configure $preset -DBUILD_TESTING=OFF
    cmake --build --preset $preset --target reduced_market
    find_peers $python $here/requirements.txt "Mesa and NumPy"
} >&2
exec $python/bin/python $here/compare.py build/$preset "$@"

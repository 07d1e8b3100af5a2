#!/bin/bash
# Gambit reads our payoff tables, one command: builds the program, sets up pygambit, compares payoffs and pure equilibria (tests/game/gambit_test.py).
# RACKRACE_PRESET=clang                      builds with that preset, not host
set -euo pipefail
cd "$(dirname "$0")/../.."
. .setup/setup.sh

here=bench/gambit python=.cache/gambit preset=${RACKRACE_PRESET:-host}
{
    install_packages $build_packages $peer_packages
    configured $preset || configure $preset -DBUILD_TESTING=OFF
    cmake --build --preset $preset --target rackrace
    find_peers $python $here/requirements.txt pygambit
} >&2
exec $python/bin/python tests/game/gambit_test.py build/$preset/cli/rackrace

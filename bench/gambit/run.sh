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
    if [ "$(cat $python/complete 2>/dev/null)" != "$(cksum <$here/requirements.txt)" ]; then
        say "Fetching pygambit into $python"
        rm -rf $python
        python3 -m venv $python
        $python/bin/pip install --quiet --disable-pip-version-check --retries 2 --only-binary :all: --requirement $here/requirements.txt
        cksum <$here/requirements.txt >$python/complete
    fi
} >&2
exec $python/bin/python tests/game/gambit_test.py build/$preset/cli/rackrace

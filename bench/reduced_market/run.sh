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
    if [ "$(cat $python/complete 2>/dev/null)" != "$(cksum <$here/requirements.txt)" ]; then
        say "Fetching Mesa and NumPy into $python"
        rm -rf $python
        python3 -m venv $python
        $python/bin/pip install --quiet --disable-pip-version-check --retries 2 --only-binary :all: --requirement $here/requirements.txt
        cksum <$here/requirements.txt >$python/complete
    fi
} >&2
exec $python/bin/python $here/compare.py build/$preset "$@"

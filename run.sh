#!/bin/bash
# Sets up what is missing, builds the program, and plays the default scenario: prints its report and names the replay it wrote.
# ./run.sh [OPTION...]    options go to `rackrace run base-2026`, paths in them from the project's folder
# RACKRACE_CUDA=1         builds the CUDA parts also where no NVIDIA device is
set -euo pipefail
cd "$(dirname "$0")"
. .setup/setup.sh

{
    install_packages $build_packages
    find_window || true
    preset=host
    if [ "${RACKRACE_CUDA:-0}" = 1 ] || compgen -G '/dev/nvidia[0-9]*' >/dev/null; then
        if find_nvcc; then preset=gpu; fi
    fi
    configured $preset || configure $preset -DBUILD_TESTING=OFF
    cmake --build --preset $preset --target rackrace
} >&2  # standard output is the program's alone
exec build/$preset/cli/rackrace run base-2026 "$@"

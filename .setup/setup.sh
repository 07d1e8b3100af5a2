# What run.sh and test.sh share: installing what is missing, finding a CUDA compiler, configuring a preset. Sourced by bash in the project's
# root; each function says in words what it could not do and returns non-zero.
. .setup/packages.sh

say() { printf '%s\n' "$*" >&2; }

# install_packages NAME...: installs the Debian packages among them that are missing. Asks nothing of the network when none is.
install_packages() {
    local missing=() name as_root=""
    if ! command -v dpkg-query >/dev/null; then
        say "Not a Debian machine: going on without installing anything. Needed here are what Debian 12 calls: $*"
        return 0
    fi
    for name in "$@"; do
        [ "$(dpkg-query -W -f='${db:Status-Status}' "$name" 2>/dev/null)" = installed ] || missing+=("$name")
    done
    [ ${#missing[@]} -gt 0 ] || return 0
    if [ "$(id -u)" -ne 0 ]; then
        as_root=sudo
        command -v sudo >/dev/null || { say "Missing packages: ${missing[*]}. Install them as root: there is no sudo here."; return 1; }
    fi
    say "Installing packages: ${missing[*]}"
    $as_root apt-get update -qq &&
        $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "${missing[@]}" >/dev/null ||
        { say "Could not install: ${missing[*]}"; return 1; }
}

# find_window: the packages and sources of the window, into .cache/imgui. Where they cannot be had everything else is built without it.
find_window() {
    install_packages $window_packages && .setup/get-imgui.sh .cache/imgui ||
        { say "The window is left out: its libraries could not be fetched. Figures, pages and all else are built; try again with a network."; return 1; }
}

# find_nvcc: sets nvcc to a CUDA 13 compiler, the one on PATH or one from pinned wheels; empty, and in words why, when there is none.
find_nvcc() {
    local folder=.cache/cuda wheels=.setup/cuda-wheels.txt sum toolkit
    nvcc=$(command -v nvcc)
    if [ -n "$nvcc" ] && "$nvcc" --version | grep -q 'release 13\.'; then
        return 0
    fi
    nvcc=""
    if [ "$(uname -m)" != x86_64 ]; then
        say "The CUDA parts are left out: no nvcc 13 on PATH, and the wheels are pinned for x86-64 only."
        return 1
    fi
    sum=$(cksum <"$wheels")
    if [ "$(cat "$folder/complete" 2>/dev/null)" != "$sum" ]; then
        say "Fetching the CUDA 13 compiler (139 MB) into $folder"
        rm -rf "$folder"
        if ! { install_packages $cuda_packages && python3 -m venv "$folder" &&
            "$folder/bin/pip" install --quiet --disable-pip-version-check --retries 2 --no-deps --require-hashes --requirement "$wheels"; }; then
            rm -rf "$folder"
            say "The CUDA parts are left out: the CUDA 13 compiler could not be fetched. Put an nvcc 13 on PATH, or try again."
            return 1
        fi
        toolkit=$(echo "$PWD/$folder"/lib/python3.*/site-packages/nvidia/cu13)
        ln -sfn lib "$toolkit/lib64"  # nvcc looks for its libraries in lib64, the linker for names without a version
        ln -sf libcudart.so.13 "$toolkit/lib/libcudart.so"
        ln -sf libnvJitLink.so.13 "$toolkit/lib/libnvJitLink.so"
        echo "$sum" >"$folder/complete"
    fi
    nvcc=$(echo "$PWD/$folder"/lib/python3.*/site-packages/nvidia/cu13/bin/nvcc)
}

# find_peers FOLDER REQUIREMENTS NAMES: a Python in FOLDER with the pinned packages of REQUIREMENTS, made anew when those changed. NAMES are said while it fetches.
find_peers() {
    [ "$(cat "$1/complete" 2>/dev/null)" != "$(cksum <"$2")" ] || return 0
    say "Fetching $3 into $1"
    rm -rf "$1"
    python3 -m venv "$1"
    "$1/bin/pip" install --quiet --disable-pip-version-check --retries 2 --only-binary :all: --requirement "$2"
    cksum <"$2" >"$1/complete"
}

# configure PRESET [OPTION...]: configures build/PRESET, from scratch when compilers, presets, the window's sources or the project's place changed.
# configured PRESET: nothing of that changed.
configure() {
    local preset=$1 fresh="" compiler
    shift
    configured "$preset" || fresh=--fresh
    compiler=$(cuda_compiler "$preset")
    cmake --preset "$preset" $fresh ${compiler:+"$compiler"} "$@" && configure_key "$preset" >"build/$preset/configured.txt"
}
configured() {
    [ -f "build/$1/build.ninja" ] && [ "$(cat "build/$1/configured.txt" 2>/dev/null)" = "$(configure_key "$1")" ]
}
cuda_compiler() { [ "$1" != gpu ] || echo "-DCMAKE_CUDA_COMPILER=$nvcc"; }
configure_key() {
    echo "$PWD ${CXX-} $(cuda_compiler "$1") ${CMAKE_CXX_COMPILER_LAUNCHER-} $(cksum <CMakePresets.json) $(cat .cache/imgui/complete 2>/dev/null)"
}

# Rebuilds go through ccache when it is there.
if command -v ccache >/dev/null; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CMAKE_CUDA_COMPILER_LAUNCHER=ccache CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1
fi

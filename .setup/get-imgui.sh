#!/bin/bash
# get-imgui.sh FOLDER: puts the sources of the window's libraries and fonts, as pinned in imgui-source.txt, into FOLDER (8 MB; 54 MB are
# fetched). Does nothing when they are there. Leaves FOLDER absent, and a status other than 0, when they cannot be fetched.
set -euo pipefail
folder=$1 source=$(dirname "$0")/imgui-source.txt
sum=$(cksum <"$source")
[ "$(cat "$folder/complete" 2>/dev/null)" != "$sum" ] || exit 0
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
rm -rf "$folder"
python3 -m venv "$work/python"
"$work/python/bin/pip" download --quiet --disable-pip-version-check --retries 2 --no-deps --no-binary imgui-bundle --require-hashes \
    --requirement "$source" --dest "$work"
mkdir "$work/sources"
# Patterns match within one folder only: imgui/*.h are not those of its examples.
tar xzf "$work"/imgui_bundle-*.tar.gz -C "$work/sources" --strip-components=2 --wildcards --no-wildcards-match-slash \
    '*/external/imgui/imgui/*.h' '*/external/imgui/imgui/*.cpp' '*/external/imgui/imgui/LICENSE.txt' \
    '*/external/imgui/imgui/backends/imgui_impl_glfw.*' '*/external/imgui/imgui/backends/imgui_impl_null.*' \
    '*/external/imgui/imgui/backends/imgui_impl_opengl3*' '*/external/imgui/imgui/misc/fonts/*.ttf' \
    '*/external/implot/implot/*.h' '*/external/implot/implot/*.cpp' '*/external/implot/implot/LICENSE'
echo "$sum" >"$work/sources/complete"
mkdir -p "$(dirname "$folder")"
mv "$work/sources" "$folder"

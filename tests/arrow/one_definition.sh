#!/bin/sh
# one_definition.sh ROOT: no two headers of the rooms define a class or an enumeration of one name in one namespace. Two would be one symbol for what
# is made of them (the destructor of a vector, say), and a linker takes either.
cd "$1" || exit 1
found=$(find engine agents gpu game viz cli -name '*.h' | sort | xargs awk '
    FNR == 1 { space = "" }
    /^namespace [a-z:]+ \{/ { space = $2 }
    /^(struct|class|enum class) [A-Za-z]+[^;]*\{/ && !/^(struct|class) [A-Za-z]+</ {
        name = $1 == "enum" ? $3 : $2
        sub(/[^A-Za-z0-9].*/, "", name)
        key = space "::" name
        if (key in first && first[key] != FILENAME) print key ": " first[key] " and " FILENAME
        else first[key] = FILENAME
    }')
[ -z "$found" ] || { echo "defined twice:"; echo "$found"; exit 1; }

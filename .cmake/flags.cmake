# Language level, float rules, warnings and sanitizers. Float rules and sanitizers hold for everything that is compiled here, warnings only
# for what links rackrace_flags: our own code. Whatever is built this way computes the same bits, on the host and on the device.
set(RACKRACE_SANITIZE "" CACHE STRING "Sanitizers, as in -fsanitize=address,undefined; empty for none")

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
    set(CMAKE_BUILD_TYPE Release)
endif()

# Checks stay on in every build type: the identities of the books are looked at in release builds too.
foreach(language CXX CUDA)
    foreach(type RELEASE RELWITHDEBINFO MINSIZEREL)
        string(REPLACE "-DNDEBUG" "" CMAKE_${language}_FLAGS_${type} "${CMAKE_${language}_FLAGS_${type}}")
    endforeach()
endforeach()

add_compile_options(
    "$<$<COMPILE_LANGUAGE:CXX>:-ffp-contract=off;-fno-fast-math>"
    "$<$<COMPILE_LANGUAGE:CUDA>:--fmad=false;-Xcompiler=-ffp-contract=off>")

if(RACKRACE_SANITIZE)
    set(sanitize "-fsanitize=${RACKRACE_SANITIZE}" -fno-sanitize-recover=all)
    add_compile_options("$<$<COMPILE_LANGUAGE:CXX>:${sanitize};-fno-omit-frame-pointer>")
    add_link_options(${sanitize})
endif()

add_library(rackrace_flags INTERFACE)
target_compile_features(rackrace_flags INTERFACE cxx_std_20)
target_include_directories(rackrace_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(rackrace_flags INTERFACE
    "$<$<COMPILE_LANGUAGE:CXX>:-Wall;-Wextra;-Wshadow;-Wconversion;-Wno-sign-conversion;-Werror>"
    # g++ 12 sees overlaps in operator+ of strings that are not there.
    "$<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-restrict>"
    # A table of fields is one fold expression over its rows; clang stops at 256 of them unless told otherwise.
    "$<$<COMPILE_LANG_AND_ID:CXX,Clang>:-fbracket-depth=1024>"
    # cmake 3.25 knows no C++20 for CUDA: the standard property would add nothing and say nothing.
    "$<$<COMPILE_LANGUAGE:CUDA>:-std=c++20;--expt-relaxed-constexpr;--Werror=all-warnings>")

# rackrace_precompile(target <header>...): headers of libraries that most files of a target take in. Off where it is not asked for, since a file that
# forgets one compiles all the same.
option(RACKRACE_PRECOMPILE "Precompile headers of libraries: a build from scratch is quicker" OFF)
function(rackrace_precompile target)
    if(RACKRACE_PRECOMPILE)
        target_precompile_headers(${target} PRIVATE ${ARGN} <algorithm> <cmath> <cstdint> <filesystem> <fstream> <map> <optional> <set> <string> <string_view> <utility> <vector>)
    endif()
endfunction()

# Makes small trees with a link or an include that runs the wrong way and expects the check of .cmake/arrow.cmake to refuse each, by name.
# Run by ctest: cmake -DSOURCE=<this project> -DWORK=<an empty folder> -P arrow_test.cmake
cmake_policy(VERSION 3.24)

# expect(what WANT RESULT TEXT): WANT is "passes" or the words a refusal must contain.
function(expect what want result text)
    string(REGEX REPLACE "[ \n]+" " " flat "${text}")  # cmake wraps its messages
    string(FIND "${flat}" "${want}" at)
    if(want STREQUAL "passes" AND result EQUAL 0)
        message(STATUS "passes as it should: ${what}")
    elseif(NOT want STREQUAL "passes" AND NOT result EQUAL 0 AND NOT at EQUAL -1)
        message(STATUS "refused as it should be: ${what}")
    else()
        message(SEND_ERROR "${what}: expected '${want}', got exit ${result}:\n${text}")
    endif()
endfunction()

# A tree of one file a room, each including what it may, and then `file` with the line `include` added.
function(includes what want file include)
    set(tree ${WORK}/includes)
    file(REMOVE_RECURSE ${tree})
    file(WRITE ${tree}/engine/world/world.h "#pragma once\n#include <vector>\n")
    file(WRITE ${tree}/engine/base/money.h "#pragma once\n")
    file(WRITE ${tree}/agents/strategy.h "#include \"engine/world/world.h\"\n")
    file(WRITE ${tree}/gpu/batch.h "#include \"engine/base/money.h\"\n")
    file(WRITE ${tree}/gpu/cpu_batch.cpp "#include \"agents/strategy.h\"\n#include \"batch.h\"\n")
    file(WRITE ${tree}/game/payoffs.h "#include \"gpu/batch.h\"\n")
    file(WRITE ${tree}/viz/replay_panel.cpp "#include \"engine/world/world.h\"\n#include \"agents/strategy.h\"\n")
    file(WRITE ${tree}/cli/main.cpp "#include \"game/payoffs.h\"\n#include \"gpu/batch.h\"\n")
    file(APPEND ${tree}/${file} "${include}\n")
    execute_process(COMMAND ${CMAKE_COMMAND} -DROOT=${tree} -P ${SOURCE}/.cmake/arrow.cmake RESULT_VARIABLE result ERROR_VARIABLE text)
    expect("${what}" "${want}" "${result}" "${text}")
endfunction()

includes("a tree whose includes all run towards the engine" "passes" engine/base/money.h "")
includes("engine includes agents" "engine/base/money.h: includes agents/strategy.h" engine/base/money.h "#include \"agents/strategy.h\"")
includes("engine includes agents in angle brackets, indented" "includes agents/strategy.h" engine/base/money.h "  #  include <agents/strategy.h>")
includes("engine includes agents by a relative path" "includes agents/strategy.h" engine/world/world.h "#include \"../../agents/strategy.h\"")
includes("agents includes gpu" "includes gpu/batch.h" agents/strategy.h "#include \"gpu/batch.h\"")
includes("gpu includes game" "includes game/payoffs.h" gpu/batch.h "#include \"game/payoffs.h\"")
includes("viz includes gpu" "includes gpu/batch.h" viz/replay_panel.cpp "#include \"gpu/batch.h\"")
includes("viz includes game" "includes game/payoffs.h" viz/replay_panel.cpp "#include \"game/payoffs.h\"")
includes("game includes a world" "game never reaches this" game/payoffs.h "#include \"engine/world/world.h\"")
includes("game reaches a world through gpu and agents" "game/payoffs.h -> gpu/batch.h -> agents/strategy.h -> engine/world/world.h"
    gpu/batch.h "#include \"agents/strategy.h\"")
includes("engine includes what a macro names" "includes through a macro" engine/base/money.h "#include RULES_FILE")

# A project of one library a room, linked as allowed, and then the line `link` added to the root file before the arrow.
function(links what want link)
    set(tree ${WORK}/links)
    file(REMOVE_RECURSE ${tree})
    foreach(room engine agents gpu game viz cli third)
        file(WRITE ${tree}/${room}/CMakeLists.txt "add_library(rackrace_${room} INTERFACE)\nadd_library(rackrace::${room} ALIAS rackrace_${room})\n")
        string(APPEND rooms "add_subdirectory(${room})\n")
    endforeach()
    file(WRITE ${tree}/CMakeLists.txt "cmake_minimum_required(VERSION 3.24)\nproject(tree LANGUAGES NONE)\ninclude(${SOURCE}/.cmake/arrow.cmake)\n"
        "${rooms}"
        "target_link_libraries(rackrace_agents INTERFACE rackrace_engine)\n"
        "target_link_libraries(rackrace_gpu INTERFACE rackrace_agents)\n"
        "target_link_libraries(rackrace_game INTERFACE rackrace_gpu)\n"
        "target_link_libraries(rackrace_viz INTERFACE rackrace_agents)\n"
        "target_link_libraries(rackrace_cli INTERFACE rackrace_game rackrace_viz)\n"
        "${link}\nrackrace_arrow()\n")
    execute_process(COMMAND ${CMAKE_COMMAND} -G Ninja -S ${tree} -B ${tree}/build
        RESULT_VARIABLE result ERROR_VARIABLE text OUTPUT_QUIET)
    expect("${what}" "${want}" "${result}" "${text}")
endfunction()

links("a project whose links all run towards the engine" "passes" "")
links("engine links agents" "rackrace_engine links rackrace_agents of agents" "target_link_libraries(rackrace_engine INTERFACE rackrace_agents)")
links("engine links agents through a third" "rackrace_engine links rackrace_agents of agents"
    "target_link_libraries(rackrace_third INTERFACE rackrace_agents)\ntarget_link_libraries(rackrace_engine INTERFACE rackrace_third)")
links("agents links gpu inside a generator expression" "rackrace_agents links rackrace_gpu of gpu"
    "target_link_libraries(rackrace_agents INTERFACE $<$<CONFIG:Release>:rackrace_gpu>)")
links("viz links game by its alias" "rackrace_viz links rackrace_game of game" "target_link_libraries(rackrace_viz INTERFACE rackrace::game)")
links("engine takes the objects of cli" "rackrace_engine links rackrace_cli of cli" "target_sources(rackrace_engine INTERFACE $<TARGET_OBJECTS:rackrace_cli>)")

links("a project that is configured and then gets a wrong include" "passes" "")
file(WRITE ${WORK}/links/agents/strategy.h "#pragma once\n")
file(WRITE ${WORK}/links/engine/money.h "#include \"agents/strategy.h\"\n")
execute_process(COMMAND ${CMAKE_COMMAND} --build ${WORK}/links/build RESULT_VARIABLE result OUTPUT_VARIABLE text ERROR_VARIABLE more)
expect("the build of that project" "engine/money.h: includes agents/strategy.h" "${result}" "${text}${more}")

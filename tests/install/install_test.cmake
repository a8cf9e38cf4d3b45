# Installs BUILD into a folder of its own, builds the outside project against it and runs both programs.
# cmake -DBUILD=... -DOUTSIDE=tests/install -DCOMPILER=c++ -DGENERATOR=Ninja -DVERSION=0.1.0
#       -P install_test.cmake
set(place ${BUILD}/install-test)
set(prefix ${place}/prefix)
file(REMOVE_RECURSE ${place})

function(run)
  cmake_parse_arguments(PARSE_ARGV 0 run "" "OUTPUT" "COMMAND")
  execute_process(COMMAND ${run_COMMAND} WORKING_DIRECTORY ${place} OUTPUT_VARIABLE output ERROR_VARIABLE output
                  RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    list(JOIN run_COMMAND " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  if(run_OUTPUT AND NOT output MATCHES "${run_OUTPUT}")
    message(FATAL_ERROR "expected \"${run_OUTPUT}\", found:\n${output}")
  endif()
endfunction()

file(MAKE_DIRECTORY ${place})
run(COMMAND ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
file(GLOB libraries ${prefix}/lib/libpensim_*.a ${prefix}/lib/*/libpensim_*.a)
list(LENGTH libraries count)
if(NOT count EQUAL 2)
  message(FATAL_ERROR "expected libpensim_core.a and libpensim_sim.a, found: ${libraries}")
endif()
foreach(file include/pensim/core/basis/month.hpp include/pensim/core/law/decide.hpp
             include/pensim/sim/cases/decide_case.hpp include/pensim/sim/story/story.hpp
             share/pensim/scenarios/rules/law.json share/pensim/scenarios/data/areas.csv
             share/pensim/scenarios/cases/order-41.json share/pensim/scenarios/schema/cases.schema.json)
  if(NOT EXISTS ${prefix}/${file})
    message(FATAL_ERROR "${file} is not installed")
  endif()
endforeach()
file(GLOB program_headers ${prefix}/include/pensim/sim/app/*)
if(program_headers)
  message(FATAL_ERROR "headers of the program are installed: ${program_headers}")
endif()

run(COMMAND ${CMAKE_COMMAND} -S ${OUTSIDE} -B ${place}/outside -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
            -DCMAKE_PREFIX_PATH=${prefix} -DVERSION=${VERSION})
run(COMMAND ${CMAKE_COMMAND} --build ${place}/outside)
run(COMMAND ${place}/outside/outside OUTPUT "^pension GD")
run(COMMAND ${prefix}/bin/pensim check ${prefix}/share/pensim/scenarios/cases/order-41.json)
run(COMMAND ${prefix}/bin/pensim --version OUTPUT "^pensim ${VERSION}\n")

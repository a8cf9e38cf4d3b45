# Installs BUILD into a folder of its own, builds the outside project against it and runs both programs.
# cmake -DBUILD=... -DOUTSIDE=tests/install -DCOMPILER=c++ -DGENERATOR=Ninja -DVERSION=0.1.0
#       -P install_test.cmake
set(place ${BUILD}/install-test)
set(prefix ${place}/prefix)
file(REMOVE_RECURSE ${place})

file(MAKE_DIRECTORY ${place})
include(${CMAKE_CURRENT_LIST_DIR}/../support/run.cmake)

run(log ${CMAKE_COMMAND} --install ${BUILD} --prefix ${prefix})
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

run(log ${CMAKE_COMMAND} -S ${OUTSIDE} -B ${place}/outside -G ${GENERATOR} -DCMAKE_CXX_COMPILER=${COMPILER}
        -DCMAKE_PREFIX_PATH=${prefix} -DVERSION=${VERSION})
run(log ${CMAKE_COMMAND} --build ${place}/outside)
run(pension ${place}/outside/outside)
expect_match("${pension}" "^pension GD")
run(log ${prefix}/bin/pensim check ${prefix}/share/pensim/scenarios/cases/order-41.json)
run(version ${prefix}/bin/pensim --version)
expect_match("${version}" "^pensim ${VERSION}\n")

# Makes the Debian package of BUILD, looks into it, takes it apart into a folder of its own and uses what is in it.
# cmake -DBUILD=... -DVERSION=... -P package_test.cmake
set(place ${BUILD}/package-test)
set(root ${place}/root)
file(REMOVE_RECURSE ${place})
file(MAKE_DIRECTORY ${place})

include(${CMAKE_CURRENT_LIST_DIR}/../support/run.cmake)

run(log ${CMAKE_CPACK_COMMAND} --config ${BUILD}/CPackConfig.cmake -G DEB -B ${place})
file(GLOB packages RELATIVE ${place} ${place}/*.deb)
expect_match("${packages}" "^pensim_${VERSION}_[a-z0-9]+\\.deb$")
set(package ${place}/${packages})

# What it says of itself.
run(fields dpkg-deb --field ${package})
expect_match("${fields}" "(^|\n)Package: pensim\n")
expect_match("${fields}" "\nVersion: ${VERSION}\n")
run(depends dpkg-deb --field ${package} Depends)
foreach(library libc6 libstdc\\+\\+6 libfmt libtbb libxlsxwriter libssl zlib1g)
  expect_match("${depends}" "(^|, )${library}[^ ,]* ?")
endforeach()

# What is in it: all that a user needs, nothing else, everybody's to read.
run(contents dpkg-deb --contents ${package})
foreach(file bin/pensim share/man/man1/pensim.1.gz share/bash-completion/completions/pensim
             share/zsh/vendor-completions/_pensim share/fish/vendor_completions.d/pensim.fish
             share/doc/pensim/copyright share/doc/pensim/README.md share/doc/pensim/core/law/SOURCES.md
             share/pensim/scenarios/hmt.json share/pensim/scenarios/rules/law.json
             share/pensim/scenarios/data/areas.csv share/pensim/scenarios/cases/order-41.json
             share/pensim/scenarios/schema/cases.schema.json)
  expect_match("${contents}" " \\./usr/${file}\n")
endforeach()
if(contents MATCHES "/(include|lib|cmake)/|\\.hpp|\\.a\n|\\.py|\\.so")
  message(FATAL_ERROR "\"${CMAKE_MATCH_0}\" is in the package:\n${contents}")
endif()
string(REGEX REPLACE "\n$" "" lines "${contents}")
string(REPLACE "\n" ";" lines "${lines}")
foreach(line IN LISTS lines)
  expect_match("${line}" "^(-rw-r--r--|-rwxr-xr-x|drwxr-xr-x) root/root ")
endforeach()

run(extracted dpkg-deb -x ${package} ${root})
set(pensim ${root}/usr/bin/pensim)
run(sections readelf --sections --wide ${pensim})
if(sections MATCHES "\\.symtab")
  message(FATAL_ERROR "the program is not stripped")
endif()

# One version everywhere.
run(version ${pensim} --version)
expect_match("${version}" "^pensim ${VERSION}\n")
run(summary ${pensim} run small -o ${place}/small)
file(READ ${place}/small/manifest.json manifest)
string(JSON version GET "${manifest}" version)
if(NOT version STREQUAL VERSION)
  message(FATAL_ERROR "the manifest says ${version}, the project ${VERSION}")
endif()

# The man page: rendered without a warning, whole, and true.
run(page gzip --decompress --stdout ${root}/usr/share/man/man1/pensim.1.gz)
expect_match("${page}" "\n\\.TH PENSIM 1 \"\" \"pensim ${VERSION}\" ")
file(WRITE ${place}/pensim.1 "${page}")
run(warnings groff -man -Tutf8 -ww -z ${place}/pensim.1)
if(warnings)
  message(FATAL_ERROR "groff warns:\n${warnings}")
endif()
string(REPLACE "\\-" "-" page "${page}")
file(GLOB made RELATIVE ${place}/small ${place}/small/*)
foreach(file IN LISTS made)
  string(FIND "${page}" "${file}" found)
  if(found EQUAL -1)
    message(FATAL_ERROR "the man page does not name ${file}, which run leaves")
  endif()
endforeach()

# Its examples run as they stand, and the installed files are as good as the program's own.
string(REGEX REPLACE ".*\n\\.SH EXAMPLES\n" "" examples "${page}")
string(REGEX MATCHALL "\\\\fBpensim [^\n\\]*\\\\fR" examples "${examples}")
list(LENGTH examples count)
if(count LESS 8)
  message(FATAL_ERROR "expected 8 examples, found: ${examples}")
endif()
foreach(example IN LISTS examples)
  string(REGEX REPLACE "^\\\\fBpensim (.*)\\\\fR$" "\\1" words "${example}")
  separate_arguments(words UNIX_COMMAND "${words}")
  run(told ${pensim} ${words})
endforeach()
file(GLOB cases ${root}/usr/share/pensim/scenarios/cases/*.json)
run(checked ${pensim} check ${cases})
run(told ${pensim} run ${root}/usr/share/pensim/scenarios/small.json -o ${place}/again)
foreach(table flows locations areas)
  file(SHA256 ${place}/small/${table}.csv one)
  file(SHA256 ${place}/again/${table}.csv other)
  if(NOT one STREQUAL other)
    message(FATAL_ERROR "the installed scenario gives another ${table}.csv")
  endif()
endforeach()

# Made again, later and under another umask, it is the same file.
file(MAKE_DIRECTORY ${place}/again_made)
execute_process(COMMAND ${CMAKE_COMMAND} -E sleep 1.1)
run(log sh -c "umask 077 && TZ=Asia/Shanghai exec \"$0\" \"$@\"" ${CMAKE_CPACK_COMMAND}
        --config ${BUILD}/CPackConfig.cmake -G DEB -B ${place}/again_made)
run(same cmp ${package} ${place}/again_made/${packages})

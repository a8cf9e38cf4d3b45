# The report page: npm brings what it is drawn with, esbuild bundles it, and the bundle becomes C++. All of it happens
# in the build folder, and again only when an input changes. Sets page_bundle, a source file.
find_program(NODE node REQUIRED)
find_program(NPM npm REQUIRED)
set(page_source ${CMAKE_CURRENT_LIST_DIR})
set(page_build ${CMAKE_CURRENT_BINARY_DIR}/page)
set(page_bundle ${page_build}/bundle.cpp)

set(page_packages package.json package-lock.json .npmrc)
list(TRANSFORM page_packages PREPEND ${page_source}/ OUTPUT_VARIABLE page_package_inputs)
add_custom_command(OUTPUT ${page_build}/packages.stamp
  COMMAND ${CMAKE_COMMAND} -E make_directory ${page_build}
  COMMAND ${CMAKE_COMMAND} -E copy ${page_package_inputs} ${page_build}
  COMMAND ${CMAKE_COMMAND} -E chdir ${page_build}
          ${NPM} ci --ignore-scripts --no-audit --no-fund --no-update-notifier --loglevel=error
  COMMAND ${CMAKE_COMMAND} -E touch ${page_build}/packages.stamp
  DEPENDS ${page_package_inputs}
  COMMENT "Installing the page's packages")

file(GLOB_RECURSE page_inputs CONFIGURE_DEPENDS ${page_source}/src/*.js ${page_source}/src/*.css)
# The names go into the command: a file that is gone is a change as well.
string(SHA1 page_names "${page_inputs}")
add_custom_command(OUTPUT ${page_bundle}
  COMMAND ${CMAKE_COMMAND} -E rm -rf ${page_build}/src
  COMMAND ${CMAKE_COMMAND} -E copy_directory ${page_source}/src ${page_build}/src
  COMMAND ${CMAKE_COMMAND} -E copy ${page_source}/build.mjs ${page_build}
  COMMAND ${NODE} ${page_build}/build.mjs ${page_bundle} ${page_names}
  DEPENDS ${page_inputs} ${page_source}/build.mjs ${page_build}/packages.stamp
  COMMENT "Bundling the report page")
set_source_files_properties(${page_bundle} PROPERTIES COMPILE_OPTIONS -Wno-overlength-strings)

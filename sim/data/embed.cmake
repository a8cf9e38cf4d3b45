# Writes SHIPPED_CPP: every file of scenarios/ that the program carries, as a table of string literals.
# cmake -DSOURCE=scenarios -DOUTPUT=shipped_files.cpp -P embed.cmake
file(GLOB files RELATIVE ${SOURCE} ${SOURCE}/*.json ${SOURCE}/rules/*.json ${SOURCE}/data/*.csv ${SOURCE}/cases/*.json)
list(SORT files)
set(text "// Made from scenarios/ by embed.cmake.\n#include \"sim/data/shipped.hpp\"\n\n#include <array>\n\nnamespace pensim::data {\nnamespace {\nusing namespace std::string_view_literals;\nconstexpr auto files = std::to_array<ShippedFile>({\n")
foreach(name IN LISTS files)
  file(READ ${SOURCE}/${name} content)
  # A list separator in a file must not be taken for one of CMake's. The literal knows its length: a compiler that
  # counts characters gives up on long tables.
  string(APPEND text "    {\"${name}\", R\"pensim(${content})pensim\"sv},\n")
endforeach()
string(APPEND text "});\n} // namespace\n\nstd::span<ShippedFile const> shipped_files() { return files; }\n\n} // namespace pensim::data\n")
file(WRITE ${OUTPUT}.new "${text}")
file(COPY_FILE ${OUTPUT}.new ${OUTPUT} ONLY_IF_DIFFERENT)

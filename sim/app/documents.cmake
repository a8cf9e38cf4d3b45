# What the program tells of itself, once it is linked: the man page, and completions for shells.
find_program(GZIP gzip REQUIRED)
set(documents ${CMAKE_CURRENT_BINARY_DIR}/documents)
add_custom_command(TARGET pensim POST_BUILD
  COMMAND ${CMAKE_COMMAND} -E make_directory ${documents}
  COMMAND pensim manual > ${documents}/pensim.1
  COMMAND ${GZIP} -9 -n -f ${documents}/pensim.1
  COMMAND pensim completion bash > ${documents}/pensim.bash
  COMMAND pensim completion zsh > ${documents}/pensim.zsh
  COMMAND pensim completion fish > ${documents}/pensim.fish
  BYPRODUCTS ${documents}/pensim.1.gz ${documents}/pensim.bash ${documents}/pensim.zsh ${documents}/pensim.fish
  COMMENT "Man page and completions")

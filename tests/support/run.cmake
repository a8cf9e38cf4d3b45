# For tests that run commands in the folder `place` and look at what they print.

# run(VARIABLE COMMAND ...) keeps what the command prints, errors included.
function(run variable)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${place} OUTPUT_VARIABLE output ERROR_VARIABLE output
                  RESULT_VARIABLE status)
  if(NOT status EQUAL 0)
    list(JOIN ARGN " " command)
    message(FATAL_ERROR "${command}\nended with ${status}:\n${output}")
  endif()
  set(${variable} "${output}" PARENT_SCOPE)
endfunction()

function(expect_match text pattern)
  if(NOT text MATCHES "${pattern}")
    message(FATAL_ERROR "expected \"${pattern}\", found:\n${text}")
  endif()
endfunction()

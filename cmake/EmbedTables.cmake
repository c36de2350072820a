# Dialect tables become part of the program, so that the plugin opens no file.
# embed_tables(HEADER NAMESPACE TARGETS...): every tables/*.yaml of this folder, read and checked while the program is built, as a
# string_view named like the file, and `all` of them, in HEADER in the build folder. TARGETS include it.
function(embed_tables header namespace)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tables/*.yaml)
  set(made ${CMAKE_CURRENT_BINARY_DIR}/${header})
  add_custom_command(OUTPUT ${made} COMMAND embed-tables ${namespace} ${made} ${files} DEPENDS embed-tables ${files} VERBATIM)
  string(MAKE_C_IDENTIFIER ${namespace} name)
  add_custom_target(${name} DEPENDS ${made})
  foreach(target ${ARGN})
    if(TARGET ${target})
      add_dependencies(${target} ${name})
    endif()
  endforeach()
endfunction()

# winnow_add_plugin(NAME SOURCES file... [LIBRARIES target...]): one plugin library that exports one symbol and is never
# unmapped. Output name: NAME.so, without a "lib" prefix.
function(winnow_add_plugin name)
  set(script ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/winnow-plugin.version)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "" "SOURCES;LIBRARIES")
  if(NOT arg_SOURCES)
    message(FATAL_ERROR "winnow_add_plugin(${name}): SOURCES is missing")
  endif()
  add_library(${name} MODULE ${arg_SOURCES})
  target_link_libraries(${name} PRIVATE winnow::sdk ${arg_LIBRARIES})
  set_target_properties(${name} PROPERTIES PREFIX "" C_VISIBILITY_PRESET hidden CXX_VISIBILITY_PRESET hidden
    VISIBILITY_INLINES_HIDDEN ON CXX_EXTENSIONS OFF LINK_DEPENDS ${script})
  target_link_options(${name} PRIVATE -Wl,-z,now -Wl,-z,nodelete
    -Wl,--version-script=${script})
  if(NOT WINNOW_SANITIZE AND NOT WINNOW_FUZZ)  # sanitizers leave their symbols to the program
    target_link_options(${name} PRIVATE -Wl,-z,defs)
  endif()
  if(DEFINED WINNOW_PLUGIN_OUTPUT_DIRECTORY)
    set_target_properties(${name} PROPERTIES LIBRARY_OUTPUT_DIRECTORY ${WINNOW_PLUGIN_OUTPUT_DIRECTORY})
  endif()
endfunction()

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

# embed_table_texts(HEADER NAMESPACE): every tables/*.yaml of this folder as a string_view named like the file, and `all` of them, in
# HEADER in the build folder.
function(embed_table_texts header namespace)
  file(GLOB files CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/tables/*.yaml)
  set(names)
  set(out "// Made from tables/*.yaml.\n#pragma once\n\n#include <string_view>\n\nnamespace ${namespace} {\n\n")
  foreach(file ${files})
    get_filename_component(name ${file} NAME_WE)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${file})
    file(READ ${file} text)
    string(APPEND out "inline constexpr std::string_view ${name} = R\"yaml(${text})yaml\";\n\n")
    list(APPEND names ${name})
  endforeach()
  list(JOIN names ", " all)
  list(JOIN names "|" choice)
  string(APPEND out "inline constexpr std::string_view all[] = {${all}};\n/// The names, as the choices of an option.\n"
                    "inline constexpr char choices[] = \"auto|${choice}\";\n\n}  // namespace ${namespace}\n")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${header} CONTENT "@out@" @ONLY)
endfunction()

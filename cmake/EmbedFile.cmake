# A file becomes bytes of the program, however large it is; a literal of text has a length that compilers need not take.
# embed_file(HEADER NAMESPACE CONSTANT file): an array of its bytes, in HEADER in the build folder.
function(embed_file header namespace constant file)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${CMAKE_CURRENT_SOURCE_DIR}/${file})
  file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${file} bytes HEX)
  string(REGEX REPLACE "(................................................................)" "\\1\n" bytes "${bytes}")
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${bytes}")
  file(CONFIGURE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/${header}
    CONTENT "// Made from ${file}.\n#pragma once\n\nnamespace ${namespace} {\n\ninline constexpr unsigned char ${constant}[] = {\n@bytes@};\n\n}  // namespace ${namespace}\n" @ONLY)
endfunction()

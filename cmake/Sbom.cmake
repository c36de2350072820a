# winnow.spdx.json: what the program and its plugins are linked with, made from the built files (SPDX 2.3). Installed with the documents.
find_package(Python3 COMPONENTS Interpreter)
if(NOT Python3_FOUND)
  message(STATUS "no Python 3: no bill of materials (winnow.spdx.json)")
  return()
endif()
get_property(plugins GLOBAL PROPERTY WINNOW_BUILTIN_PLUGINS)
set(files $<TARGET_FILE:winnow>)
foreach(plugin ${plugins})
  list(APPEND files $<TARGET_FILE:${plugin}>)
endforeach()
add_custom_command(OUTPUT ${PROJECT_BINARY_DIR}/winnow.spdx.json
  COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/cmake/sbom.py --version ${PROJECT_VERSION} --output ${PROJECT_BINARY_DIR}/winnow.spdx.json
    --header-only nlohmann-json3-dev libboost-dev libsqlitecpp-dev libeigen3-dev -- ${files}
  DEPENDS winnow ${plugins} ${PROJECT_SOURCE_DIR}/cmake/sbom.py VERBATIM)
add_custom_target(sbom ALL DEPENDS ${PROJECT_BINARY_DIR}/winnow.spdx.json)
install(FILES ${PROJECT_BINARY_DIR}/winnow.spdx.json DESTINATION share/doc/winnow COMPONENT host)

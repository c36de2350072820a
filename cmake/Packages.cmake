# Packages: winnow (the program), winnow-plugins (what it can read, judge and write), winnow-sdk (headers, CMake package,
# pkg-config file, templates), winnow-debug (debug information of program and plugins). `cpack -G DEB` in the build folder makes them.
set(CPACK_PACKAGE_NAME winnow)
set(CPACK_PACKAGE_CONTACT "Winnow contributors <winnow@users.noreply.github.com>")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "plugin-based host for evidence reviews")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL host plugins sdk debug)
set(CPACK_DEBIAN_PACKAGE_SECTION science)
set(CPACK_DEBIAN_COMPRESSION_TYPE xz)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS OFF)  # the tests make packages on machines without the tools for it; they compare these lists with the files
set(CPACK_DEBIAN_HOST_PACKAGE_NAME winnow)
set(CPACK_DEBIAN_HOST_PACKAGE_DEPENDS
  "libc6, libgcc-s1, libstdc++6, libboost-program-options1.74.0, libnettle8, libsqlite3-0, libseccomp2, libxml2, libxxhash0, libyaml-cpp0.7, libzip4, zlib1g, python3")
set(CPACK_DEBIAN_HOST_PACKAGE_RECOMMENDS "winnow-plugins, libssl3, ca-certificates")  # the last two for https addresses
set(CPACK_DEBIAN_PLUGINS_PACKAGE_NAME winnow-plugins)
set(CPACK_DEBIAN_PLUGINS_PACKAGE_DEPENDS
  "winnow, libc6, libgcc-s1, libstdc++6, libcairo2, libcld2-0, libfreetype6, liblinear4, libnettle8, libre2-9, libxml2, libxxhash0, libyaml-cpp0.7, libzip4, zlib1g")
set(CPACK_DEBIAN_SDK_PACKAGE_NAME winnow-sdk)
set(CPACK_DEBIAN_SDK_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEBUG_PACKAGE_NAME winnow-debug)
set(CPACK_DEBIAN_DEBUG_PACKAGE_SECTION debug)
set(CPACK_DEBIAN_DEBUG_PACKAGE_DEPENDS "winnow, winnow-plugins")
set(CPACK_COMPONENT_HOST_DESCRIPTION
  "Carries a systematic or scoping review from the databases' export files to the flow diagram: one YAML file says where records come from, which steps they pass and what is written.")
set(CPACK_COMPONENT_PLUGINS_DESCRIPTION
  "What winnow can read (RIS, MEDLINE, PubMed, EndNote, CSV of databases ...), judge and write, one shared library each.")
set(CPACK_COMPONENT_SDK_DESCRIPTION
  "The C interface of plugins, its C++ headers, a CMake package, a pkg-config file and templates in four languages.")
set(CPACK_COMPONENT_DEBUG_DESCRIPTION
  "Of the program and its plugins, in .debug beside each, where gdb looks for it.")

# What each Debian package says of itself.
configure_file(packaging/deb/changelog.in packaging/changelog @ONLY)
execute_process(COMMAND gzip -9nc ${PROJECT_BINARY_DIR}/packaging/changelog OUTPUT_FILE ${PROJECT_BINARY_DIR}/packaging/changelog.gz COMMAND_ERROR_IS_FATAL ANY)
foreach(pair host:winnow plugins:winnow-plugins sdk:winnow-sdk debug:winnow-debug)
  string(REPLACE ":" ";" pair ${pair})
  list(GET pair 0 component)
  list(GET pair 1 package)
  install(FILES packaging/deb/copyright ${PROJECT_BINARY_DIR}/packaging/changelog.gz DESTINATION share/doc/${package} COMPONENT ${component})
endforeach()
include(CPack)

# The wheel for pip: `cmake --build build/release --target wheel`.
find_package(Python3 COMPONENTS Interpreter)
if(Python3_FOUND AND TARGET winnow AND TARGET builtin-plugins)
  set(prefix ${PROJECT_BINARY_DIR}/wheel/prefix)
  add_custom_target(wheel
    COMMAND ${CMAKE_COMMAND} -E rm -rf ${prefix}
    COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${prefix} --component host
    COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${prefix} --component plugins
    COMMAND ${CMAKE_COMMAND} --install ${PROJECT_BINARY_DIR} --prefix ${prefix} --component sdk
    COMMAND Python3::Interpreter ${PROJECT_SOURCE_DIR}/packaging/wheel/build.py --prefix ${prefix} --output ${PROJECT_BINARY_DIR}/wheel
    DEPENDS winnow builtin-plugins winnow_formats VERBATIM)
endif()

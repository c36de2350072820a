# Packages: winnow (the program), winnow-plugins (what it can read, judge and write), winnow-sdk (headers, CMake package,
# pkg-config file, templates). `cpack -G DEB` in the build folder makes the three.
set(CPACK_PACKAGE_NAME winnow)
set(CPACK_PACKAGE_CONTACT "Winnow contributors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_COMPONENTS_ALL host plugins sdk)
set(CPACK_DEBIAN_COMPRESSION_TYPE zstd)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS OFF)  # the tests make packages on machines without the tools for it; named below
set(CPACK_DEBIAN_HOST_PACKAGE_NAME winnow)
set(CPACK_DEBIAN_HOST_PACKAGE_DEPENDS
  "libc6, libstdc++6, libboost-filesystem1.74.0, libboost-program-options1.74.0, libyaml-cpp0.7, libsqlite3-0, libsqlitecpp0, libssl3, libseccomp2, libxml2, libzip4")
set(CPACK_DEBIAN_HOST_PACKAGE_RECOMMENDS winnow-plugins)
set(CPACK_DEBIAN_PLUGINS_PACKAGE_NAME winnow-plugins)
set(CPACK_DEBIAN_PLUGINS_PACKAGE_DEPENDS "winnow, libxml2, libcld2-0, libxxhash0, libre2-9, libyaml-cpp0.7")
set(CPACK_DEBIAN_SDK_PACKAGE_NAME winnow-sdk)
set(CPACK_DEBIAN_SDK_PACKAGE_ARCHITECTURE all)
include(CPack)

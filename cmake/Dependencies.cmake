# Every library of the tree, found in one place; docs/dependencies.md says why each. Each is linked only where it is used.
find_package(Threads REQUIRED)
find_package(PkgConfig REQUIRED)
find_package(Boost 1.74 REQUIRED COMPONENTS program_options filesystem system)
find_package(yaml-cpp 0.7 REQUIRED)
find_package(SQLite3 3.40 REQUIRED)
find_package(SQLiteCpp 3.2 REQUIRED)
find_package(LibXml2 2.9 REQUIRED)
find_package(nlohmann_json 3.11 REQUIRED)
find_package(ZLIB 1.2 REQUIRED)
find_package(Eigen3 3.4 REQUIRED NO_MODULE)
pkg_check_modules(libzip REQUIRED IMPORTED_TARGET libzip)
pkg_check_modules(nettle REQUIRED IMPORTED_TARGET nettle)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
pkg_check_modules(libseccomp REQUIRED IMPORTED_TARGET libseccomp)
pkg_check_modules(libxxhash REQUIRED IMPORTED_TARGET libxxhash)
pkg_check_modules(cairo REQUIRED IMPORTED_TARGET cairo cairo-ft cairo-pdf)
pkg_check_modules(freetype REQUIRED IMPORTED_TARGET freetype2)

# Its headers only: the system's library is loaded when an https address is fetched (host/index/Tls.hpp).
find_package(OpenSSL 3 REQUIRED)
add_library(openssl_headers INTERFACE)
target_include_directories(openssl_headers SYSTEM INTERFACE ${OPENSSL_INCLUDE_DIR})

# CLD2 brings neither a CMake package nor a pkg-config file.
find_library(CLD2_LIBRARY cld2 REQUIRED)
find_path(CLD2_INCLUDE_DIR cld2/public/compact_lang_det.h REQUIRED)
add_library(cld2::cld2 UNKNOWN IMPORTED)
set_target_properties(cld2::cld2 PROPERTIES
  IMPORTED_LOCATION ${CLD2_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${CLD2_INCLUDE_DIR})

# liblinear brings neither, too.
find_library(LIBLINEAR_LIBRARY linear REQUIRED)
find_path(LIBLINEAR_INCLUDE_DIR linear.h REQUIRED)
add_library(liblinear::liblinear UNKNOWN IMPORTED)
set_target_properties(liblinear::liblinear PROPERTIES
  IMPORTED_LOCATION ${LIBLINEAR_LIBRARY} INTERFACE_INCLUDE_DIRECTORIES ${LIBLINEAR_INCLUDE_DIR})

# What `winnow --version --json` names. Debian's re2 and FreeType do not say their versions to pkg-config.
set(WINNOW_LIBRARY_VERSIONS Boost=${Boost_VERSION_STRING} yaml-cpp=${yaml-cpp_VERSION} SQLite=${SQLite3_VERSION}
  SQLiteCpp=${SQLiteCpp_VERSION} libxml2=${LIBXML2_VERSION_STRING} Nettle=${nettle_VERSION}
  nlohmann-json=${nlohmann_json_VERSION} zlib=${ZLIB_VERSION_STRING} Eigen=${Eigen3_VERSION} libzip=${libzip_VERSION}
  libseccomp=${libseccomp_VERSION} xxHash=${libxxhash_VERSION} cairo=${cairo_cairo_VERSION})

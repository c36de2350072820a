# Compile and link settings of this tree, as one interface target: winnow_build.
add_library(winnow_build INTERFACE)
# Where files are read as one, a local name may be that of another file's constant.
set(shadow -Wshadow)
if(CMAKE_UNITY_BUILD)
  set(shadow $<$<CXX_COMPILER_ID:GNU>:-Wshadow=local>)
endif()
target_compile_options(winnow_build INTERFACE -Wall -Wextra -Wpedantic -Wconversion ${shadow}
  $<$<BOOL:${WINNOW_WERROR}>:-Werror> $<$<BOOL:${WINNOW_COVERAGE}>:--coverage>)
# g++ 12 warns of overlapping copies inside std::string::insert and operator+ that cannot happen (GCC bug 105651).
target_compile_options(winnow_build INTERFACE $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
target_link_options(winnow_build INTERFACE $<$<BOOL:${WINNOW_COVERAGE}>:--coverage>)

# Sanitizers go to every target, libraries of tests included: a half-sanitized program reports nonsense.
if(WINNOW_SANITIZE)
  add_compile_options(-fsanitize=${WINNOW_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  # A null pointer stops an instrumented program as it is, and object sizes are not known without optimisation; the checks
  # of each member's address took a quarter of the compiler's time.
  if(WINNOW_SANITIZE MATCHES undefined)
    add_compile_options(-fno-sanitize=null,alignment,vptr,object-size)
  endif()
  add_link_options(-fsanitize=${WINNOW_SANITIZE})
endif()

# What makes a fault hard to use: protected stacks, checked copies, relocations that are read-only once the program has started.
# tests/package/hardened.py looks for it in the linked files. Not -fcf-protection: Debian 12 links no program for it, and it costs time.
if(NOT WINNOW_SANITIZE AND NOT WINNOW_FUZZ AND NOT WINNOW_COVERAGE)
  add_compile_options(-fstack-protector-strong -fstack-clash-protection $<$<NOT:$<CONFIG:Debug>>:-D_FORTIFY_SOURCE=2>)
  include(CheckPIESupported)
  check_pie_supported()
  add_link_options(-Wl,-z,relro -Wl,-z,now)
  # A plugin takes of the libraries that are linked into it what it calls, function by function, not file by file.
  add_compile_options(-ffunction-sections -fdata-sections)
  add_link_options(-Wl,--gc-sections)
endif()

# The presets that build everything read up to sixteen files of a target as one: more than half of their time went into
# reading headers again. So no two files of a target (of a folder, where winnow_read_by_folder() is called) give something
# of their own the same name. Preset `dev` compiles file by file.
if(CMAKE_UNITY_BUILD)
  set(CMAKE_UNITY_BUILD_BATCH_SIZE 16)
  # GoogleTest and Boost ask for it in some targets, and a precompiled header is for those who all have it.
  add_compile_options(-pthread)
  # g++ takes what is unnamed in an included file for something of a header.
  add_compile_options($<$<COMPILE_LANG_AND_ID:CXX,GNU>:-Wno-subobject-linkage>)
endif()
# winnow_read_by_folder(TARGET): such a build reads the files of a folder as one, never those of two.
function(winnow_read_by_folder target)
  set_target_properties(${target} PROPERTIES UNITY_BUILD_MODE GROUP)
  get_target_property(sources ${target} SOURCES)
  foreach(source IN LISTS sources)
    get_filename_component(folder ${source} DIRECTORY)
    string(MAKE_C_IDENTIFIER "${folder}_" group)
    set_source_files_properties(${source} PROPERTIES UNITY_GROUP ${group})
  endforeach()
endfunction()

# winnow_fuzzed(): what is compiled in this folder counts its branches for the fuzzers. Everywhere else that would only take time.
function(winnow_fuzzed)
  if(WINNOW_FUZZ)
    add_compile_options(-fsanitize=fuzzer-no-link)
  endif()
endfunction()

# What runs once for a document or a command, not once for a record, is compiled for its size: a quarter less of the compiler's
# time and a third less to install. Empty where nothing is optimised.
if(NOT WINNOW_SANITIZE AND NOT WINNOW_FUZZ)
  set(WINNOW_FOR_SIZE $<$<CONFIG:RelWithDebInfo,Release>:-Os>)
endif()

# add_subdirectory(), what stands there compiled for its size.
function(winnow_subdirectory_for_size folder)
  get_directory_property(options COMPILE_OPTIONS)
  add_compile_options(${WINNOW_FOR_SIZE})
  add_subdirectory(${folder})
  set_directory_properties(PROPERTIES COMPILE_OPTIONS "${options}")
endfunction()

function(winnow_test_flags target)
  # g++ takes a fixture of an included file for one of a header.
  target_compile_options(${target} PRIVATE -O0 -U_FORTIFY_SOURCE $<$<CXX_COMPILER_ID:GNU>:-Wno-subobject-linkage>
    $<$<BOOL:${WINNOW_FUZZ}>:-fno-sanitize=fuzzer-no-link>)
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 8)
endfunction()

add_custom_target(units)  # the programs of unit tests

# winnow_test_program(TARGET TEST): a program of unit tests, which ctest plays as TEST, of those that WINNOW_UNITS means. Half
# of the time to build the tree went into optimising tests and into reading GoogleTest again for every file; what is tested
# keeps the flags of its build.
function(winnow_test_program target test)
  if(NOT target MATCHES "${WINNOW_UNITS}")
    set_target_properties(${target} PROPERTIES EXCLUDE_FROM_ALL ON)
  else()
    add_test(NAME ${test} COMMAND ${target})
    set_tests_properties(${test} PROPERTIES LABELS unit)
    add_dependencies(units ${target})
  endif()
  winnow_test_flags(${target})
  target_link_libraries(${target} PRIVATE GTest::gmock GTest::gtest_main)
  if(NOT CMAKE_UNITY_BUILD)
    return()
  endif()
  if(NOT TARGET winnow-test-headers)  # what nearly every test reads, read once
    file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/winnow_test_headers.cpp CONTENT "// Made by WinnowBuild.cmake: its target's headers are compiled once, for all tests.\nint main() {}\n")
    add_executable(winnow-test-headers ${PROJECT_BINARY_DIR}/winnow_test_headers.cpp)
    winnow_test_flags(winnow-test-headers)
    target_link_libraries(winnow-test-headers PRIVATE winnow::sdk winnow_build GTest::gmock)
    target_precompile_headers(winnow-test-headers PRIVATE <gmock/gmock.h> <gtest/gtest.h> <winnow/plugin.hpp>)
  endif()
  target_precompile_headers(${target} REUSE_FROM winnow-test-headers)
endfunction()

set(WINNOW_PLUGIN_DIR lib/winnow/plugins)
# The build tree mirrors the installed one, so that the program finds its plugins there too.
set(CMAKE_RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/bin)
set(WINNOW_PLUGIN_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${WINNOW_PLUGIN_DIR})

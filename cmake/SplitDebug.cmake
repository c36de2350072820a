# Installed programs are stripped; their debug information is a component of its own, `debug`: .debug/NAME.debug beside each
# program, where gdb and addr2line look for it. The build tree keeps everything.
option(WINNOW_SPLIT_DEBUG "Strip what is installed, with debug information in files of their own" ON)

# winnow_split_debug(TARGET FOLDER COMPONENT): after install(TARGETS) of a target into a folder of the prefix.
function(winnow_split_debug target folder component)
  if(NOT WINNOW_SPLIT_DEBUG OR NOT CMAKE_OBJCOPY OR WINNOW_SANITIZE OR NOT CMAKE_BUILD_TYPE MATCHES "^(Release|RelWithDebInfo|MinSizeRel)$")
    return()
  endif()
  set(split "set(objcopy \"${CMAKE_OBJCOPY}\")
    set(built \"$<TARGET_FILE:${target}>\")
    set(installed \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${folder}/$<TARGET_FILE_NAME:${target}>\")")
  install(CODE "${split}\n include(\"${PROJECT_SOURCE_DIR}/cmake/StripInstalled.cmake\")" COMPONENT ${component})
  install(CODE "${split}\n include(\"${PROJECT_SOURCE_DIR}/cmake/InstallDebug.cmake\")" COMPONENT debug)
endfunction()

# Part of cmake --install: the debug information of `built`, beside where it is installed.
get_filename_component(folder "${installed}" DIRECTORY)
get_filename_component(name "${installed}" NAME)
file(MAKE_DIRECTORY "${folder}/.debug")
message(STATUS "Installing: ${folder}/.debug/${name}.debug")
execute_process(COMMAND "${objcopy}" --only-keep-debug --compress-debug-sections "${built}" "${folder}/.debug/${name}.debug" COMMAND_ERROR_IS_FATAL ANY)

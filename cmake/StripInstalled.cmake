# Part of cmake --install: strips `installed` and names its debug file, which the component `debug` installs. The file is made
# here as well, for its checksum: objcopy makes the same bytes of the same program.
string(RANDOM LENGTH 12 random)
get_filename_component(name "${installed}" NAME)
set(folder "${installed}.${random}")
file(MAKE_DIRECTORY "${folder}")
execute_process(COMMAND "${objcopy}" --only-keep-debug --compress-debug-sections "${built}" "${folder}/${name}.debug" COMMAND_ERROR_IS_FATAL ANY)
execute_process(COMMAND "${objcopy}" --strip-unneeded --remove-section=.gnu_debuglink "--add-gnu-debuglink=${folder}/${name}.debug" "${installed}" COMMAND_ERROR_IS_FATAL ANY)
file(REMOVE_RECURSE "${folder}")

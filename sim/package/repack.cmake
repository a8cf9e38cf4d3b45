# Read by cpack when the package is made: folders and the archive's own parts have modes by the umask of whoever makes
# it. Here everything in it becomes everybody's to read, and dpkg-deb makes the archive anew.
foreach(package IN LISTS CPACK_PACKAGE_FILES)
  execute_process(COMMAND sh -e -c "umask 022
rm -rf \"$0.parts\"
dpkg-deb --raw-extract \"$0\" \"$0.parts\"
chmod --recursive u=rwX,go=rX \"$0.parts\"
dpkg-deb --root-owner-group --threads-max=1 -Zxz --build \"$0.parts\" \"$0\"
rm -rf \"$0.parts\"" ${package}
                  COMMAND_ERROR_IS_FATAL ANY OUTPUT_QUIET)
endforeach()

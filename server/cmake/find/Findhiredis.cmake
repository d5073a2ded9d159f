# hiredis → hiredis::hiredis. Debian's and upstream's own packages differ in their targets, so its files are looked for.
find_path(hiredis_INCLUDE_DIR hiredis/read.h)
find_library(hiredis_LIBRARY hiredis)
include(FindPackageHandleStandardArgs)
find_package_handle_standard_args(hiredis REQUIRED_VARS hiredis_LIBRARY hiredis_INCLUDE_DIR)
mark_as_advanced(hiredis_INCLUDE_DIR hiredis_LIBRARY)
if(hiredis_FOUND AND NOT TARGET hiredis::hiredis)
  add_library(hiredis::hiredis UNKNOWN IMPORTED)
  set_target_properties(hiredis::hiredis PROPERTIES IMPORTED_LOCATION ${hiredis_LIBRARY}
    INTERFACE_INCLUDE_DIRECTORIES ${hiredis_INCLUDE_DIR})
endif()

# cmake --install, in two components: `program` (what a user needs) and `dev` (what a C++ program that links the library
# needs).
include(GNUInstallDirs)

# The library can be installed where its own dependencies were found installed, as those who link it need them too.
set(from_system ON)
foreach(name IN ITEMS fmt spdlog simdjson re2 hiredis httplib)
  if(DEFINED ${name}_SOURCE_DIR)
    set(from_system OFF)
  endif()
endforeach()
option(VAULT_MOCK_INSTALL_DEV "Install library, header and CMake package" ${from_system})

# program ---------------------------------------------------------------------------------------------
install(TARGETS vault-mock COMPONENT program)
install(DIRECTORY fixtures DESTINATION ${CMAKE_INSTALL_DATADIR}/vault-mock COMPONENT program)
install(FILES README.md CHANGELOG.md LICENSE DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program)
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/THIRD-PARTY.txt DESTINATION ${CMAKE_INSTALL_DOCDIR} COMPONENT program OPTIONAL)
install(FILES ${CMAKE_CURRENT_LIST_DIR}/vault-mock.service DESTINATION lib/systemd/user COMPONENT program)

# The manual page and the completions are written by the program itself, so it must run here.
if(NOT CMAKE_CROSSCOMPILING OR CMAKE_CROSSCOMPILING_EMULATOR)
  set(written "")
  # written_by_program(FILE FOLDER NAME WORDS...): the output of those words, installed as FOLDER/NAME.
  function(written_by_program FILE FOLDER NAME)
    add_custom_command(OUTPUT ${FILE} COMMAND vault-mock ${ARGN} > ${FILE} DEPENDS vault-mock VERBATIM)
    install(FILES ${CMAKE_CURRENT_BINARY_DIR}/${FILE} DESTINATION ${FOLDER} RENAME ${NAME} COMPONENT program)
    set(written ${written} ${CMAKE_CURRENT_BINARY_DIR}/${FILE} PARENT_SCOPE)
  endfunction()
  set(share ${CMAKE_INSTALL_DATADIR})
  written_by_program(vault-mock.1 ${CMAKE_INSTALL_MANDIR}/man1 vault-mock.1 manual)
  written_by_program(vault-mock.bash ${share}/bash-completion/completions vault-mock completion bash)
  written_by_program(vault-mock.zsh ${share}/zsh/vendor-completions _vault-mock completion zsh)
  written_by_program(vault-mock.fish ${share}/fish/vendor_completions.d vault-mock.fish completion fish)
  add_custom_target(vault-mock-pages ALL DEPENDS ${written})
endif()

# dev -------------------------------------------------------------------------------------------------
if(VAULT_MOCK_INSTALL_DEV)
  include(CMakePackageConfigHelpers)
  set(package ${CMAKE_INSTALL_LIBDIR}/cmake/vault-mock)
  set_target_properties(vault-mock-lib PROPERTIES EXPORT_NAME vault-mock)
  install(TARGETS vault-mock-lib EXPORT vault-mock-targets COMPONENT dev)
  install(FILES server/vault-mock/server.hpp DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/vault-mock COMPONENT dev)
  install(EXPORT vault-mock-targets NAMESPACE vault-mock:: DESTINATION ${package} COMPONENT dev)
  configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/vault-mock-config.cmake.in
    ${CMAKE_CURRENT_BINARY_DIR}/vault-mock-config.cmake INSTALL_DESTINATION ${package})
  write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/vault-mock-config-version.cmake
    COMPATIBILITY SameMinorVersion)
  install(FILES ${CMAKE_CURRENT_BINARY_DIR}/vault-mock-config.cmake
    ${CMAKE_CURRENT_BINARY_DIR}/vault-mock-config-version.cmake DESTINATION ${package} COMPONENT dev)
  install(DIRECTORY ${CMAKE_CURRENT_LIST_DIR}/find DESTINATION ${package} COMPONENT dev)
endif()

# Packages --------------------------------------------------------------------------------------------
# cpack -G DEB: vault-mock and, from a build with the system's libraries, libvault-mock-dev. cpack -G TGZ: the program and
# its files in one folder, wherever it is unpacked. Made of the preset `release`, both run on any Linux of the processor.
string(TOLOWER ${CMAKE_SYSTEM_NAME} system)
set(CPACK_PACKAGE_NAME vault-mock)
set(CPACK_PACKAGE_VENDOR "Vault Mock")
set(CPACK_PACKAGE_CONTACT "Vault Mock <vault-mock@localhost>")
set(CPACK_PACKAGE_DIRECTORY ${CMAKE_CURRENT_SOURCE_DIR}/build/packages)
set(CPACK_PACKAGE_FILE_NAME vault-mock-${PROJECT_VERSION}-${system}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_ARCHIVE_COMPONENT_INSTALL ON)
file(WRITE ${CMAKE_CURRENT_BINARY_DIR}/cpack.cmake [[
if(CPACK_GENERATOR STREQUAL "TGZ")
  set(CPACK_COMPONENT_INCLUDE_TOPLEVEL_DIRECTORY ON)
endif()
]])
set(CPACK_PROJECT_CONFIG_FILE ${CMAKE_CURRENT_BINARY_DIR}/cpack.cmake)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_COMPONENTS_GROUPING IGNORE)
set(CPACK_STRIP_FILES ON)
set(CPACK_ARCHIVE_PROGRAM_FILE_NAME ${CPACK_PACKAGE_FILE_NAME})
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME vault-mock)
if(NOT VAULT_MOCK_STATIC)
  set(CPACK_DEBIAN_PROGRAM_PACKAGE_SHLIBDEPS ON)
endif()
if(CMAKE_CROSSCOMPILING)  # else it is that of this system
  string(REPLACE aarch64 arm64 CPACK_DEBIAN_PACKAGE_ARCHITECTURE ${CMAKE_SYSTEM_PROCESSOR})
endif()
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "Local fake of Apideck's Vault API
 Answers the calls of Apideck's Vault API as the hosted service does, without
 network, secrets or quotas: for integration tests, front ends offline and
 demonstrations of error handling.")
set(CPACK_DEBIAN_DEV_PACKAGE_NAME libvault-mock-dev)
set(CPACK_DEBIAN_DEV_PACKAGE_SECTION libdevel)
set(CPACK_DEBIAN_DEV_PACKAGE_DEPENDS
  "libcpp-httplib-dev, libfmt-dev, libspdlog-dev, libssl-dev, libsimdjson-dev, libre2-dev, libhiredis-dev, zlib1g-dev, pkg-config")
set(CPACK_DEBIAN_DEV_DESCRIPTION "Local fake of Apideck's Vault API, for C++ tests
 The library and header that start a mock inside a C++ test.")
if(VAULT_MOCK_INSTALL_DEV)
  list(APPEND CPACK_COMPONENTS_ALL dev)
endif()
include(CPack)

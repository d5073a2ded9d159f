# What the program is built from: what the system has (find_package, and pkg-config where Debian offers no more), else
# the releases pinned here, from upstream. FETCHCONTENT_SOURCE_DIR_<NAME> puts a folder of yours in place of one, and
# FETCHCONTENT_TRY_FIND_PACKAGE_MODE=NEVER takes all of them from upstream.
#
#   VAULT_MOCK_STATIC   one file that runs on any Linux of the same processor. Debian has cpp-httplib, fmt, simdjson and
#                       spdlog as shared libraries only, so this needs folders with their sources (cmake/debian-source).
option(VAULT_MOCK_STATIC "Link everything into the program" OFF)

list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR}/find)
set(CMAKE_POLICY_VERSION_MINIMUM 3.5)  # some releases ask for a CMake older than what CMake 4 still imitates
if(VAULT_MOCK_STATIC)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  add_compile_options(-ffunction-sections -fdata-sections)
  set(OPENSSL_USE_STATIC_LIBS ON)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)  # every system has a package of it, and of the next
find_package(ZLIB REQUIRED)

include(FetchContent)
# pinned(NAME REPOSITORY TAG [find_package's arguments...])
function(pinned NAME REPOSITORY TAG)
  FetchContent_Declare(${NAME} GIT_REPOSITORY https://github.com/${REPOSITORY}.git GIT_TAG ${TAG} GIT_SHALLOW ON
    SYSTEM FIND_PACKAGE_ARGS ${ARGN})
endfunction()
pinned(nlohmann_json nlohmann/json v3.11.3)
pinned(fmt fmtlib/fmt 11.1.1)
pinned(spdlog gabime/spdlog v1.15.3)
pinned(tl-expected TartanLlama/expected v1.1.0)
pinned(CLI11 CLIUtils/CLI11 v2.6.1)
pinned(valijson tristanpenman/valijson v1.0)  # for the tests alone: the referee of our JSON Schema
pinned(simdjson simdjson/simdjson v3.0.1)
pinned(re2 google/re2 2022-06-01)  # the last years' releases need abseil as well
pinned(hiredis redis/hiredis v1.2.0)
pinned(httplib yhirose/cpp-httplib v0.18.7)

# What upstream would build or install besides.
set(FMT_INSTALL OFF CACHE INTERNAL "")
set(SPDLOG_FMT_EXTERNAL ON CACHE INTERNAL "")
set(EXPECTED_BUILD_TESTS OFF CACHE INTERNAL "")
set(RE2_BUILD_TESTING OFF CACHE INTERNAL "")
set(DISABLE_TESTS ON CACHE INTERNAL "")  # of hiredis, and the next, which it would turn on for all
set(BUILD_SHARED_LIBS OFF CACHE BOOL "Build what comes from upstream as shared libraries")
set(HTTPLIB_INSTALL OFF CACHE INTERNAL "")
set(HTTPLIB_REQUIRE_OPENSSL ON CACHE INTERNAL "")
foreach(codec IN ITEMS ZLIB BROTLI ZSTD)
  set(HTTPLIB_USE_${codec}_IF_AVAILABLE OFF CACHE INTERNAL "")
endforeach()
set(CMAKE_UNITY_BUILD ON)  # what is compiled here: a third of the time
FetchContent_MakeAvailable(nlohmann_json fmt spdlog tl-expected CLI11 simdjson re2 httplib)
unset(CMAKE_UNITY_BUILD)
FetchContent_MakeAvailable(hiredis)  # in C, which one source for all would break
foreach(name IN ITEMS nlohmann_json fmt spdlog tl-expected cli11 simdjson re2 hiredis httplib)
  if(DEFINED ${name}_SOURCE_DIR)
    set_property(DIRECTORY ${${name}_SOURCE_DIR} PROPERTY EXCLUDE_FROM_ALL ON)  # of "all" and of the installation
  endif()
endforeach()

if(DEFINED hiredis_SOURCE_DIR)  # its headers are in hiredis/ only once they are installed
  if(NOT TARGET hiredis::hiredis)
    add_library(hiredis::hiredis ALIAS hiredis)
  endif()
  file(MAKE_DIRECTORY ${CMAKE_BINARY_DIR}/hiredis)
  file(CREATE_LINK ${hiredis_SOURCE_DIR} ${CMAKE_BINARY_DIR}/hiredis/hiredis SYMBOLIC)
  get_target_property(hiredis hiredis::hiredis ALIASED_TARGET)
  target_include_directories(${hiredis} INTERFACE $<BUILD_INTERFACE:${CMAKE_BINARY_DIR}/hiredis>)
endif()
if(DEFINED httplib_SOURCE_DIR)
  get_target_property(httplib httplib::httplib ALIASED_TARGET)
  target_include_directories(${httplib} BEFORE INTERFACE $<BUILD_INTERFACE:${CMAKE_CURRENT_LIST_DIR}/httplib>)
endif()
if(VAULT_MOCK_STATIC)
  foreach(library IN ITEMS fmt simdjson spdlog)
    get_target_property(type ${library}::${library} TYPE)
    if(TARGET PkgConfig::cpp-httplib OR type STREQUAL SHARED_LIBRARY)
      message(FATAL_ERROR "A static program cannot link the system's cpp-httplib, fmt, simdjson and spdlog, which are shared "
        "libraries. Name folders with their sources: -DFETCHCONTENT_SOURCE_DIR_HTTPLIB=FOLDER, and the same with FMT, SIMDJSON "
        "and SPDLOG. (Debian: server/cmake/debian-source FOLDER cpp-httplib fmtlib simdjson spdlog)")
    endif()
  endforeach()
endif()
if(VAULT_MOCK_TESTS)
  FetchContent_MakeAvailable(valijson)
  if(TARGET ValiJSON::valijson)
    set(VAULT_MOCK_VALIJSON ValiJSON::valijson)
  else()
    set(VAULT_MOCK_VALIJSON valijson)
  endif()
endif()

# All that the library is compiled with.
set(VAULT_MOCK_LIBRARIES nlohmann_json::nlohmann_json tl::expected CLI11::CLI11 Threads::Threads
  OpenSSL::SSL OpenSSL::Crypto ZLIB::ZLIB fmt::fmt spdlog::spdlog simdjson::simdjson re2::re2
  hiredis::hiredis httplib::httplib)

# What the program is built from: what the system has (find_package, and pkg-config where Debian offers no more), else
# the releases pinned here, from upstream. FETCHCONTENT_SOURCE_DIR_<NAME> puts a folder of yours in place of one, and
# FETCHCONTENT_TRY_FIND_PACKAGE_MODE=NEVER takes all of them from upstream.
#
#   VAULT_MOCK_HEADER_ONLY  fmt and spdlog are compiled in from their headers. For what does not fit the system's compiled
#                           libraries: another C++ standard library (libc++), or a static program.
#   VAULT_MOCK_STATIC       one file that runs on any Linux of the same processor. Implies the former.
option(VAULT_MOCK_STATIC "Link everything into the program" OFF)
option(VAULT_MOCK_HEADER_ONLY "Compile fmt and spdlog in from their headers" ${VAULT_MOCK_STATIC})

list(APPEND CMAKE_MODULE_PATH ${CMAKE_CURRENT_LIST_DIR}/find)
set(CMAKE_POLICY_VERSION_MINIMUM 3.5)  # some releases ask for a CMake older than what CMake 4 still imitates
if(VAULT_MOCK_STATIC)
  set(CMAKE_POSITION_INDEPENDENT_CODE ON)
  set(OPENSSL_USE_STATIC_LIBS ON)
  set(CMAKE_FIND_LIBRARY_SUFFIXES .a)
endif()

find_package(Threads REQUIRED)
find_package(OpenSSL REQUIRED)  # every system has a package of it

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
pinned(httplib yhirose/cpp-httplib v0.18.7)

# What upstream would build or install besides.
set(FMT_INSTALL OFF CACHE INTERNAL "")
set(SPDLOG_FMT_EXTERNAL ON CACHE INTERNAL "")
set(EXPECTED_BUILD_TESTS OFF CACHE INTERNAL "")
set(RE2_BUILD_TESTING OFF CACHE INTERNAL "")
set(HTTPLIB_INSTALL OFF CACHE INTERNAL "")
set(HTTPLIB_REQUIRE_OPENSSL ON CACHE INTERNAL "")
foreach(codec IN ITEMS ZLIB BROTLI ZSTD)
  set(HTTPLIB_USE_${codec}_IF_AVAILABLE OFF CACHE INTERNAL "")
endforeach()
FetchContent_MakeAvailable(nlohmann_json fmt spdlog tl-expected CLI11 simdjson re2 httplib)

if(VAULT_MOCK_HEADER_ONLY)
  # spdlog's own target of this kind links the compiled fmt.
  add_library(vault-mock-spdlog INTERFACE)
  get_target_property(spdlog_headers spdlog::spdlog_header_only INTERFACE_INCLUDE_DIRECTORIES)
  target_include_directories(vault-mock-spdlog SYSTEM INTERFACE ${spdlog_headers})
  target_compile_definitions(vault-mock-spdlog INTERFACE SPDLOG_FMT_EXTERNAL)
  target_link_libraries(vault-mock-spdlog INTERFACE fmt::fmt-header-only Threads::Threads)
  set(VAULT_MOCK_LOGGING fmt::fmt-header-only vault-mock-spdlog)
  get_target_property(simdjson_type simdjson::simdjson TYPE)
  if(TARGET PkgConfig::cpp-httplib OR simdjson_type STREQUAL SHARED_LIBRARY)
    message(FATAL_ERROR "This build cannot link the system's httplib and simdjson, which are shared libraries. Name folders "
      "with their sources: -DFETCHCONTENT_SOURCE_DIR_HTTPLIB=FOLDER -DFETCHCONTENT_SOURCE_DIR_SIMDJSON=FOLDER. "
      "(Debian: server/cmake/debian-source FOLDER cpp-httplib simdjson)")
  endif()
else()
  set(VAULT_MOCK_LOGGING fmt::fmt spdlog::spdlog)
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
  OpenSSL::SSL OpenSSL::Crypto ${VAULT_MOCK_LOGGING} simdjson::simdjson re2::re2 httplib::httplib)

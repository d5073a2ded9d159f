# embed_files(TARGET FILE...) compiles each FILE (a path in the source tree) into TARGET, byte for byte, and makes
#
#     std::string_view vault_mock::text::embedded_file("server/contract/openapi.json");
#
# find it by that path (text/embedded.hpp). A file that changes is embedded anew by the next build.
function(embed_files TARGET)
  set(entries "")
  set(arrays "")
  set(index 0)
  foreach(path IN LISTS ARGN)
    set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${path})
    file(READ ${CMAKE_CURRENT_SOURCE_DIR}/${path} hex HEX)
    string(REGEX REPLACE "(..)" "0x\\1," bytes "${hex}")
    string(APPEND arrays "constexpr unsigned char bytes_${index}[] = {${bytes}0};\n")
    string(APPEND entries
           "    {\"${path}\", {reinterpret_cast<const char*>(bytes_${index}), sizeof bytes_${index} - 1}},\n")
    math(EXPR index "${index} + 1")
  endforeach()
  set(generated ${CMAKE_CURRENT_BINARY_DIR}/embedded.cpp)
  file(CONFIGURE OUTPUT ${generated} @ONLY CONTENT
"// Made by server/embed.cmake. Do not edit.
#include \"text/embedded.hpp\"

namespace vault_mock::text {
namespace {
@arrays@
const EmbeddedFile kFiles[] = {
@entries@};
}  // namespace

std::span<const EmbeddedFile> embedded_files() { return kFiles; }
}  // namespace vault_mock::text
")
  target_sources(${TARGET} PRIVATE ${generated})
endfunction()

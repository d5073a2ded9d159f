// Whether what is printed on a terminal has colors.
#pragma once

namespace vault_mock::app {

enum class Paint { plain, colored };

// Of standard output: colored where it is a terminal that can show colors, and NO_COLOR is not set
// (no-color.org).
Paint paint_of_output();

}  // namespace vault_mock::app

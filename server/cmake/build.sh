# shellcheck shell=sh
# Part of ./dev: configuring and building the CMake presets, with the log in a file.

# quietly NAME COMMAND...: runs the command with its output in build/logs/NAME.log, and on a terminal one line that moves.
# When it fails, the last lines of the log follow, and where it is.
quietly() {
  log=$root/build/logs/$1.log
  shift
  mkdir -p "${log%/*}"
  if [ -t 2 ]; then moving "$@"; else "$@" >"$log" 2>&1; fi && return
  failure=$?
  tail -n 30 "$log" >&2
  say "That failed. The whole log: $log"
  return "$failure"
}

# moving COMMAND...: its output into $log, and the last line of it on the terminal, with the seconds so far. An empty line
# is a tick of the clock; the last line tells the exit code.
moving() {
  began=$(date +%s) shown=''
  : >"$log"
  {
    while sleep 1; do echo; done 2>/dev/null &
    "$@" 2>&1 && ended=0 || ended=$?
    kill $! || true
    printf '\nexit code: %s\n' "$ended"
  } | {
    while IFS= read -r line; do
      case $line in
        '') ;;
        'exit code: '*) break ;;
        *)
          shown=$line
          printf '%s\n' "$line" >>"$log"
          ;;
      esac
      printf '\r\033[K%5s s  %.60s' "$(($(date +%s) - began))" "$shown" >&2
    done
    printf '\r\033[K' >&2
    case $line in 'exit code: '*) exit "${line#exit code: }" ;; *) exit 1 ;; esac
  }
}

# build PRESET [TARGET...]: configures when that was never done or the presets changed; ninja sees to the rest.
build() {
  folder=$root/build/$1
  if command -v ccache >/dev/null 2>&1; then
    export CMAKE_CXX_COMPILER_LAUNCHER=ccache CCACHE_SLOPPINESS=pch_defines,time_macros  # as precompiled headers need
  fi
  if [ ! -f "$folder/build.ninja" ] || [ -n "$(find "$root/CMakePresets.json" -newer "$folder/build.ninja")" ]; then
    configure "$1" || return
  fi
  shift
  cmake --build "$folder" ${1:+--target "$@"}
}

# The presets release and libcxx compile what Debian has only as libraries that do not fit, from Debian's sources.
configure() {
  preset=$1
  case $1 in
    release)
      if ! sources cpp-httplib fmtlib simdjson spdlog; then
        echo 'The sources of cpp-httplib, fmtlib, simdjson and spdlog cannot be had from apt: the program will use the shared libraries.'
        need "$shared_libraries"
        preset=shared
      fi
      ;;
    libcxx) sources cpp-httplib fmtlib simdjson spdlog re2 && re2_tables || return ;;
  esac
  (cd "$root" && cmake --fresh --preset "$preset" -B "$root/build/$1")
}

sources() { "$root/server/cmake/debian-source" "$root/build/sources" "$@"; }

# Debian's re2 leaves out the tables that are made from Unicode's data.
re2_tables() {
  [ -f "$root/build/sources/re2/re2/unicode_groups.cc" ] ||
    make -s -C "$root/build/sources/re2" REBUILD_TABLES=1 \
      re2/perl_groups.cc re2/unicode_casefold.cc re2/unicode_groups.cc
}

# build_program: what ./dev run starts. The first time takes minutes (250 s of processor time, and the packages), so that
# is said beforehand.
build_program() {
  if [ ! -x "$root/build/release/vault-mock" ]; then
    processors=$(getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)
    minutes=$(((30 + 250 / processors + 59) / 60))
    say "The first time, this installs what is missing and builds the program: about $minutes minutes (processors: $processors)."
  fi
  need "$to_build_release"
  quietly release build release vault-mock
}

package() {
  rm -rf "$root/build/packages"
  build release && build shared && (cd "$root/build/release" && cpack -G DEB && cpack -G TGZ) &&
    (cd "$root/build/shared" && cpack -G DEB -D CPACK_COMPONENTS_ALL=dev) || return
  rm -rf "$root/build/packages/_CPack_Packages"
  ls -l "$root/build/packages"
}

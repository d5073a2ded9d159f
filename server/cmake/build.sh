# shellcheck shell=sh
# Part of ./dev: configuring and building the CMake presets, with the log in a file.

# quietly NAME COMMAND...: runs the command with its output in build/logs/NAME.log, and on a terminal one line that moves;
# without a terminal a line now and then. When it fails, the last lines of the log follow, and where it is.
quietly() {
  case $2 in build) alone run_quietly "$@" ;; *) run_quietly "$@" ;; esac
}

run_quietly() {
  log=$root/build/logs/$1.log
  doing=building
  [ "$1" != packages ] || doing=installing
  shift
  mkdir -p "${log%/*}"
  if [ -t 2 ]; then moving "$@"; else telling "$@"; fi && return
  failure=$?
  tail -n 30 "$log" >&2
  say "That failed. The whole log: $log"
  return "$failure"
}

locked=''

# alone COMMAND...: while no other ./dev of this checkout builds. (Where flock is missing, nothing is kept apart.)
alone() {
  if [ -n "$locked" ] || ! command -v flock >/dev/null 2>&1; then
    "$@"
    return
  fi
  mkdir -p "$root/build"
  {
    flock -n 9 || { say 'Another ./dev is building here; waiting for it.' && flock 9; }
    locked=yes
    "$@" && ended=0 || ended=$?
    locked=''
  } 9>"$root/build/.lock"
  return "$ended"
}

# telling COMMAND...: its output into $log, and every 20 (or DEV_TELL_SECONDS) seconds how far it is: "building: 60 s, 31 of 62 steps".
telling() {
  began=$(date +%s)
  : >"$log"
  # Without the lock and the output of ./dev, for the last sleep outlives it.
  while sleep "${DEV_TELL_SECONDS:-20}" >/dev/null 2>&1 9>&- && kill -0 $$ 2>/dev/null; do
    say "$doing: $(($(date +%s) - began)) s$(tail -n 1 "$log" | sed -n 's/^\[\([0-9]*\)\/\([0-9]*\)\].*/, \1 of \2 steps/p')"
  done &
  teller=$!
  "$@" >"$log" 2>&1 && ended=0 || ended=$?
  kill "$teller" 2>/dev/null && wait "$teller" 2>/dev/null || true
  return "$ended"
}

# in_short LINE: of a step of ninja its number and the file, "[46/62] unity_3_cxx.cxx"; of others all.
in_short() {
  case $1 in
    '['*/*'] '*)
      file=${1#*'] '}
      file=${file##*/}
      printf '%s] %s' "${1%%']'*}" "${file%.o}"
      ;;
    *) printf '%s' "$1" ;;
  esac
}

# moving COMMAND...: its output into $log, and the last line of it on the terminal, with the seconds so far. An empty line
# is a tick of the clock; the last line tells the exit code.
moving() {
  began=$(date +%s) shown=''
  : >"$log"
  {
    while sleep 1 9>&-; do echo; done 2>/dev/null &
    "$@" 2>&1 && ended=0 || ended=$?
    kill $! || true
    printf '\nexit code: %s\n' "$ended"
  } | {
    while IFS= read -r line; do
      case $line in
        '') ;;
        'exit code: '*) break ;;
        *)
          shown=$(in_short "$line")
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
build() { alone build_preset "$@"; }

build_preset() {
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

# The presets release, arm64 and libcxx compile what Debian has only as libraries that do not fit, from Debian's sources.
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
    arm64) sources cpp-httplib fmtlib simdjson spdlog && sysroot "$root/build/sysroot-arm64" || return ;;
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

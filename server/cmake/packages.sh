# shellcheck shell=sh
# Part of ./dev: the packages that a build needs, as Debian names them, and how missing ones are installed.
# "tool:package" counts as there when the tool is on the PATH, whoever put it there; a plain name is asked of dpkg.

# What Debian has as shared libraries only: the preset release compiles their sources instead, which dpkg-source unpacks.
shared_libraries='libcpp-httplib-dev libfmt-dev libsimdjson-dev libspdlog-dev'
to_compile='c++:g++ cmake:cmake ninja:ninja-build pkg-config:pkg-config
  nlohmann-json3-dev libcli11-dev libexpected-dev libssl-dev libre2-dev libhiredis-dev
  zlib1g-dev'
to_build_release="$to_compile dpkg-source:dpkg-dev"
to_build_shared="$to_compile $shared_libraries"
command -v apt-get >/dev/null 2>&1 || to_build_release=$to_build_shared
to_build_libcxx="$to_build_release clang++-19:clang-19 libc++-19-dev libc++abi-19-dev make:make perl:perl
  python3:python3 unicode-data"

# need "ITEM..." ["PACKAGE..."]: installs the packages that are not there yet; of the second list, those that apt offers.
need() {
  [ "${DEV_INSTALL:-yes}" != no ] || return 0
  missing='' all='' libraries=''
  for item in $1; do
    all="$all ${item#*:}"
    case $item in
      *:*) command -v "${item%%:*}" >/dev/null 2>&1 || missing="$missing ${item#*:}" ;;
      *) libraries="$libraries $item" ;;
    esac
  done
  if ! command -v apt-get >/dev/null 2>&1; then
    say 'There is no apt here to install packages with. What this needs, by the names Debian gives it:'
    say " $all"
    say 'Install them in your own way (headers included), then run with DEV_INSTALL=no.'
    exit 2
  fi
  # shellcheck disable=SC2086  # a list of words
  present=$(dpkg-query -W -f '${db:Status-Abbrev} ${Package}\n' $libraries ${2:-} 2>/dev/null | sed -n 's/^ii *//p') || true
  for library in $libraries; do
    printf '%s\n' "$present" | grep -qxF "$library" || missing="$missing $library"
  done
  wished=''
  for package in ${2:-}; do
    printf '%s\n' "$present" | grep -qxF "$package" || wished="$wished $package"
  done
  [ -n "$missing$wished" ] || return 0

  if [ "$(id -u)" = 0 ]; then
    sudo=''
  elif command -v sudo >/dev/null 2>&1; then
    sudo=sudo
    sudo -v || exit 2  # asks for the password before the line that moves
  elif [ -z "$missing" ]; then
    say "Not installed, so the tests that need them are skipped:$wished"
    return 0
  else
    say "Missing:$missing"
    say 'Installing that needs root, and there is no sudo here. As root, run:'
    say "  apt-get install$missing"
    exit 2
  fi
  if [ -n "$missing" ]; then
    say "Installing:$missing"
    # shellcheck disable=SC2086
    if ! quietly packages apt_install $missing; then
      say "apt-get could not install all of:$missing"
      say 'The names are those of Debian 12 and Ubuntu 24.04; older releases lack some of them.'
      exit 2
    fi
  fi
  offered=''
  for package in $wished; do
    if apt-cache show "$package" >/dev/null 2>&1; then offered="$offered $package"
    else say "apt offers no $package here: the tests that need it are skipped."; fi
  done
  if [ -n "$offered" ]; then
    say "Installing for some of the tests:$offered"
    # shellcheck disable=SC2086
    quietly packages apt_install $offered || say 'They could not be installed: the tests that need them are skipped.'
  fi
}

apt_install() { apt update && apt -y --no-install-recommends install "$@"; }

apt() { $sudo env DEBIAN_FRONTEND=noninteractive apt-get -o DPkg::Lock::Timeout=300 -o Dpkg::Use-Pty=0 -q "$@"; }

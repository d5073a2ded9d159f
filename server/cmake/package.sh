# shellcheck shell=sh
# Part of ./dev: the packages of a release, in build/packages/. Two builds of one commit on the same system give the same
# bytes: no package holds the time or the folder of its making.

# For the other processor on x86-64: Debian's cross compiler, the libraries in a folder of their own, and qemu, which runs
# what was built.
to_cross='aarch64-linux-gnu-g++:g++-aarch64-linux-gnu qemu-aarch64-static:qemu-user-static mmdebstrap:mmdebstrap'
to_package="$to_build_release $shared_libraries file:file node:nodejs npm:npm python3:python3"
[ "$(uname -m)" != x86_64 ] || to_package="$to_package $to_cross"

# sysroot FOLDER: Debian's libraries for 64-bit ARM, unpacked and not installed.
sysroot() {
  [ ! -d "$1" ] || return 0
  # shellcheck source=/dev/null
  suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
  mmdebstrap --quiet --architectures=arm64 --variant=extract \
    --include=libssl-dev,libre2-dev,libhiredis-dev,zlib1g-dev,libstdc++-12-dev,nlohmann-json3-dev,libexpected-dev,libcli11-dev \
    "$suite" "$1.part" && mv "$1.part" "$1"
}

# What a release consists of; of the program's own version.
package() {
  packages=$root/build/packages
  SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git -C "$root" log -1 --format=%ct 2>/dev/null || stat -c %Y "$root/CHANGELOG.md")}
  export SOURCE_DATE_EPOCH
  rm -rf "$packages"
  mkdir -p "$packages"
  package_program release || return
  [ "$(uname -m)" != x86_64 ] || package_program arm64 || return
  quietly shared build shared &&
    quietly package cpack_in shared -G DEB -D CPACK_COMPONENTS_ALL=dev || return
  package_clients || return
  (cd "$packages" && rm -rf _CPack_Packages && sha256sum -- * >SHA256SUMS) || return
  ls -l "$packages"
}

cpack_in() { (cd "$root/build/$1" && shift && cpack "$@"); }

# package_program PRESET: the program of one processor, alone and in the packages that hold nothing else.
package_program() {
  quietly "$1" build "$1" && "$root/server/cmake/parts" notices "$1" >"$root/build/$1/THIRD-PARTY.txt" &&
    quietly package cpack_in "$1" -G DEB && quietly package cpack_in "$1" -G TGZ &&
    "$root/server/cmake/parts" sbom "$1" >"$packages/$(name_of "$1").cdx.json"
}

# stripped PRESET: the program as it is in every package, with the notices of its libraries beside it. Prints its path.
stripped() {
  folder=$root/build/$1/stripped
  tool=strip
  [ "$1" != arm64 ] || tool=aarch64-linux-gnu-strip
  mkdir -p "$folder" && "$tool" -o "$folder/vault-mock" "$root/build/$1/vault-mock" &&
    cp "$root/build/$1/THIRD-PARTY.txt" "$folder/" && echo "$folder/vault-mock"
}

# package_clients: those of npm, pip and Composer, with the programs.
package_clients() {
  case $(uname -m) in
    x86_64) set -- "linux-x64=$(stripped release)" "linux-arm64=$(stripped arm64)" ;;
    *) set -- "linux-arm64=$(stripped release)" ;;
  esac
  quietly package node "$root/clients/node/pack.mjs" "$packages" "$@" &&
    quietly package "$root/clients/python/pack" "$packages" "$@" &&
    quietly package "$root/clients/php/pack" "$packages"
}

# name_of PRESET: of its packages, vault-mock-0.2.0-linux-aarch64.
name_of() { sed -n 's/^set(CPACK_PACKAGE_FILE_NAME "\(.*\)")$/\1/p' "$root/build/$1/CPackConfig.cmake"; }

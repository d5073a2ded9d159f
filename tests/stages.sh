# shellcheck shell=sh
# Part of ./dev: the tests, in stages of which each adds to the count, and the packages that they and the other checks need.

to_test="$to_build_release $shared_libraries ccache:ccache libgtest-dev libvalijson-dev node:nodejs npm:npm ca-certificates
  curl:curl script:bsdutils fish:fish zsh:zsh mandoc:mandoc openssl:openssl ip:iproute2 mmdebstrap:mmdebstrap
  dpkg-shlibdeps:dpkg-dev file:file"
# For the packages in other languages, the examples of the README and Schemathesis, 50 MB, and for replicas a store and two
# balancers; what apt does not offer is named, and its tests skipped.
wished_to_test='python3-pytest python3-venv php-cli php-illuminate-http php-guzzlehttp-guzzle phpunit composer
  redis-server haproxy nginx'
to_build_tests="$to_build_shared ccache:ccache libgtest-dev libvalijson-dev"
to_lint="$to_build_tests clang++:clang clang-format:clang-format clang-tidy:clang-tidy shellcheck:shellcheck"
to_load="$to_build_release wrk:wrk node:nodejs"
to_profile="$to_build_release valgrind:valgrind node:nodejs"
to_fuzz="$to_build_shared clang++:clang libclang-rt-dev"
to_image='buildah:buildah mmdebstrap:mmdebstrap ccache:ccache curl:curl unshare:util-linux'

need_for_tests() {
  [ -n "${CHROMIUM:-}" ] || to_test="$to_test chromium:chromium"
  need "$to_test" "$wished_to_test"
}

results=$root/build/test-results
selected='' failed_stages='' skipped_stages='' passed=0 failed=0 not_run=0

heading() { printf '\n=== %s ===\n' "$1"; }

# stage NAME COMMAND...: runs it under a heading, goes on when it fails, and adds up the tests that its runner
# wrote to $results/NAME (GoogleTest's XML, node's TAP). A stage without a single passed test has failed, unless what
# its tests need is not here: then it is named as skipped.
stage() {
  name=$1
  shift
  case " $selected " in '  ' | *" $name "*) ;; *) return 0 ;; esac
  heading "$name"
  mkdir -p "$results/$name"
  bad=0
  "$@" || bad=1
  # shellcheck disable=SC2046  # three numbers
  set -- $(find "$results/$name" -type f -exec cat {} + | awk '
    function count(key) { return match($0, key "=\"[0-9]+") ? substr($0, RSTART + length(key) + 2, RLENGTH) + 0 : 0 }
    /^<testsuites / { lost = count("failures") + count("errors"); f += lost; p += count("tests") - lost - count("disabled") }
    /^# pass [0-9]/ { p += $3 }
    /^# (fail|cancelled) [0-9]/ { f += $3 }
    /^# skipped [0-9]/ { s += $3 }
    END { print p + 0, f + 0, s + 0 }')
  passed=$((passed + $1)) failed=$((failed + $2)) not_run=$((not_run + $3))
  if [ "$bad$1$2" = 000 ] && [ "$3" -gt 0 ]; then skipped_stages="$skipped_stages $name"; return 0; fi
  if [ "$bad" = 0 ] && [ "$1" -gt 0 ] && [ "$2" = 0 ]; then return 0; fi
  failed_stages="$failed_stages $name"
  [ "$2" -gt 0 ] || failed=$((failed + 1))
}

# What is tested: a build with tests, and the program that ships. A sanitizer has its own, and a command to start them with.
tested=dev targets=all program=$root/build/release/vault-mock programs='all instructions' starter='' skipped=''

unit() {
  # shellcheck disable=SC2086  # a list of words
  quietly "$tested" build "$tested" $targets &&
    GTEST_OUTPUT="xml:$results/unit/" $starter ctest --test-dir "$root/build/$tested" --output-on-failure --no-tests=error
}

# The claims that docker/check prints, kept for the count.
image() {
  { "$root/docker/check" || echo '# fail 1'; } | tee "$results/image/check.tap"
  ! grep -q '^# fail [1-9]' "$results/image/check.tap"
}

# These measure, read or pack, and run no program of ours but their own.
skipped_by_sanitizers='architecture bench composer npm package pip image'

node_tests_in() { find "$1" -name node_modules -prune -o -name '*.test.*js' -print | sort; }

# node_tests FOLDER: its *.test.js files. The npm packages of one folder serve others too (the README's examples).
node_tests() {
  for lock in "$root"/tests/*/package-lock.json; do install_packages "${lock%/*}" || return; done
  files=$(node_tests_in "$1")
  # shellcheck disable=SC2086  # a list of files without blanks
  (cd "$root" && VAULT_MOCK="$program" $starter node --test \
    --test-reporter=spec --test-reporter-destination=stdout \
    --test-reporter=tap --test-reporter-destination="$results/$name/node.tap" $files)
}

# The same with the other transport. The scenarios choose theirs themselves.
over_httplib() { TEST_TRANSPORT=httplib node_tests "$1"; }

# The library for other programs is that of the build with tests.
package_tests() { quietly "$tested" build "$tested" && node_tests "$1"; }

# Schemathesis in a folder of its own, anew when its list of packages changes. Where Python cannot make such a folder its
# tests are skipped, and say so.
install_schemathesis() {
  wanted=$root/tests/schemathesis/requirements.txt venv=$root/build/schemathesis
  cmp -s "$wanted" "$venv/installed.txt" && return
  rm -rf "$venv"
  if ! { python3 -c 'import sys; sys.exit(sys.version_info < (3, 10))' && python3 -m venv "$venv"; } >/dev/null 2>&1; then
    rm -rf "$venv"
    return 0
  fi
  "$venv/bin/python" -m pip install --quiet --disable-pip-version-check --requirement "$wanted" && cp "$wanted" "$venv/installed.txt"
}

schemathesis_tests() { install_schemathesis && node_tests "$1"; }

# install_packages FOLDER: npm ci, unless the lock file is the one installed last.
install_packages() {
  cmp -s "$1/package-lock.json" "$1/node_modules/.installed-lock.json" && return
  (cd "$1" && npm ci --no-audit --no-fund --loglevel=error) &&
    cp "$1/package-lock.json" "$1/node_modules/.installed-lock.json"
}

# Each on a line, in their order.
stage_names() {
  echo unit
  for folder in "$root"/tests/*/; do
    folder=${folder%/}
    case " $skipped " in *" ${folder##*/} "*) continue ;; esac
    [ -n "$(node_tests_in "$folder")" ] || continue
    echo "${folder##*/}"
    case ${folder##*/} in clients | hostile | tls) echo "${folder##*/}-httplib" ;; esac
  done
  case " $skipped " in
    *' image '*) ;;
    *) if command -v buildah >/dev/null 2>&1; then echo image; fi ;;
  esac
}

run_tests() {
  selected=$* passed=0 failed=0 not_run=0 failed_stages='' skipped_stages=''
  rm -rf "$results"
  mkdir -p "$results/reports"
  preset=$(basename "${program%/*}")
  heading "$preset build"
  # shellcheck disable=SC2086  # a list of words
  quietly "$preset" build "$preset" $programs || { printf '\nFailed: %s build\n0 passed, 1 failed\n' "$preset"; return 1; }
  for one in $(stage_names); do
    case $one in
      unit | image) stage "$one" "$one" ;;
      schemathesis) stage schemathesis schemathesis_tests "$root/tests/schemathesis" ;;
      package) stage package package_tests "$root/tests/package" ;;
      *-httplib) stage "$one" over_httplib "$root/tests/${one%-httplib}" ;;
      *) stage "$one" node_tests "$root/tests/$one" ;;
    esac
  done
  printf '\n'
  [ -z "$skipped_stages" ] || printf 'Skipped as a whole:%s\n' "$skipped_stages"
  [ -z "$failed_stages" ] || printf 'Failed:%s\n' "$failed_stages"
  printf '%s passed, %s failed, %s skipped\n' "$passed" "$failed" "$not_run"
  [ "$failed" = 0 ] && [ "$passed" != 0 ]
}

# sanitize asan|tsan [STAGE...]: every test, with reports in a folder. A report of a program that a test ended otherwise
# would be lost, so that one report fails the run.
sanitize() {
  tested=$1 targets='vault-mock unit-tests scenario-tests' program=$root/build/$1/vault-mock programs=vault-mock
  skipped=$skipped_by_sanitizers
  results=$root/build/$1-results
  shift
  reports=$results/reports
  # Address space randomisation of newer kernels is more than g++ 12's ThreadSanitizer can take.
  if setarch -R true 2>/dev/null; then starter='setarch -R'; fi
  export ASAN_OPTIONS="log_path=$reports/asan" UBSAN_OPTIONS="log_path=$reports/ubsan:print_stacktrace=1"
  export TSAN_OPTIONS="log_path=$reports/tsan:suppressions=$root/tests/support/tsan-suppressions"
  clean=0
  run_tests "$@" || clean=1
  found=$(find "$reports" -type f 2>/dev/null)
  [ -n "$found" ] || return "$clean"
  heading "reports of $tested"
  # shellcheck disable=SC2086  # a list of files without blanks
  head -n 40 $found
  say "Reports: $(printf '%s\n' "$found" | wc -l), in $reports"
  return 1
}

#!/bin/sh
# connections.sh BUILD [SECONDS [ROUNDS]]: our connection layer against stock httplib, in turns. For each number of
# keep-alive connections: answers per second, and the processor time of an answer (which other work on the machine
# disturbs less), as medians of the rounds.
set -eu
build=$1 seconds=${2:-2} rounds=${3:-5}
here=$(dirname "$0")
scratch=$(mktemp -d)
pids=
trap 'kill $pids 2>/dev/null || true; rm -rf "$scratch"' EXIT

start() {  # NAME
  "$build/tests/bench/$1" >"$scratch/$1" & pids="$pids $!"
  echo $! >"$scratch/$1.pid"
  until [ -s "$scratch/$1" ]; do sleep 0.05; done
}
ticks() { awk '{ print $14 + $15 }' "/proc/$(cat "$scratch/$1.pid")/stat"; }  # of 10 ms
run() {  # NAME CONNECTIONS → connections name rate microseconds
  threads=2; [ "$2" -lt 2 ] && threads=1
  before=$(ticks "$1")
  wrk -t$threads -c"$2" -d"${seconds}s" -s "${SCRIPT:-$here/post.lua}" "http://127.0.0.1:$(cat "$scratch/$1")" >"$scratch/out"
  awk -v c="$2" -v n="$1" -v used=$(($(ticks "$1") - before)) '
    / requests in / { requests = $1 } /Requests\/sec/ { rate = $2 } /Socket errors|Non-2xx/ { print > "/dev/stderr" }
    END { print c, n, rate, used * 10000 / requests }' "$scratch/out"
}
start stock_server
start constant_server
for connections in ${CONNECTIONS:-1 8 64}; do
  for round in $(seq "$rounds"); do
    run stock_server "$connections"
    run constant_server "$connections"
  done
done >"$scratch/runs"
for connections in ${CONNECTIONS:-1 8 64}; do
  for name in stock_server constant_server; do
    for field in 3 4; do
      awk -v c="$connections" -v n="$name" -v f=$field '$1 == c && $2 == n { print $f }' "$scratch/runs" | sort -n |
        awk '{ v[NR] = $1 } END { printf "%s ", v[int((NR + 1) / 2)] }'
    done
  done | awk -v c="$connections" '{ printf "%4d connections: stock %6.0f/s %6.1f us, ours %6.0f/s %6.1f us, ratio %.2f, of time %.2f\n", c, $1, $2, $3, $4, $3 / $1, $2 / $4 }'
done

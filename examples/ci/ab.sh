#!/usr/bin/env bash
# Compare a server as it is with what may take its place, in turns on this machine. Exit code 99: it got worse.
#
#   examples/ci/ab.sh base/server.js candidate/server.js [options of bench ab]
#
# BENCH is how bench is called; the report goes to stdout, the record to bench-ab.json.
set -euo pipefail

base=${1:?the server as it is}
candidate=${2:?what may take its place}
shift 2

# shellcheck disable=SC2086 # it may be several words
exec ${BENCH:-npx --yes cluster-bench} ab --base "$base" --candidate "$candidate" --output bench-ab.json "$@"

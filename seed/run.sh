#!/bin/sh
# Starts a server, loads the NSOC data, shows a tour and stays until Ctrl-C.
#   seed/run.sh BIN_DIR DATA_DIR HOST:PORT
set -eu
bin=$1 data=$2 address=$3
here=$(dirname "$0")
PATH=$bin:$PATH
export PATH

# What the server logs, also kept for this script: on the address alone another server
# could answer.
scratch=$(mktemp -d)
mkfifo "$scratch/pipe"
(trap '' INT TERM; exec tee "$scratch/log" <"$scratch/pipe" >&2) &
tee=$!
labgraphd --data "$data" --listen "$address" 2>"$scratch/pipe" &
server=$!
stop() {
  trap - INT TERM EXIT
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" || true
  wait "$tee" || true
  rm -r "$scratch"
  exit "${1:-0}"
}
trap 'stop 0' INT TERM
trap 'stop 1' EXIT

# The server listens within a moment, or ends saying why it cannot.
tries=0
until grep -q ' listening on ' "$scratch/log" 2>/dev/null; do
  kill -0 "$server" 2>/dev/null || stop 1
  tries=$((tries + 1))
  [ "$tries" -lt 300 ] || { echo "The server does not start." >&2; stop 1; }
  sleep 0.1
done
LABGRAPH_SERVER=$(sed -n 's/.* listening on //p' "$scratch/log")
export LABGRAPH_SERVER

labgraph-seed "$here/nsoc"
"$here/tour.sh"
echo
echo "labgraphd serves $LABGRAPH_SERVER with the data in $data; Ctrl-C stops it."
wait "$server"

#!/bin/sh
# Starts a server, loads the NSOC data, shows a tour and stays until Ctrl-C.
#   seed/run.sh BIN_DIR DATA_DIR HOST:PORT
set -eu
bin=$1 data=$2 address=$3
here=$(dirname "$0")
PATH=$bin:$PATH
export PATH LABGRAPH_SERVER="$address"

labgraphd --data "$data" --listen "$address" &
server=$!
stop() {
  trap - INT TERM EXIT
  kill -TERM "$server" 2>/dev/null || true
  wait "$server" || true
  exit "${1:-0}"
}
trap 'stop 0' INT TERM
trap 'stop 1' EXIT

# The server answers within a moment, or ends saying why it cannot.
tries=0
until labgraph --timeout 1s info >/dev/null 2>&1; do
  kill -0 "$server" 2>/dev/null || { trap - EXIT; wait "$server" || exit 1; exit 1; }
  tries=$((tries + 1))
  [ "$tries" -lt 150 ] || { echo "The server does not answer on $address." >&2; stop 1; }
  sleep 0.2
done

labgraph-seed "$here/nsoc"
"$here/tour.sh"
echo
echo "labgraphd serves $address with the data in $data; Ctrl-C stops it."
wait "$server"

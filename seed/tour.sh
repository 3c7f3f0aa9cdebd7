#!/bin/sh
# Asks a running server with the NSOC data a few questions and shows the answers.
# Needs labgraph on the PATH; LABGRAPH_SERVER names the server.
set -eu
address=${LABGRAPH_SERVER:-127.0.0.1:50051}

ask() { # ask QUESTION GRPCURL_METHOD GRPCURL_JSON LABGRAPH_ARGUMENT...
  question=$1 method=$2 json=$3
  shift 3
  line=labgraph
  for word in "$@"; do
    case $word in *[!a-zA-Z0-9_./:=-]*) word="'$word'" ;; esac
    line="$line $word"
  done
  printf '\n%s\n  $ %s\n' "$question" "$line"
  printf "  \$ grpcurl -plaintext -d '%s' %s labgraph.v1.GraphService/%s\n" \
    "$json" "$address" "$method"
  labgraph "$@" | sed 's/^/    /'
}

ask 'Who developed the fieldlab method?' ListNeighbors \
  '{"id": "method/fieldlab-method", "predicates": ["developed_by"]}' \
  neighbors method/fieldlab-method --predicate developed_by
ask 'Into what was Caterpillar merged, and since when as far as known?' ListStatements \
  '{"subject": "lab/caterpillar", "predicates": ["merged_into"]}' \
  statements --subject lab/caterpillar --predicate merged_into
ask 'Which labs touch drugs, and along which path?' Traverse \
  '{"start": ["commodity/drugs"], "steps": [{"predicates": ["involves"], "direction": "DIRECTION_IN"}, {"predicates": ["targets"], "direction": "DIRECTION_IN", "kinds": ["lab"]}], "include_paths": true}' \
  traverse commodity/drugs --in involves --in targets --kind lab --paths
ask 'Which labs existed on 1 January 2022, and how certainly?' ListStatements \
  '{"predicates": ["existed"], "read": {"valid_at": "2022-01-01"}}' \
  statements --predicate existed --at 2022-01-01
ask 'How is Exit connected with Switch-off, other than by being NSOC-labs?' FindPaths \
  '{"from": ["lab/exit"], "to": ["lab/switch-off"], "predicates": ["targets", "involves"]}' \
  path lab/exit lab/switch-off --predicate targets,involves
ask 'Which labs target a crime and the very place that it leads to?' MatchPattern \
  '{"variables": [{"name": "lab", "kinds": ["lab"]}, {"name": "crime"}, {"name": "place"}], "edges": [{"from": "lab", "to": "crime", "predicates": ["targets"]}, {"from": "crime", "to": "place", "predicates": ["has_destination"]}, {"from": "lab", "to": "place", "predicates": ["targets_place"]}]}' \
  match ':lab -targets-> crime -has_destination-> place' 'lab -targets_place-> place'

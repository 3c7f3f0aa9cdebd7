#!/usr/bin/env python3
"""The questions that the NSOC data are to answer, asked with labgraph and with grpcurl; the
C++ client asks them in client/examples/ask_questions.cc.

  questions_test.py BIN_DIR
"""

import json
import shutil
import sys

import server as servers

IN = "DIRECTION_IN"
LABS_2021 = ["lab/cash-cows", "lab/exit", "lab/heet-ijzer", "lab/switch-off"]
ENDED = ["lab/caterpillar", "lab/geen-id"]
LABS_2022 = [f"lab/nsoc-lab-2022-{n}" for n in range(1, 6)]


def existed(day, certainty, labs, not_labs):
    """A question about existence on a day."""
    return (f"which labs existed on {day}: {certainty}",
            ["statements", "--predicate", "existed", "--at", day, "--certainty", certainty,
             "--all"],
            "ListStatements",
            {"predicates": ["existed"], "page_size": 1000,
             "read": {"valid_at": day, "certainty": "CERTAINTY_" + certainty.upper()}},
            [f'"{lab}"' for lab in labs] + ["document/nsoc-labs-page"],
            [f'"{lab}"' for lab in not_labs])


# Question, labgraph's arguments, method, request, what the answer has, what it has not.
QUESTIONS = [
    ("who developed the fieldlab method",
     ["neighbors", "method/fieldlab-method", "--out", "--predicate", "developed_by"],
     "ListNeighbors",
     {"id": "method/fieldlab-method", "predicates": ["developed_by"]},
     ["university/harvard-university", "university/tilburg-university", "P1.5"],
     ["collaboration/nsoc"]),
    ("into what was Caterpillar merged, and since when as far as known",
     ["statements", "--subject", "lab/caterpillar", "--predicate", "merged_into"],
     "ListStatements",
     {"subject": "lab/caterpillar", "predicates": ["merged_into"]},
     ["programme/approach-tbml", "inmiddels", '"2021-06-01"', '"2023-04-30"', "B1.2"], []),
    ("which labs touch drugs, and along which path",
     ["traverse", "commodity/drugs", "--in", "involves", "--in", "targets", "--kind", "lab",
      "--paths"],
     "Traverse",
     {"start": ["commodity/drugs"], "include_paths": True,
      "steps": [{"predicates": ["involves"], "direction": IN},
                {"predicates": ["targets"], "direction": IN, "kinds": ["lab"]}]},
     ["lab/exit", "lab/switch-off", "crime_phenomenon/illegal-export",
      "crime_phenomenon/port-drug-smuggling"],
     ["lab/caterpillar", "lab/heet-ijzer"]),
    # With --certainty possible the answer includes the certain ones.
    existed("2022-01-01", "certain", LABS_2021, ENDED + LABS_2022),
    existed("2022-01-01", "possible", LABS_2021 + ENDED, LABS_2022),
    existed("2023-06-01", "certain", LABS_2022, LABS_2021 + ENDED),
    existed("2023-06-01", "possible", LABS_2022 + LABS_2021, ENDED),
    ("what the five labs of November 2022 are about",
     ["neighbors", "lab_cohort/cohort-2022", "--out", "--predicate", "in_sector,in_domain"],
     "ListNeighbors",
     {"id": "lab_cohort/cohort-2022", "direction": "DIRECTION_OUT",
      "predicates": ["in_sector", "in_domain"]},
     ["sector/financial-service-providers", "sector/logistics-service-providers",
      "crime_phenomenon/undermining-crime", "P2.2"], []),
    ("what two sources say about the start",
     ["statements", "--subject", "lab_cohort/cohort-2021", "--predicate", "active_since"],
     "ListStatements",
     {"subject": "lab_cohort/cohort-2021", "predicates": ["active_since"]},
     ["2021-07~", "2021-12~", "document/nsoc-labs-page", "document/nsoc-labs-page-later",
      "contradicts"], []),
    ("how Exit is connected with Switch-off",
     ["path", "lab/exit", "lab/switch-off", "--predicate", "targets,involves"],
     "FindPaths",
     {"from": ["lab/exit"], "to": ["lab/switch-off"], "predicates": ["targets", "involves"]},
     ["commodity/drugs", "crime_phenomenon/illegal-export"], ["lab_cohort/cohort-2021"]),
    ("which labs target a crime and the very place that it leads to",
     ["match", ":lab -targets-> crime -has_destination-> place",
      "lab -targets_place-> place", "--statements"],
     "MatchPattern",
     {"variables": [{"name": "lab", "kinds": ["lab"]}, {"name": "crime"}, {"name": "place"}],
      "edges": [{"from": "lab", "to": "crime", "predicates": ["targets"]},
                {"from": "crime", "to": "place", "predicates": ["has_destination"]},
                {"from": "lab", "to": "place", "predicates": ["targets_place"]}],
      "include_statements": True},
     ["lab/exit", "crime_phenomenon/illegal-export", "country/united-kingdom", "B3.1"],
     ["lab/mind-your-step", "lab/switch-off"]),
    ("which goods do the crimes that labs target involve, and how often",
     ["count", ":lab -targets-> crime -involves-> goods", "--by", "goods"],
     "Aggregate",
     {"variables": [{"name": "lab", "kinds": ["lab"]}, {"name": "crime"}, {"name": "goods"}],
      "edges": [{"from": "lab", "to": "crime", "predicates": ["targets"]},
                {"from": "crime", "to": "goods", "predicates": ["involves"]}],
      "group_by": [{"variable": "goods", "by": "GROUP_BY_ID"}]},
     ["commodity/drugs", "commodity/firearms", '"count": "2"', '"total": "6"'],
     ["lab/exit"]),
    ("what the graph looked like at revision 1",
     ["--revision", "1", "list", "lab"],
     "ListEntities", {"kinds": ["lab"], "read": {"revision": "1"}}, ['"revision": "1"'],
     ["lab/exit"]),
    ("what the graph looked like at revision 2",
     ["--revision", "2", "list", "lab", "--all"],
     "ListEntities", {"kinds": ["lab"], "read": {"revision": "2"}}, ["lab/exit"],
     ["lab/mind-your-step"]),
]


def judge(question, how, text, has, lacks):
    """Prints what is wrong with an answer; whether nothing is."""
    wrong = [f"lacks {word}" for word in has if word not in text]
    wrong += [f"has {word}" for word in lacks if word in text]
    print(f"{'FAILED' if wrong else 'ok'}: {question} ({how}) {'; '.join(wrong)}")
    return not wrong


def main():
    good = True
    with servers.seeded_server(sys.argv[1]) as server:
        for question, arguments, method, request, has, lacks in QUESTIONS:
            done = server.run("labgraph", "-o", "json", *arguments)
            # Spacing of JSON is the printer's own affair.
            plain = done.stdout.replace('":"', '": "')
            good &= judge(question, "labgraph", plain, has, lacks) and done.returncode == 0
            if not shutil.which("grpcurl"):
                print(f"SKIPPED with grpcurl, which is not installed: {question}")
                continue
            asked = server.run("grpcurl", "-plaintext", "-d", json.dumps(request),
                               server.address, f"labgraph.v1.GraphService/{method}")
            good &= judge(question, "grpcurl", asked.stdout, has, lacks)
            good &= asked.returncode == 0
    return 0 if good else 1


if __name__ == "__main__":
    sys.exit(main())

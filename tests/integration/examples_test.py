#!/usr/bin/env python3
"""Runs the client library's examples against a server with the NSOC data.

  examples_test.py BIN_DIR EXAMPLES_DIR
"""

import pathlib
import sys

import server as servers

PAGE = "document/nsoc-labs-page"
# Example -> lines it must print.
EXAMPLES = {
    "ask_questions": [
        f"  Harvard University ({PAGE} P1.5)",
        f"  Tilburg University ({PAGE} P1.5)",
        f"  (wider) TBML approach, between 2021-06-01 and 2023-04-30 ({PAGE} B1.2)",
        f"  financial service providers ({PAGE} P2.2)",
        f"  logistics service providers ({PAGE} P2.2)",
        f"  undermining (subversive organised) crime ({PAGE} P2.2)",
        f"  2021-07~ ({PAGE} P1.1)",
        f"  2021-12~ ({PAGE}-later), contradicts cohort-2021-active-since-mid-2021",
        "  Exit: export of illegal goods to United Kingdom "
        f"({PAGE} B3.1)",
        "  commodity/drugs: 2",
    ],
    "write_facts": [],
    "errors_and_retries": [],
    "test_your_code": [],
}


def main():
    bin_dir, examples = sys.argv[1], pathlib.Path(sys.argv[2])
    failed = []
    with servers.seeded_server(bin_dir) as server:
        for name, expected in EXAMPLES.items():
            done = server.run(str(examples / name), server.address)
            print(f"== {name}\n{done.stdout}{done.stderr}")
            missing = set(expected) - set(done.stdout.splitlines())
            if done.returncode != 0 or missing:
                print("".join(f"missing: {line}\n" for line in sorted(missing)))
                failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "all examples ran")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

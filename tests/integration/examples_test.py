#!/usr/bin/env python3
"""Runs the client library's examples against a server with the NSOC data.

  examples_test.py BIN_DIR EXAMPLES_DIR
"""

import pathlib
import sys

import server as servers

# Example -> words it must print.
EXAMPLES = {
    "ask_questions": ["Harvard University", "Tilburg University", "Exit", "Switch-off",
                      "Exit: export of illegal goods to United Kingdom",
                      "commodity/drugs: 2"],
    "write_facts": [],
    "errors_and_retries": [],
    "test_your_code": [],
}


def main():
    bin_dir, examples = sys.argv[1], pathlib.Path(sys.argv[2])
    failed = []
    with servers.seeded_server(bin_dir) as server:
        for name, words in EXAMPLES.items():
            done = server.run(str(examples / name), server.address)
            print(f"== {name}\n{done.stdout}{done.stderr}")
            if done.returncode != 0 or any(word not in done.stdout for word in words):
                failed.append(name)
    print("failed: " + ", ".join(failed) if failed else "all examples ran")
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())

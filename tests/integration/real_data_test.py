#!/usr/bin/env python3
"""Converts and loads the openflights, YAGO and Wikidata sets and evaluates the counts that
the converters took from the sources.

  real_data_test.py BIN_DIR DATA_DIR
"""

import pathlib
import subprocess
import sys
import tempfile

import server as servers

CONVERTERS = pathlib.Path(__file__).resolve().parents[1] / "data"
SETS = [
    ("convert_openflights.py", "openflights"),
    ("convert_temporal_kg.py", "temporal-kg/yago"),
    ("convert_temporal_kg.py", "temporal-kg/wikidata"),
]


def load(bin_dir, converter, source):
    """Whether the set loads and its checks pass, in a store of its own."""
    with tempfile.TemporaryDirectory() as directory:
        converted = pathlib.Path(directory) / "converted"
        converted.mkdir()
        subprocess.run([sys.executable, CONVERTERS / converter, source, converted], check=True)
        server = servers.start(bin_dir, directory)
        try:
            done = server.run("labgraph-seed", "--check", str(converted), timeout=600)
        finally:
            servers.stop(server)
    print(done.stdout + done.stderr)
    return done.returncode == 0


def main():
    bin_dir, data = sys.argv[1], pathlib.Path(sys.argv[2])
    if not data.is_dir():
        print(f"SKIPPED: the real data are not beside the project ({data.name}/)")
        return 77
    results = {source: load(bin_dir, converter, data / source) for converter, source in SETS}
    for source, passed in results.items():
        print(("ok: " if passed else "FAILED: ") + source)
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

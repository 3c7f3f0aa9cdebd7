#!/usr/bin/env python3
"""Loads the openflights, YAGO and Wikidata sets and evaluates the counts that were taken
from the sources by other means: openflights as CSV by mappings, the others converted to JSON
lines.

  real_data_test.py BIN_DIR DATA_DIR
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import server as servers

SCRIPTS = pathlib.Path(__file__).resolve().parents[1] / "data"


def prepare_openflights(source, folder):
    """The mappings, with the files of the set beside them."""
    shutil.copytree(SCRIPTS / "openflights", folder)
    for file in source.glob("*.dat"):
        os.symlink(file, folder / file.name)
    subprocess.run([sys.executable, SCRIPTS / "count_openflights.py", source,
                    folder / "40-checks.yaml"], check=True)


def convert_temporal_kg(source, folder):
    folder.mkdir()
    subprocess.run([sys.executable, SCRIPTS / "convert_temporal_kg.py", source, folder],
                   check=True)


SETS = [
    (prepare_openflights, "openflights"),
    (convert_temporal_kg, "temporal-kg/yago"),
    (convert_temporal_kg, "temporal-kg/wikidata"),
]


def load(bin_dir, prepare, source):
    """Whether the set loads and its checks pass, in a store of its own."""
    with tempfile.TemporaryDirectory() as directory:
        prepared = pathlib.Path(directory) / "prepared"
        prepare(source.resolve(), prepared)
        server = servers.start(bin_dir, directory)
        try:
            done = server.run("labgraph-seed", "--check", str(prepared), timeout=3600)
        finally:
            servers.stop(server)
    print(done.stdout + done.stderr)
    return done.returncode == 0


def main():
    bin_dir, data = sys.argv[1], pathlib.Path(sys.argv[2])
    if not data.is_dir():
        print(f"SKIPPED: the real data are not beside the project ({data.name}/)")
        return 77
    results = {source: load(bin_dir, prepare, data / source) for prepare, source in SETS}
    for source, passed in results.items():
        print(("ok: " if passed else "FAILED: ") + source)
    return 0 if all(results.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

#!/usr/bin/env python3
"""Walks the p2p-31 graph of Graphalytics breadth-first from vertex 6, along the edges and
either way, and compares the depth of every vertex with the distances published with it.

  distances_test.py BIN_DIR DATA_DIR
"""

import json
import pathlib
import subprocess
import sys
import tempfile

import server as servers

CONVERTER = pathlib.Path(__file__).resolve().parents[1] / "data" / "convert_graphalytics.py"
UNREACHABLE = 2**63 - 1
# Published distances -> the step that finds them.
WALKS = {"p2p-31-BFS-directed": "--out", "p2p-31-BFS": "--both"}
START = "vertex/6"


def published(path):
    """Distance by vertex, without those that cannot be reached."""
    pairs = (line.split() for line in path.read_text().splitlines())
    distances = {f"vertex/{vertex}": int(distance) for vertex, distance in pairs}
    return {vertex: far for vertex, far in distances.items() if far != UNREACHABLE}


def walked(server, direction):
    """Depth by vertex that a walk comes to, the start included."""
    done = server.run("labgraph", "-o", "jsonl", "traverse", START, direction,
                      "--hops", "0..64", "--ids", "--limit", "1000000")
    if done.returncode != 0 or done.stderr:
        raise RuntimeError(done.stderr)
    hits = [json.loads(line) for line in done.stdout.splitlines()]
    depths = {hit["entity"]["id"]: hit.get("depth", 0) for hit in hits}
    if len(depths) != len(hits):
        raise RuntimeError("a vertex came twice")
    return depths


def compare(server, distances, direction):
    """Whether both know the same vertices at the same distances."""
    depths = walked(server, direction)
    wrong = [vertex for vertex in sorted(distances.keys() | depths.keys())
             if distances.get(vertex) != depths.get(vertex)]
    for vertex in wrong[:10]:
        print(f"{vertex}: published {distances.get(vertex)}, walked {depths.get(vertex)}")
    print(f"{direction}: {len(depths)} vertices reached, {len(wrong)} wrong")
    return not wrong


def main():
    bin_dir, data = sys.argv[1], pathlib.Path(sys.argv[2])
    if not data.is_dir():
        print(f"SKIPPED: the real data are not beside the project ({data.name}/)")
        return 77
    with tempfile.TemporaryDirectory() as directory:
        converted = pathlib.Path(directory) / "converted"
        subprocess.run([sys.executable, CONVERTER, data, converted], check=True)
        server = servers.start(bin_dir, directory)
        try:
            loaded = server.run("labgraph-seed", "--check", str(converted), timeout=3600)
            print(loaded.stdout + loaded.stderr)
            results = [compare(server, published(data / name), direction)
                       for name, direction in WALKS.items()]
        finally:
            servers.stop(server)
    return 0 if loaded.returncode == 0 and all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

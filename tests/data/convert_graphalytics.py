#!/usr/bin/env python3
"""Converts a graph of Graphalytics for labgraph-seed.

  convert_graphalytics.py DATA_FOLDER OUTPUT_FOLDER
  labgraph-seed --check OUTPUT_FOLDER

DATA_FOLDER has NAME.v, a vertex and its value a line, and NAME.e, two vertices and a weight a
line, for one NAME. Vertex 6 becomes vertex/6; an edge becomes a statement "to" with its line
as its id, whose qualifier is the weight.
"""

import pathlib
import sys

from fixture_files import FixtureFiles

SCHEMA = """
kinds: [{name: vertex}]
qualifiers: [{name: weight, value_type: VALUE_TYPE_INTEGER}]
predicates: [{name: to, domain: [vertex], range: [vertex], qualifiers: [weight]}]
"""


def rows(path):
    """The fields of each line."""
    with open(path, encoding="ascii") as file:
        for line in file:
            yield line.split()


def convert(source, files):
    vertices = edges = 0
    for vertex, _ in rows(source.with_suffix(".v")):
        files.put_entity(f"vertex/{vertex}", {})
        vertices += 1
    for start, end, weight in rows(source.with_suffix(".e")):
        edges += 1
        files.put_statement(f"e{edges}", f"vertex/{start}", "to", object=f"vertex/{end}",
                            qualifiers={"weight": int(weight)})
    files.check("All vertices are there", count={"entities": {}, "count": vertices})
    files.check("All edges are there", count={"statements": {}, "count": edges})


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    source, = pathlib.Path(sys.argv[1]).glob("*.e")
    files = FixtureFiles(sys.argv[2], source.stem)
    files.write_schema(SCHEMA)
    convert(source, files)
    files.close()


if __name__ == "__main__":
    main()

#!/usr/bin/env python3
"""One node with a million statements: commits to it go on while it is walked, walks end
early where they are told to, and memory stays bounded.

  supernode_test.py BIN_DIR
"""

import json
import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import server as servers

BIN = sys.argv.pop(1)

NODES = 1000
STATEMENTS_EACH = 1000
ADJACENCY_MIB = 16
# What the server takes beyond its caches, for a store of this size.
MEMORY_MIB = 1024
SCHEMA = """name: schema
schema:
  kinds: [{name: node}]
  predicates: [{name: to, domain: [node], range: [node]}]
"""
NODE_MAPPING = """name: nodes
files: [nodes.csv]
records:
  - entity: {id: "node/{id}"}
"""
EDGE_MAPPING = """name: edges
files: [edges.csv]
records:
  - statement: {id: "e{@line}", subject: node/hub, predicate: to, object: "node/n{to}"}
"""


def resident_mib(server):
    status = pathlib.Path(f"/proc/{server.process.pid}/status").read_text()
    return int(status.split("VmHWM:")[1].split()[0]) // 1024


class SupernodeTest(unittest.TestCase):

    @classmethod
    def setUpClass(cls):
        temporary = tempfile.TemporaryDirectory()
        cls.addClassCleanup(temporary.cleanup)
        directory = pathlib.Path(temporary.name)
        cls.server = servers.start(BIN, directory, "--adjacency-mib", str(ADJACENCY_MIB))
        cls.addClassCleanup(servers.stop, cls.server)
        nodes = ["hub"] + [f"n{number}" for number in range(NODES)]
        edges = (f"{number % NODES}" for number in range(NODES * STATEMENTS_EACH))
        files = {"schema.yaml": SCHEMA, "nodes.map.yaml": NODE_MAPPING,
                 "edges.map.yaml": EDGE_MAPPING, "nodes.csv": "id\n" + "\n".join(nodes),
                 "edges.csv": "to\n" + "\n".join(edges)}
        for name, text in files.items():
            (directory / name).write_text(text + "\n", encoding="utf-8")
        for name in ("schema.yaml", "nodes.map.yaml", "edges.map.yaml"):
            loaded = cls.server.run("labgraph-seed", str(directory / name), timeout=3600)
            if loaded.returncode != 0:
                raise RuntimeError(loaded.stdout + loaded.stderr)

    def ask(self, *arguments, **options):
        done = self.server.run("labgraph", *arguments, **options)
        self.assertEqual(done.returncode, 0, done.stderr)
        return done.stdout

    def test_counting_meets_every_statement_and_each_neighbour_once(self):
        counts = json.loads(self.ask("-o", "json", "neighbors", "node/hub", "--count"))
        self.assertEqual(int(counts["groups"][0]["count"]), NODES * STATEMENTS_EACH)
        lines = self.ask("-o", "jsonl", "traverse", "node/hub", "--out", "--ids",
                         "--limit", "5000").splitlines()
        self.assertEqual(len(lines), NODES)

    def test_commits_to_it_go_on_while_it_is_walked(self):
        with subprocess.Popen(
                ["labgraph", "-o", "jsonl", "statements", "--subject", "node/hub", "--all"],
                env=self.server.environment(), stdout=subprocess.PIPE, text=True) as walk:
            walk.stdout.readline()  # it is under way
            for number in range(20):
                put = json.dumps({"put_statement": {
                    "id": f"new{number}", "subject": "node/hub", "predicate": "to",
                    "object": "node/n0"}})
                self.ask("commit", "-", input=put + "\n", timeout=60)
            self.assertIsNone(walk.poll(), "the walk ended before the commits: shown nothing")
            told = 1 + sum(1 for _ in walk.stdout)
        # One snapshot: nothing of what was committed meanwhile.
        self.assertEqual(told, NODES * STATEMENTS_EACH)
        found = self.ask("-o", "jsonl", "statements", "--id", "new19")
        self.assertIn("node/hub", found)
        for number in range(20):
            self.ask("commit", "-",
                     input=json.dumps({"retract_statement": {"id": f"new{number}"}}) + "\n")

    def test_a_walk_that_is_cut_says_so(self):
        done = self.server.run("labgraph", "traverse", "node/hub", "--out", "--ids",
                               "--limit", "10")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("the answer is cut", done.stderr)

    @unittest.skipIf(os.environ.get("LABGRAPH_SANITIZE"),
                     "a sanitizer's own memory is several times the server's")
    def test_z_memory_stays_bounded(self):
        self.assertLess(resident_mib(self.server), MEMORY_MIB)


if __name__ == "__main__":
    unittest.main(verbosity=2)

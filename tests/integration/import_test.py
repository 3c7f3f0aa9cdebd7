#!/usr/bin/env python3
"""Bulk data against a real server: CSV by a mapping, JSON lines, and a loader that is killed
in the middle and run again.

  import_test.py BIN_DIR
"""

import json
import pathlib
import re
import subprocess
import sys
import tempfile
import unittest

import server as servers

BIN = sys.argv.pop(1)

ROWS = 200_000
SCHEMA = """name: schema
schema:
  kinds: [{name: node}]
  predicates: [{name: to, domain: [node], range: [node], qualifiers: [weight]}]
  qualifiers: [{name: weight, value_type: number}]
"""
MAPPING = """name: edges
files: [edges.csv]
records:
  - entity: {id: "node/{from|slug}", names: {en: "node {from}"}}
  - statement:
      subject: node/{from|slug}
      predicate: to
      object: node/{to|slug}
      qualifiers: {weight: {number: "{weight}"}}
    skip_if_empty: [to]
"""
CHECKS = """name: checks
checks:
  - {name: "All nodes are there", count: {entities: {kinds: [node]}, count: %d}}
  - {name: "All edges are there, once", count: {statements: {predicates: [to]}, count: %d}}
  - name: "The last edge has its weight"
    statement: {subject: node/n%d, predicate: to, qualifiers: {weight: %d}}
"""


class ImportTest(unittest.TestCase):

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.directory = pathlib.Path(temporary.name)
        self.server = servers.start(BIN, self.directory)
        self.addCleanup(servers.stop, self.server)
        self.load(self.write("schema.yaml", SCHEMA))

    def write(self, name, text):
        path = self.directory / name
        path.write_text(text, encoding="utf-8")
        return str(path)

    def write_csv(self):
        """Each node names the one before it; quotes and line ends make chunks harder to cut."""
        lines = ["from,to,weight\r\n", 'N0,,"1"\r\n']
        lines += [f'"N{i}",N{i - 1},"{i}"\r\n' for i in range(1, ROWS)]
        self.write("edges.csv", "".join(lines))
        self.write("checks.yaml", CHECKS % (ROWS, ROWS - 1, ROWS - 1, ROWS - 1))
        return self.write("edges.map.yaml", MAPPING)

    def load(self, *arguments):
        done = self.server.run("labgraph-seed", *arguments, timeout=3600)
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        return done.stdout

    def check(self):
        self.load("--check", "--no-load", str(self.directory / "checks.yaml"))

    def revision(self):
        done = self.server.run("labgraph", "-o", "json", "info")
        return int(json.loads(done.stdout)["head_revision"])

    def created(self, printed):
        return int(re.search(r"edges\S*: ([\d,]+) created", printed)[1].replace(",", ""))

    def kill_in_the_middle(self, file):
        """Begins to load a file, and kills the loader when some parts are committed."""
        before = self.revision()
        loader = subprocess.Popen(
            [pathlib.Path(BIN).resolve() / "labgraph-seed", "--batch", "1000", file],
            env=self.server.environment(), stdout=subprocess.DEVNULL)
        while self.revision() < before + 10:
            self.assertIsNone(loader.poll(), "the load was over before it could be killed")
        loader.kill()
        loader.wait()

    def test_csv_is_loaded_and_loading_again_changes_nothing(self):
        mapping = self.write_csv()
        self.assertEqual(self.created(self.load(mapping)), 2 * ROWS - 1)
        self.check()
        before = self.revision()
        self.assertIn("nothing changed, no revision", self.load(mapping))
        self.assertEqual(self.revision(), before)

    def test_a_killed_load_of_csv_goes_on(self):
        mapping = self.write_csv()
        self.kill_in_the_middle(mapping)
        printed = self.load(mapping)
        self.check()
        match = re.search(r"edges.csv: going on at byte (\d+) \(line (\d+)\)\n", printed)
        self.assertTrue(match, printed)
        content = (self.directory / "edges.csv").read_bytes()[:int(match[1])]
        self.assertEqual(content[-1:], b"\n")
        self.assertEqual(content.count(b"\n") + 1, int(match[2]))
        # What was committed before is not sent again, but for a row cut by the end of a part.
        unchanged = int(re.search(r"(\d+) unchanged", printed)[1])
        self.assertLessEqual(unchanged, 1)
        self.assertLess(self.created(printed), 2 * ROWS - 1)

    def test_a_killed_load_of_json_lines_goes_on(self):
        self.write_csv()
        lines = ['{"put_entity": {"id": "node/n0"}}\n']
        for i in range(1, ROWS):
            lines.append('{"put_entity": {"id": "node/n%d"}}\n' % i)
            lines.append('{"put_statement": {"subject": "node/n%d", "predicate": "to", "object": '
                         '"node/n%d", "qualifiers": {"weight": %d}}}\n' % (i, i - 1, i))
        file = self.write("edges.jsonl", "".join(lines))
        self.kill_in_the_middle(file)
        printed = self.load(file)
        self.check()
        self.assertRegex(printed, r"edges.jsonl: going on at byte \d+ \(line \d+\)\n")
        self.assertIn(", 0 unchanged", printed)


if __name__ == "__main__":
    unittest.main(verbosity=2)

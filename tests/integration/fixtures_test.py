#!/usr/bin/env python3
"""The NSOC fixtures as a steward loads them: dry run, load, load again, checks, typos.

  fixtures_test.py BIN_DIR
"""

import os
import pathlib
import subprocess
import sys
import tempfile
import unittest

import server as servers

BIN = sys.argv.pop(1)


class FixturesTest(unittest.TestCase):
    """One server for all; the tests leave its data as they found it."""

    @classmethod
    def setUpClass(cls):
        cls.context = servers.seeded_server(BIN)
        cls.server = cls.context.__enter__()

    @classmethod
    def tearDownClass(cls):
        cls.context.__exit__(None, None, None)

    def seed(self, *arguments):
        return self.server.run("labgraph-seed", *arguments)

    def revision(self):
        done = self.server.run("labgraph", "-o", "json", "info")
        return done.stdout

    def test_every_check_passes(self):
        done = self.seed("--check", "--no-load", str(servers.SEED_DATA))
        self.assertEqual(done.returncode, 0, done.stdout + done.stderr)
        self.assertRegex(done.stdout, r"\d+ checks: \d+ passed")

    def test_loading_again_makes_no_revision(self):
        before = self.revision()
        done = self.seed(str(servers.SEED_DATA))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("nothing changed, no revision", done.stdout)
        self.assertNotIn("created", done.stdout.replace("0 created", ""))
        self.assertEqual(self.revision(), before)

    def test_dry_run_writes_nothing(self):
        before = self.revision()
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory) / "new.yaml"
            file.write_text('name: new\nentities:\n  - id: lab/new-one\n'
                            '    names: {en: New one}\n')
            done = self.seed("--dry-run", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("lab/new-one", done.stdout)
        self.assertEqual(self.revision(), before)

    def test_typos_are_all_found_with_their_place_and_nothing_is_written(self):
        before = self.revision()
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory) / "typo.yaml"
            file.write_text('name: typo\n'
                            'entities:\n'
                            '  - id: lab/fine\n'
                            '    namse: {en: Fine}\n'
                            'statements:\n'
                            '  - subject: lab/exit\n'
                            '    predicate: merged_into\n'
                            '    objekt: programme/approach-tbml\n')
            done = self.seed(str(file))
        self.assertEqual(done.returncode, 1)
        self.assertIn("typo.yaml:4:5:", done.stderr)
        self.assertIn("names", done.stderr)
        self.assertIn("typo.yaml:8:5:", done.stderr)
        self.assertEqual(self.revision(), before)

    def test_what_the_server_refuses_has_its_place_too(self):
        before = self.revision()
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory) / "refused.yaml"
            file.write_text('name: refused\n'
                            'entities:\n'
                            '  - id: lab/fine\n'
                            'statements:\n'
                            '  - subject: lab/fine\n'
                            '    predicate: merged_into\n'
                            '    object: commodity/drugs\n'
                            '    sources: [{document: document/nsoc-labs-page}]\n')
            done = self.seed(str(file))
        self.assertEqual(done.returncode, 1)
        self.assertIn("refused.yaml:7:", done.stderr)
        self.assertIn("RANGE_VIOLATION", done.stderr)
        self.assertEqual(self.revision(), before)

    def test_what_the_server_refuses_in_any_file_keeps_all_from_being_written(self):
        before = self.revision()
        with tempfile.TemporaryDirectory() as directory:
            folder = pathlib.Path(directory)
            for name, text in {'1': 'lab/fine', '2': 'nokind/a', '3': 'nokind/b'}.items():
                (folder / f'{name}.yaml').write_text(
                    f'name: n{name}\nentities:\n  - id: {text}\n    names: {{en: A}}\n')
            done = self.seed(directory)
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("2.yaml:3:9: KIND_UNKNOWN", done.stderr)
        self.assertIn("3.yaml:3:9: KIND_UNKNOWN", done.stderr)
        self.assertIn("2 problems; nothing was written", done.stderr)
        self.assertEqual(self.revision(), before)

    def test_a_dry_run_of_more_than_one_request_finds_what_is_wrong(self):
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory) / "many.jsonl"
            file.write_text(''.join('{"put_entity": {"id": "nokind/e%d"}}\n' % i
                                    for i in range(10001)))
            done = self.seed("--dry-run", str(file))
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("many.jsonl:1: KIND_UNKNOWN", done.stderr)

    def test_a_path_that_a_cut_search_did_not_find_is_not_absent(self):
        with tempfile.TemporaryDirectory() as directory:
            file = pathlib.Path(directory) / "cut.yaml"
            file.write_text('name: cut\nchecks:\n  - name: apart\n    path:\n'
                            '      find: {from: [lab/exit], to: [lab/switch-off],\n'
                            '             max_visited: 1}\n      absent: true\n')
            done = self.seed("--check", "--no-load", str(file))
        self.assertEqual(done.returncode, 1, done.stdout)
        self.assertIn("was cut", done.stderr)

    def test_a_run_goes_on_when_its_output_cannot_be_written(self):
        command = f"{BIN}/labgraph-seed --server {self.server.address} --dry-run "
        for end in (f"{servers.SEED_DATA} > /dev/full", f"{servers.SEED_DATA} >&-"):
            done = subprocess.run(["bash", "-c", command + end], capture_output=True,
                                  text=True, timeout=60)
            self.assertEqual(done.returncode, 4, done.stderr)
            self.assertIn("the output cannot be written", done.stderr)
        reading, writing = os.pipe()
        os.close(reading)
        done = subprocess.run(command.split() + [str(servers.SEED_DATA)], stdout=writing,
                              timeout=60)
        os.close(writing)
        self.assertEqual(done.returncode, 4)


if __name__ == "__main__":
    unittest.main(verbosity=2)

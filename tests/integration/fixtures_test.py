#!/usr/bin/env python3
"""The NSOC fixtures as a steward loads them: dry run, load, load again, checks, typos.

  fixtures_test.py BIN_DIR
"""

import pathlib
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


if __name__ == "__main__":
    unittest.main(verbosity=2)

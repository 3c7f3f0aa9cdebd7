#!/usr/bin/env python3
"""The table of figures that is made from a run of the benchmarks.

  bench_table_test.py TABLE_SCRIPT DOCUMENT
"""

import json
import pathlib
import subprocess
import sys
import tempfile
import unittest

DOCUMENT = pathlib.Path(sys.argv.pop())
SCRIPT = sys.argv.pop()
RATIO = {"row": "10", "what": "a / b", "graph": "1m", "unit": "calls/s", "measured": 12345.6,
         "roofline": 2.5e7, "values": [0.5, 0.25, 0.75], "min": 0.25, "median": 0.5, "max": 0.75,
         "at_least": 0.75, "met": False}
VALUE = {"row": "9", "what": "size", "unit": "bytes", "measured": 101.4, "values": [101.4],
         "min": 101.4, "median": 101.4, "max": 101.4, "at_most": 150, "met": True,
         "note": "x 1"}
MISSING = {"row": "2", "what": "c / d", "graph": "1m", "at_least": 0.5, "met": False,
           "note": "no such call"}


class TableTest(unittest.TestCase):

    def setUp(self):
        temporary = tempfile.TemporaryDirectory()
        self.addCleanup(temporary.cleanup)
        self.directory = pathlib.Path(temporary.name)
        self.document = self.directory / "performance.md"
        self.document.write_text(DOCUMENT.read_text(encoding="utf-8"), encoding="utf-8")

    def fill(self, *figures, **report):
        """Runs the script on a report; what it did."""
        path = self.directory / "bench.json"
        path.write_text(json.dumps({"started": "2026-01-02T03:04:05+00:00", "cpu": "a cpu",
                                    "cores": 2, "repetitions": 3, "figures": figures, **report}))
        return subprocess.run([sys.executable, SCRIPT, path, self.document], text=True,
                              capture_output=True, check=False)

    def rows(self):
        text = self.document.read_text(encoding="utf-8")
        return text.partition("<!-- figures -->")[2].partition("<!-- end")[0].splitlines()

    def test_rows_are_in_order_and_say_whether_the_goal_is_met(self):
        self.assertEqual(self.fill(RATIO, VALUE, MISSING).returncode, 0)
        self.assertEqual(self.rows()[-3:], [
            "| 2 | c / d | 1m | – | – | – | ≥ 0.5 | **no** | no such call |",
            "| 9 | size |  | 101 | 101 | 101 | ≤ 150 | yes | bytes; x 1 |",
            "| 10 | a / b | 1m | 0.25 | 0.5 | 0.75 | ≥ 0.75 | **no** | "
            "12.35 k of 25.00 M calls/s |"])

    def test_filling_again_replaces_the_figures_and_nothing_else(self):
        self.fill(RATIO, VALUE)
        self.fill(MISSING)
        self.assertNotIn("calls/s |", "\n".join(self.rows()))
        before = DOCUMENT.read_text(encoding="utf-8").partition("<!-- figures -->")[0]
        self.assertTrue(self.document.read_text(encoding="utf-8").startswith(before))

    def test_figures_of_a_run_without_agreement_are_refused(self):
        unchanged = self.document.read_text(encoding="utf-8")
        refused = self.fill(RATIO, disagreements=["nodes: 3 by the roofline, 4 by the engine"])
        self.assertEqual(refused.returncode, 1)
        self.assertIn("nodes: 3", refused.stderr)
        self.assertEqual(self.document.read_text(encoding="utf-8"), unchanged)


if __name__ == "__main__":
    unittest.main(verbosity=2)

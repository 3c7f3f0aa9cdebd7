#!/usr/bin/env python3
"""The server as an operator meets it: starts, stops, restarts, and everything that can be
wrong with its directory and its port.

  lifecycle_test.py BIN_DIR
"""

import json
import os
import pathlib
import resource
import signal
import subprocess
import sys
import tempfile
import time
import unittest

import server as servers

BIN = sys.argv.pop(1)
PUT = '{"put_entity": {"id": "note/%s", "names": {"en": "%s"}}}'
SCHEMA = "name: s\nschema: {kinds: [{name: note}]}\n"


class LifecycleTest(unittest.TestCase):

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.directory = pathlib.Path(self.temporary.name)
        self.running = []

    def tearDown(self):
        for server in self.running:
            if server.process.poll() is None:
                servers.stop(server)

    def start(self, *arguments):
        server = servers.start(BIN, self.directory, *arguments)
        self.running.append(server)
        return server

    def fails_to_start(self, data, *arguments):
        """What labgraphd says when it cannot start."""
        done = subprocess.run([pathlib.Path(BIN) / "labgraphd", "--data", data, *arguments],
                              capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 1, done.stderr)
        self.assertRegex(done.stderr, "cannot start: (STORAGE_FAILED|STORAGE_CORRUPT|BUSY): ")
        return done.stderr

    def apply_schema(self, server):
        file = self.directory / "schema.yaml"
        file.write_text(SCHEMA)
        done = server.run("labgraph-seed", str(file))
        self.assertEqual(done.returncode, 0, done.stderr)

    def put(self, server, key):
        return server.run("labgraph", "commit", "-", input=PUT % (key, key) + "\n")

    def exists(self, server, key):
        return server.run("labgraph", "get", f"note/{key}").returncode == 0

    def info(self, server):
        return json.loads(server.run("labgraph", "info", "-o", "json").stdout)

    def test_stops_on_signals_and_keeps_its_data(self):
        for number, stop_signal in enumerate((signal.SIGINT, signal.SIGTERM)):
            server = self.start()
            self.apply_schema(server)
            self.assertEqual(self.put(server, f"n{number}").returncode, 0)
            server.process.send_signal(stop_signal)
            self.assertEqual(server.process.wait(timeout=30), 0)
        server = self.start()
        self.assertTrue(self.exists(server, "n0"))
        self.assertTrue(self.exists(server, "n1"))

    def test_acknowledged_writes_survive_a_kill(self):
        server = self.start()
        self.apply_schema(server)
        for number in range(5):
            self.assertEqual(self.put(server, f"n{number}").returncode, 0)
        server.process.kill()
        server.process.wait()
        again = self.start()
        self.assertRegex(again.said, r"recovered [1-9]\d+ bytes of batches from the log")
        self.assertIn("at revision 6: 5 entities", again.said)
        for number in range(5):
            self.assertTrue(self.exists(again, f"n{number}"))

    def test_a_second_server_on_the_same_directory_is_refused(self):
        self.start()
        said = self.fails_to_start(self.directory / "data", "--listen", "127.0.0.1:0")
        self.assertIn("Another labgraphd uses this directory", said)

    def test_a_port_in_use_is_refused(self):
        server = self.start()
        said = self.fails_to_start(self.directory / "other", "--listen", server.address)
        self.assertIn("the port is in use", said)
        self.assertIn("--listen", said)
        self.assertNotIn("chttp2", said)

    def test_a_host_of_another_machine_is_refused_as_that(self):
        for address, why in (("192.0.2.1:0", "the host is not this machine"),
                             ("no-such-host.invalid:0", "there is no host")):
            said = self.fails_to_start(self.directory / "other", "--listen", address)
            self.assertIn(why, said)
            self.assertNotIn("in use", said)

    def test_a_directory_that_cannot_be_made_is_refused_as_that(self):
        said = self.fails_to_start("/proc/no-such", "--listen", "127.0.0.1:0")
        self.assertRegex(said, "cannot be (created|used)")  # used: where /proc is another's
        self.assertNotIn("damaged", said)

    def test_a_foreign_directory_is_refused_and_left_alone(self):
        foreign = self.directory / "foreign"
        foreign.mkdir()
        (foreign / "letter.txt").write_text("dear reader")
        self.fails_to_start(foreign, "--listen", "127.0.0.1:0")
        self.assertEqual(os.listdir(foreign), ["letter.txt"])

    def test_a_file_for_a_directory_is_refused(self):
        file = self.directory / "file"
        file.write_text("x")
        self.fails_to_start(file, "--listen", "127.0.0.1:0")

    def test_a_damaged_store_is_refused_by_name(self):
        server = self.start()
        self.apply_schema(server)
        servers.stop(server)
        for manifest in (self.directory / "data").glob("MANIFEST-*"):
            content = bytearray(manifest.read_bytes())
            content[len(content) // 2] ^= 0xFF
            manifest.write_bytes(content)
        said = self.fails_to_start(self.directory / "data", "--listen", "127.0.0.1:0")
        self.assertRegex(said, r"damaged|MANIFEST")

    def test_a_wrong_command_line_is_a_usage_error(self):
        for arguments in (["--no-such"], ["--cache-mib", "x"], ["--drain-seconds", "-1"],
                          ["--listen", "127.0.0.1"], ["--listen", "127.0.0.1:99999"],
                          ["--listen", ":50051"], ["--listen", "foo"]):
            done = subprocess.run([pathlib.Path(BIN) / "labgraphd", *arguments],
                                  capture_output=True, text=True, timeout=30, check=False)
            self.assertEqual(done.returncode, 2, done.stderr)

    def test_it_has_as_many_open_files_as_the_system_allows(self):
        soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
        resource.setrlimit(resource.RLIMIT_NOFILE, (min(soft, 256), hard))
        self.addCleanup(resource.setrlimit, resource.RLIMIT_NOFILE, (soft, hard))
        server = self.start()
        self.assertEqual(resource.prlimit(server.process.pid, resource.RLIMIT_NOFILE),
                         (hard, hard))

    def test_when_the_disk_is_full_writes_fail_and_reads_go_on(self):
        # A limit on file size stands in for a full disk: writes beyond it fail.
        server = self.start()
        self.apply_schema(server)
        self.assertEqual(self.put(server, "before").returncode, 0)
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (1, 1))
        refused = self.put(server, "after")
        self.assertNotEqual(refused.returncode, 0)
        self.assertIn("STORAGE_FAILED", refused.stderr)
        self.assertTrue(self.exists(server, "before"))
        self.assertFalse(self.exists(server, "after"))

    def test_a_backup_is_restored_by_the_command_line_tool(self):
        backups = self.directory / "backups"
        server = self.start("--backup-dir", backups)
        self.apply_schema(server)
        self.assertEqual(self.put(server, "before").returncode, 0)
        self.assertEqual(server.run("labgraph", "backup", "create").returncode, 0)
        self.assertEqual(self.put(server, "after").returncode, 0)

        def restore(number, to):
            return server.run("labgraph", "restore", number, "--backup-dir", backups,
                              "--data", self.directory / to)

        # Where `start` looks for the data of a server in this directory.
        (self.directory / "restored").mkdir()
        done = restore("1", "restored/data")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertIn("restored backup 1", done.stderr)
        restored = servers.start(BIN, self.directory / "restored")
        self.running.append(restored)
        self.assertTrue(self.exists(restored, "before"))
        self.assertFalse(self.exists(restored, "after"))
        self.assertNotEqual(self.info(restored)["epoch"], self.info(server)["epoch"])

        missing = restore("2", "elsewhere")
        self.assertEqual(missing.returncode, 1)
        self.assertIn("no backup 2", missing.stderr)
        self.assertFalse((self.directory / "elsewhere").exists())
        occupied = restore("1", "restored/data")
        self.assertEqual(occupied.returncode, 1)
        self.assertIn("restored/data", occupied.stderr)

    def test_a_client_without_a_server_is_told_so(self):
        done = subprocess.run(
            [pathlib.Path(BIN) / "labgraph", "--server", "127.0.0.1:1", "--timeout", "2s",
             "info"], capture_output=True, text=True, timeout=60, check=False)
        self.assertEqual(done.returncode, 3)
        self.assertIn("labgraphd", done.stderr)

    def test_shutdown_waits_for_nobody_longer_than_the_drain(self):
        server = self.start("--drain-seconds", "1")
        began = time.monotonic()
        self.assertEqual(servers.stop(server), 0)
        self.assertLess(time.monotonic() - began, 30)


if __name__ == "__main__":
    unittest.main(verbosity=2)

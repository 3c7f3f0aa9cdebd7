#!/usr/bin/env python3
"""Watching with the command-line tool while the server is stopped and started again.

  watch_test.py BIN_DIR
"""

import contextlib
import json
import pathlib
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time
import unittest

import server as servers

BIN = sys.argv.pop(1)
PUT = '{"put_entity": {"id": "note/%s"}}'
# A silent line counts as broken after 30 seconds.
SILENCE_SECONDS = 90
SCHEMA = "name: s\nschema: {kinds: [{name: note}]}\n"


class Relay:
    """A line to a server that can fall silent: its connections stay open, but nothing passes
    on those there are. New ones work."""

    def __init__(self, server):
        self.target = server.rsplit(":", 1)
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.address = "127.0.0.1:%d" % self.listener.getsockname()[1]
        self.silenced = []  # an event for each connection
        threading.Thread(target=self.accept, daemon=True).start()

    def accept(self):
        while True:
            client, _ = self.listener.accept()
            server = socket.create_connection(self.target)
            silent = threading.Event()
            self.silenced.append(silent)
            for ends in ((client, server), (server, client)):
                threading.Thread(target=self.pass_on, args=(*ends, silent),
                                 daemon=True).start()

    @staticmethod
    def pass_on(source, sink, silent):
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                if not silent.is_set():
                    sink.sendall(data)
            sink.shutdown(socket.SHUT_WR)

    def fall_silent(self):
        for silent in self.silenced:
            silent.set()


class WatchTest(unittest.TestCase):

    def setUp(self):
        self.temporary = tempfile.TemporaryDirectory()
        self.addCleanup(self.temporary.cleanup)
        self.directory = pathlib.Path(self.temporary.name)
        self.server = servers.start(BIN, self.directory)
        self.addCleanup(lambda: servers.stop(self.server))
        file = self.directory / "schema.yaml"
        file.write_text(SCHEMA)
        self.assertEqual(self.server.run("labgraph-seed", str(file)).returncode, 0)

    def watch(self, *options, server=None):
        process = subprocess.Popen(
            [self.server.bin_dir / "labgraph", "watch", *options],
            env={**self.server.environment(), **({"LABGRAPH_SERVER": server} if server else {})},
            text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE)
        self.addCleanup(process.communicate)
        self.addCleanup(process.kill)
        return process

    def put(self, key):
        done = self.server.run("labgraph", "commit", "-", input=PUT % key + "\n")
        self.assertEqual(done.returncode, 0, done.stderr)

    @staticmethod
    def next_change(process):
        """The id put by the next commit told, and its revision."""
        for line in process.stdout:
            message = json.loads(line)
            if "change" in message:
                event = message["change"]["events"][0]
                return event["put_entity"]["id"], int(message["revision"])
        return None

    def test_goes_on_behind_a_restart_of_the_server(self):
        process = self.watch("-o", "jsonl")
        self.assertIn("heartbeat", json.loads(process.stdout.readline()))
        self.put("a")
        self.assertEqual(self.next_change(process), ("note/a", 2))
        began = time.monotonic()
        self.assertEqual(servers.stop(self.server), 0)
        self.assertLess(time.monotonic() - began, 8, "it waited for the watch")
        self.server = servers.start(BIN, self.directory, listen=self.server.address)
        self.put("b")
        self.put("c")
        self.assertEqual(self.next_change(process), ("note/b", 3))
        self.assertEqual(self.next_change(process), ("note/c", 4))

    def test_goes_on_where_the_line_falls_silent_without_breaking(self):
        relay = Relay(self.server.address)
        process = self.watch("-o", "jsonl", server=relay.address)
        self.assertIn("heartbeat", json.loads(process.stdout.readline()))
        relay.fall_silent()
        self.put("a")
        timer = threading.Timer(SILENCE_SECONDS, process.kill)
        timer.start()
        self.addCleanup(timer.cancel)
        self.assertEqual(self.next_change(process), ("note/a", 2))

    def test_a_token_goes_on_where_a_program_ended(self):
        process = self.watch("-o", "jsonl")
        token = json.loads(process.stdout.readline())["resume_token"]
        process.kill()
        self.put("a")
        done = self.server.run("labgraph", "watch", "--resume", token, "--count", "1")
        self.assertEqual(done.returncode, 0, done.stderr)
        self.assertRegex(done.stdout, r"^2  commit    \S+\n2  put       note/a\n$")

    def test_ctrl_c_ends_it_without_a_word(self):
        process = self.watch("--snapshot")
        self.assertIn("begins", process.stdout.readline())
        process.send_signal(signal.SIGINT)
        _, said = process.communicate(timeout=30)
        self.assertEqual(said, "")


if __name__ == "__main__":
    unittest.main(verbosity=2)

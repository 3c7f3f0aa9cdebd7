#!/usr/bin/env python3
"""`make run` without the building: server, data, tour, Ctrl-C; and a second time.

  run_test.py BIN_DIR
"""

import pathlib
import signal
import socket
import subprocess
import sys
import tempfile

import server as servers

ROOT = pathlib.Path(__file__).resolve().parents[2]
BIN = str(pathlib.Path(sys.argv[1]).resolve())


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def run_once(data):
    """What one run prints until it is up, and its exit code after Ctrl-C."""
    process = subprocess.Popen(
        ["sh", ROOT / "seed" / "run.sh", BIN, data, f"127.0.0.1:{free_port()}"],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, start_new_session=True)
    lines = []
    for line in process.stdout:
        lines.append(line)
        if "Ctrl-C stops it" in line:
            break
    process.send_signal(signal.SIGINT)
    rest, _ = process.communicate(timeout=60)
    return "".join(lines) + rest, process.returncode


def run_beside_another(directory):
    """What a run says while another server has its port, its exit code, and whether the store
    of the other stayed as it was."""
    other = servers.start(BIN, directory)
    before = other.run("labgraph", "info", "-o", "json").stdout
    try:
        done = subprocess.run(
            ["sh", ROOT / "seed" / "run.sh", BIN, str(pathlib.Path(directory) / "own"),
             other.address], capture_output=True, text=True, timeout=60, check=False)
        after = other.run("labgraph", "info", "-o", "json").stdout
        return done.stdout + done.stderr, done.returncode, before and before == after
    finally:
        servers.stop(other)


def main():
    with tempfile.TemporaryDirectory() as directory:
        data = str(pathlib.Path(directory) / "data")
        first, first_code = run_once(data)
        second, second_code = run_once(data)
    with tempfile.TemporaryDirectory() as directory:
        refused, refused_code, other_is_same = run_beside_another(directory)
    print(first)
    expectations = {
        "the first run ends with 0": first_code == 0,
        "the second run ends with 0": second_code == 0,
        "the first run loads": "created" in first,
        "the second run loads nothing": second.count("nothing changed") >= 3,
        "the tour answers": all(word in second for word in (
            "Harvard University", "programme/approach-tbml", "lab/switch-off", "certain",
            "possible")),
        "a run whose port is taken fails and says so":
            refused_code != 0 and "cannot start" in refused,
        "it leaves the store of the other server alone": other_is_same,
    }
    for what, held in expectations.items():
        print(("ok: " if held else "FAILED: ") + what)
    return 0 if all(expectations.values()) else 1


if __name__ == "__main__":
    sys.exit(main())

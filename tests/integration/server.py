"""A labgraphd of its own for a test: on a free port, in a temporary directory."""

import contextlib
import os
import pathlib
import re
import subprocess
import tempfile

SEED_DATA = pathlib.Path(__file__).resolve().parents[2] / "seed" / "nsoc"
START_SECONDS = 60


class Server:
    """A running labgraphd."""

    def __init__(self, process, address, directory, bin_dir, said=""):
        self.process = process
        self.said = said  # while it started
        self.address = address
        self.directory = directory
        self.bin_dir = bin_dir

    def environment(self):
        """The environment in which the programs are found and talk to this server."""
        return dict(os.environ, LABGRAPH_SERVER=self.address, NO_COLOR="1", LC_ALL="C.UTF-8",
                    PATH=f"{self.bin_dir}{os.pathsep}{os.environ['PATH']}")

    def run(self, *command, **options):
        """Runs a program and gives what it did."""
        options.setdefault("timeout", 120)
        return subprocess.run(command, env=self.environment(), text=True,
                              capture_output=True, check=False, **options)


def start(bin_dir, directory, *arguments, listen="127.0.0.1:0"):
    """Starts a server whose store is in `directory`, on a free port unless told otherwise."""
    bin_dir = pathlib.Path(bin_dir).resolve()
    process = subprocess.Popen(
        [bin_dir / "labgraphd", "--data", pathlib.Path(directory) / "data",
         "--listen", listen, *arguments],
        stderr=subprocess.PIPE, text=True)
    lines = []
    for line in process.stderr:
        lines.append(line)
        match = re.search(r"listening on (\S+)", line)
        if match:
            return Server(process, match.group(1), pathlib.Path(directory), bin_dir,
                          "".join(lines))
    raise RuntimeError("labgraphd did not start: " + "".join(lines))


def stop(server):
    """Ends a server as an operator would, and gives its exit code."""
    server.process.terminate()
    server.process.communicate(timeout=START_SECONDS)
    return server.process.returncode


@contextlib.contextmanager
def seeded_server(bin_dir):
    """A server with the NSOC data."""
    with tempfile.TemporaryDirectory() as directory:
        server = start(bin_dir, directory)
        try:
            loaded = server.run("labgraph-seed", str(SEED_DATA))
            if loaded.returncode != 0:
                raise RuntimeError(loaded.stdout + loaded.stderr)
            yield server
        finally:
            stop(server)

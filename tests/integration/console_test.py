#!/usr/bin/env python3
"""Runs the commands that the documents show and compares what they print.

  console_test.py BIN_DIR [--update] FILE...

In every block fenced with ```console a line "$ command" is run against a server with
the NSOC data, and the lines below it must be what it prints. A "…" in a line stands for
any text, and a line "..." for any lines. Only labgraph, labgraph-seed and grpcurl lines
are run; 127.0.0.1:50051 becomes the address of the test's server. grpcurl lines are
skipped, saying so, where grpcurl is not installed. --update writes what was printed into
the files instead.

In a block fenced with ```shell the labgraph commands, of one line or several, must succeed,
whatever they print.

A block whose fence names a file, such as ```csv labs.csv, is written to that file, in the
folder in which the commands run. The project's folder seed/ is there too.
"""

import pathlib
import re
import shlex
import shutil
import sys
import tempfile

import server as servers

BLOCK = re.compile(r"^```console\n(.*?)^```$", re.S | re.M)
SHELL = re.compile(r"^```shell\n(.*?)^```$", re.S | re.M)
FILE = re.compile(r"^```\w+ (\S+)\n(.*?)^```$", re.S | re.M)
PROGRAMS = ("labgraph", "labgraph-seed", "grpcurl")
SHOWN_ADDRESS = "127.0.0.1:50051"


def commands(block):
    """(lines as shown, command, expected lines) of a block."""
    result = []
    for line in block.splitlines():
        if line.startswith("$ "):
            result.append(([line], line[2:], []))
        elif result and result[-1][1].endswith("\\"):
            shown, command, expected = result[-1]
            result[-1] = (shown + [line], command[:-1] + line.strip(), expected)
        elif result:
            result[-1][2].append(line.rstrip())
    return result


def matches(expected, actual):
    """Whether the lines are the same, "..." being any lines and "…" any text in one."""
    if not expected:
        return not actual
    if expected[0] == "...":
        return any(matches(expected[1:], actual[i:]) for i in range(len(actual) + 1))
    if not actual:
        return False
    line = re.escape(expected[0]).replace("…", ".+")
    return bool(re.fullmatch(line, actual[0])) and matches(expected[1:], actual[1:])


def run(server, folder, command):
    """The lines that the command prints, or None when it is not one of ours."""
    words = shlex.split(command)
    if not words or words[0] not in PROGRAMS or "&" in words:
        return None
    if words[0] == "grpcurl" and not shutil.which("grpcurl"):
        print(f"SKIPPED (grpcurl is not installed): {command}")
        return None
    real = command.replace(SHOWN_ADDRESS, server.address)
    done = server.run("sh", "-c", real, cwd=folder)
    text = (done.stdout + done.stderr).replace(server.address, SHOWN_ADDRESS)
    return [line.rstrip() for line in text.rstrip("\n").split("\n")] if text else []


def check_block(server, folder, path, block):
    """The block as it should be, and how many of its commands ran and were wrong."""
    ran = wrong = 0
    lines = []
    for shown, command, expected in commands(block):
        while expected and not expected[-1]:
            expected.pop()
        actual = run(server, folder, command)
        if actual is not None:
            ran += 1
            if not matches(expected, actual):
                wrong += 1
                print(f"{path}: $ {command}\n--- shown\n" + "\n".join(expected) +
                      "\n--- printed\n" + "\n".join(actual) + "\n")
                expected = actual
        lines += shown + expected
    return "".join(line + "\n" for line in lines), ran, wrong


def shell_commands(block):
    """The labgraph commands of a block without output."""
    command = ""
    for line in block.splitlines():
        command += line + "\n"
        if line.startswith("#"):
            command = ""
            continue
        try:
            words = shlex.split(command)
        except ValueError:  # a quotation that goes on
            continue
        if line.endswith("\\"):
            continue
        if words and words[0] == "labgraph":
            yield command
        command = ""


def check_shell(server, folder, path, block):
    """How many of a block's commands ran, and how many failed."""
    ran = failed = 0
    for command in shell_commands(block):
        ran += 1
        done = server.run("sh", "-c", command, cwd=folder)
        if done.returncode != 0:
            failed += 1
            print(f"{path}: {command}{done.stderr}exit code {done.returncode}\n")
    return ran, failed


def check_file(server, folder, path, update):
    """How many commands of the file ran, and how many of them were wrong."""
    with open(path, encoding="utf-8") as file:
        text = file.read()
    for name, content in FILE.findall(text):
        (folder / name).write_text(content, encoding="utf-8")
    ran = wrong = failed = 0
    for block in BLOCK.findall(text):
        right, block_ran, block_wrong = check_block(server, folder, path, block)
        ran += block_ran
        wrong += block_wrong
        if update and block_wrong:
            text = text.replace(block, right, 1)
    for block in SHELL.findall(text):
        block_ran, block_failed = check_shell(server, folder, path, block)
        ran += block_ran
        failed += block_failed
    if update and wrong:
        with open(path, "w", encoding="utf-8") as file:
            file.write(text)
    return ran, wrong + failed


def main():
    arguments = [a for a in sys.argv[1:] if a != "--update"]
    total = wrong = 0
    with servers.seeded_server(arguments[0]) as server, \
            tempfile.TemporaryDirectory() as directory:
        folder = pathlib.Path(directory)
        (folder / "seed").symlink_to(servers.SEED_DATA.parent)
        for path in arguments[1:]:
            ran, failed = check_file(server, folder, path, "--update" in sys.argv)
            print(f"{path}: {ran} commands run, {failed} were wrong")
            total += ran
            wrong += failed
    if total == 0:
        print("no command was found: the check would be empty")
        return 1
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())

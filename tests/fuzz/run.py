#!/usr/bin/env python3
"""Runs the fuzzers and keeps what they find.

  run.py [--build BUILD] [--seconds N] [--jobs N] [TARGET]...

Each target begins with the seeds in corpus/<target> and what earlier runs added to
BUILD/corpus/<target>. An input that breaks something is kept in BUILD/crashes/<target>,
and the exit code is 1; `BUILD/bin/<target>_fuzz FILE` repeats it. Seeds are files as they
are, but for

  *.hex                  bytes in hexadecimal
  <Call>[.<what>].txtpb  a request of that call in text format
"""

import argparse
import concurrent.futures
import os
import pathlib
import re
import subprocess
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
TARGETS = ["edtf", "filter", "fixtures", "keys", "page_token", "requests", "visibility"]
# Bytes of an input at most: longer ones only take longer.
MAX_BYTES = {"edtf": 200, "filter": 2200, "visibility": 1200}
DEFAULT_MAX_BYTES = 8192
SECONDS_FOR_ONE_INPUT = 30


def encode_request(path):
    """The wire format of a request, behind the name of its call."""
    call = path.name.split(".")[0]
    done = subprocess.run(
        ["protoc", f"-I{ROOT / 'proto'}", f"--encode=labgraph.v1.{call}Request",
         "labgraph/v1/graph_service.proto", "labgraph/v1/editor_service.proto",
         "labgraph/v1/admin_service.proto"],
        input=path.read_bytes(), capture_output=True, check=False)
    if done.returncode != 0:
        raise SystemExit(f"{path}: {done.stderr.decode()}")
    return call.encode() + b"\n" + done.stdout


def seed(path):
    if path.suffix == ".hex":
        return bytes.fromhex(path.read_text(encoding="ascii"))
    if path.suffix == ".txtpb":
        return encode_request(path)
    return path.read_bytes()


def write_seeds(target, folder):
    folder.mkdir(parents=True, exist_ok=True)
    for path in sorted((HERE / "corpus" / target).iterdir()):
        (folder / path.name).write_bytes(seed(path))


def command(target, build, seconds):
    folders = {name: build / name / target for name in ("corpus", "seeds", "crashes")}
    for folder in folders.values():
        folder.mkdir(parents=True, exist_ok=True)
    write_seeds(target, folders["seeds"])
    words = [build / "bin" / f"{target}_fuzz", folders["corpus"], folders["seeds"],
             f"-max_total_time={seconds}", f"-timeout={SECONDS_FOR_ONE_INPUT}",
             f"-max_len={MAX_BYTES.get(target, DEFAULT_MAX_BYTES)}",
             f"-artifact_prefix={folders['crashes']}/", "-print_final_stats=1"]
    dictionary = HERE / "dictionaries" / f"{target}.dict"
    if dictionary.exists():
        words.append(f"-dict={dictionary}")
    return words


def last(pattern, text):
    found = re.findall(pattern, text)
    return int(found[-1]) if found else 0


def fuzz(target, build, seconds):
    """Whether all went well; prints what was done."""
    done = subprocess.run(command(target, build, seconds), cwd=build, check=False,
                          stdout=subprocess.PIPE, stderr=subprocess.STDOUT,
                          # Debian's libraries are not compiled with the sanitizers.
                          env=dict(os.environ,
                                   ASAN_OPTIONS="detect_container_overflow=0",
                                   UBSAN_OPTIONS="print_stacktrace=1"))
    log = done.stdout.decode(errors="replace")
    (build / f"{target}_fuzz.log").write_text(log, encoding="utf-8")
    executions = last(r"number_of_executed_units: (\d+)", log)
    print(f"{target:<12}{executions:>12} executions  {last(r'cov: ([0-9]+)', log):>7} "
          f"edges covered  {last(r'ft: ([0-9]+)', log):>7} features", flush=True)
    if done.returncode == 0 and executions > 0:
        return True
    print(f"{target} broke; its log:\n" + "\n".join(log.splitlines()[-60:]), flush=True)
    return False


def main():
    parser = argparse.ArgumentParser(description=__doc__,
                                     formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--build", type=pathlib.Path, default=ROOT / "build-fuzz")
    parser.add_argument("--seconds", type=int, default=60, help="for each target")
    parser.add_argument("--jobs", type=int, default=1, help="targets at a time")
    parser.add_argument("targets", nargs="*", metavar="TARGET", help=", ".join(TARGETS))
    arguments = parser.parse_args()
    unknown = set(arguments.targets) - set(TARGETS)
    if unknown:
        parser.error(f"there is no target {', '.join(sorted(unknown))}")
    build = arguments.build.resolve()
    with concurrent.futures.ThreadPoolExecutor(arguments.jobs) as pool:
        results = list(pool.map(lambda target: fuzz(target, build, arguments.seconds),
                                arguments.targets or TARGETS))
    return 0 if all(results) else 1


if __name__ == "__main__":
    sys.exit(main())

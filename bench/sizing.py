#!/usr/bin/env python3
"""Measures what a run takes, for bench/sizing.md: python3 bench/sizing.py build/pensim [--ranks 2] [--scale 1]

Each line is one process (with --ranks also one mpirun), the best of three: lives a second and core from the
difference of two sizes of run, so that what a run takes before its first life is apart; the peak of resident memory
of one process. Times hold for the machine that they are measured on.
"""

import argparse
import json
import os
import pathlib
import re
import shutil
import subprocess
import tempfile

SCENARIOS = {"hmt": 31, "national": 31, "country400": 400}


def run(command, scenario, persons, replicates, threads, folder):
    """Seconds of the simulation as the manifest has them, and MiB at the peak of one process."""
    out = pathlib.Path(folder) / "out"
    words = [*command, "run", scenario, "--persons", str(persons), "--replicates", str(replicates), "--no-report"]
    process = subprocess.Popen([*words, "--threads", str(threads), "-o", out], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    if status != 0:
        raise SystemExit(f"{' '.join(map(str, words))}: exit status {os.waitstatus_to_exitcode(status)}")
    seconds = float(json.loads((out / "manifest.json").read_text())["clock"]["seconds"])
    shutil.rmtree(out)
    return seconds, used.ru_maxrss / 1024


def best(rounds, *arguments):
    measured = [run(*arguments) for _ in range(rounds)]
    return min(seconds for seconds, _ in measured), max(peak for _, peak in measured)


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pensim", type=pathlib.Path)
    parser.add_argument("--ranks", type=int, default=0, help="measure so many ranks of one thread by mpirun as well")
    parser.add_argument("--scale", type=float, default=1.0, help="sizes of the runs, times this")
    parser.add_argument("--rounds", type=int, default=3)
    asked = parser.parse_args()
    pensim = asked.pensim.resolve()
    few, many = int(200_000 * asked.scale), int(1_000_000 * asked.scale)
    cpu = re.search(r"model name\s*: (.*)", pathlib.Path("/proc/cpuinfo").read_text())
    print(f"{cpu[1] if cpu else 'unknown processor'}, {os.cpu_count()} cores; best of {asked.rounds}\n")
    print("| scenario | areas | cores used | lives a second and core | before the first life, s | MiB | MiB, 20 replicates |")
    print("| --- | --- | --- | --- | --- | --- | --- |")
    ways = [("1 thread", [pensim], 1, 1), ("2 threads", [pensim], 2, 2)]
    if asked.ranks:
        mpirun = ["mpirun", "-n", str(asked.ranks), pensim]
        ways.append((f"{asked.ranks} ranks", mpirun, 1, asked.ranks))
    with tempfile.TemporaryDirectory() as folder:
        for scenario, areas in SCENARIOS.items():
            for words, command, threads, cores in ways:
                short, _ = best(asked.rounds, command, scenario, few, 1, threads, folder)
                long, peak = best(asked.rounds, command, scenario, many, 1, threads, folder)
                _, peak20 = best(1, command, scenario, few // 10, 20, threads, folder)
                rate = (many - few) / (long - short) / cores
                before = max(0.0, short - few / rate / cores)
                shown = [f"{mib:.0f}" if command == [pensim] else "" for mib in (peak, peak20)]
                print(f"| `{scenario}` | {areas} | {words} | {rate:,.0f} | {before:.2f} | {shown[0]} | {shown[1]} |", flush=True)


if __name__ == "__main__":
    main()

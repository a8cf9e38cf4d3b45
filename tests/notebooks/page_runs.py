#!/usr/bin/env python3
"""Runs the examples of a page of Markdown, in order, in a folder that has what they read.

    page_runs.py PAGE FOLDER RSCRIPT
"""
import pathlib
import re
import subprocess
import sys


def main():
    page, folder, rscript = sys.argv[1:]
    programs = {"python": [sys.executable, "-W", "error"], "r": [rscript, "--vanilla"]}
    blocks = re.findall(r"^```(\w+)\n(.*?)^```$", pathlib.Path(page).read_text(encoding="utf-8"), re.M | re.S)
    ran = 0
    for language, text in blocks:
        if language in programs:
            example = pathlib.Path(folder) / f"example-{ran}.{language}"
            example.write_text(text, encoding="utf-8")
            subprocess.run([*programs[language], example.name], cwd=folder, check=True)
            ran += 1
    sys.exit(0 if ran == len(blocks) > 0 else f"{ran} of {len(blocks)} examples ran")


if __name__ == "__main__":
    main()

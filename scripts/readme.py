#!/usr/bin/env python3
"""Keeps what the README shows true: `readme.py PROGRAM` checks it, `readme.py PROGRAM --write` renews it.

A command in a fence (`$ cesuan ...`) that is followed by the line `<!-- output: NAME -->` is run, and the text fence
after that line must be what it printed. Exit status 1 where something differs.
"""
import difflib
import os
import re
import shlex
import subprocess
import sys

PLACE = re.compile(r"```\n\$ (cesuan [^\n]*)\n```\n(<!-- output: \w+ -->)\n(?:```text\n(.*?)```\n)?", re.S)


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, write = os.path.abspath(sys.argv[1]), "--write" in sys.argv[2:]
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
    path = os.path.join(root, "README.md")
    with open(path, encoding="utf-8") as f:
        text = f.read()
    wrong = []
    environment = dict(os.environ, COLUMNS="100", LC_ALL="C.UTF-8", NO_COLOR="1")

    def renew(m):
        command = shlex.split(m.group(1))[1:]
        run = subprocess.run([program, "--lang", "en"] + command, cwd=root, env=environment, capture_output=True, text=True, encoding="utf-8")
        if run.returncode:
            sys.exit(f"{m.group(1)}\nexit status {run.returncode}\n{run.stderr}")
        if m.group(3) != run.stdout:
            old, new = (m.group(3) or "").splitlines(), run.stdout.splitlines()
            wrong.append("\n".join(difflib.unified_diff(old, new, "README.md", m.group(1), lineterm="")))
        return f"```\n$ {m.group(1)}\n```\n{m.group(2)}\n```text\n{run.stdout}```\n"

    renewed, count = PLACE.subn(renew, text)
    if not count:
        sys.exit("README.md shows no output")
    if write and renewed != text:
        with open(path, "w", encoding="utf-8") as f:
            f.write(renewed)
    elif wrong:
        print("\n".join(wrong))
        sys.exit("README.md shows what the program no longer prints: scripts/readme.py PROGRAM --write renews it")
    print(f"README.md: {count} outputs {'renewed' if write and wrong else 'as printed'}")


if __name__ == "__main__":
    main()

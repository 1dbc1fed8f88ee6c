#!/usr/bin/env python3
"""Keeps what the pages show true: `readme.py PROGRAM` checks it, `readme.py PROGRAM --write` renews it.

The pages are README and LANGUAGE, in English and (`.zh.md`) in Chinese; their answers come in that language.

A command in a fence (`$ cesuan ...`) that is followed by the line `<!-- output: NAME -->` is run, and the text fence
after that line must be what it printed, answers first, then the messages of the error output; `<!-- output: NAME,
answers -->` leaves the messages out, `<!-- output: NAME, status 1 -->` stands where it fails on purpose.

A fence below the line `<!-- file: NAME -->` is a file of the reader's: the commands further down find it, as it stood
last. What is shown is what somebody sees who has copied these files into a folder and types the commands there; the
project's `scenarios` are there, too. A page without such files is run in the project's own folder.

Exit status 1 where something differs.
"""
import difflib
import os
import re
import shlex
import subprocess
import sys
import tempfile

PAGES = ["README.md", "README.zh.md", "LANGUAGE.md", "LANGUAGE.zh.md"]
PLACE = re.compile(
    r"<!-- file: (?P<file>[^ ]+) -->\n(?P<marks>```|~~~)(?P<tag>\w*)[^\n]*\n(?P<body>.*?)\n(?P=marks)\n"
    r"|```\n\$ (?P<command>cesuan [^\n]*)\n```\n"
    r"(?P<mark><!-- output: [\w-]+(?P<answers>, answers)?(?:, status (?P<status>\d+))? -->)\n"
    r"(?:(?P<fence>```|~~~)text\n(?P<old>.*?)(?P=fence)\n)?",
    re.S,
)
ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))


class Page:
    def __init__(self, name, program):
        self.name, self.program = name, program
        self.path = os.path.join(ROOT, name)
        with open(self.path, encoding="utf-8") as f:
            self.text = f.read()
        self.language = "zh" if name.endswith(".zh.md") else "en"
        self.outputs, self.wrong = 0, []

    def renewed(self):
        """The page with what the commands print now."""
        if "<!-- file: " not in self.text:
            return PLACE.sub(lambda m: self.place(m, ROOT), self.text)
        with tempfile.TemporaryDirectory() as folder:
            os.symlink(os.path.join(ROOT, "scenarios"), os.path.join(folder, "scenarios"))
            return PLACE.sub(lambda m: self.place(m, folder), self.text)

    def place(self, m, folder):
        if m["file"]:
            # A fence of rules is a document by itself; of other files the fence holds the contents.
            contents = m["body"] if m["tag"] != "policy" else f"```policy\n{m['body']}\n```"
            with open(os.path.join(folder, os.path.basename(m["file"])), "w", encoding="utf-8") as f:
                f.write(contents + "\n")
            return m[0]
        shown, status = self.run(m["command"], folder, not m["answers"])
        if status != int(m["status"] or 0):
            sys.exit(f"{self.name}: {m['command']}\nexit status {status}\n{shown}")
        self.outputs += 1
        if m["old"] != shown:
            old, new = (m["old"] or "").splitlines(), shown.splitlines()
            self.wrong.append("\n".join(difflib.unified_diff(old, new, self.name, m["command"], lineterm="")))
        fence = "~~~" if "```" in shown else "```"
        return f"```\n$ {m['command']}\n```\n{m['mark']}\n{fence}text\n{shown}{fence}\n"

    def run(self, command, folder, has_messages):
        """What a command prints, with the messages that a terminal shows beside the answers, and its exit status."""
        words = shlex.split(command)[1:]
        at = 1 if words[0] in ("check", "run", "render") else 0
        words[at:at] = ["--lang", self.language]
        environment = dict(os.environ, COLUMNS="100", LC_ALL="C.UTF-8", NO_COLOR="1")
        run = subprocess.run(
            [self.program] + words, cwd=folder, env=environment, capture_output=True, text=True, encoding="utf-8")
        text = run.stdout + (run.stderr if has_messages or run.returncode else "")
        return "\n".join(line.rstrip() for line in text.splitlines()) + "\n", run.returncode


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program, write = os.path.abspath(sys.argv[1]), "--write" in sys.argv[2:]
    pages = [Page(name, program) for name in PAGES]
    for page in pages:
        renewed = page.renewed()
        if not page.outputs:
            sys.exit(f"{page.name} shows no output")
        if write and renewed != page.text:
            with open(page.path, "w", encoding="utf-8") as f:
                f.write(renewed)
        standing = "as printed" if not page.wrong else "renewed" if write else "of which some differ"
        print(f"{page.name}: {page.outputs} outputs {standing}")
    wrong = [difference for page in pages for difference in page.wrong]
    if wrong and not write:
        print("\n".join(wrong))
        sys.exit("The pages show what the program no longer prints: scripts/readme.py PROGRAM --write renews them")


if __name__ == "__main__":
    main()

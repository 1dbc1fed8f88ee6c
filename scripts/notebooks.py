#!/usr/bin/env python3
"""Checks of notebooks and pages that need the whole program: `notebooks.py PROGRAM`.

- The README's notebook runs, and its figure is right.
- Every bundled notebook and document is a page that a strict HTML5 parser accepts, that fetches nothing and runs nothing.
- Writing answers twice changes nothing the second time.
- A program that is killed while it writes leaves the old file or the new one, and nothing in between.

Exit status 1 where something is otherwise.
"""
import glob
import json
import os
import random
import re
import shutil
import signal
import subprocess
import sys
import tempfile
import time

import html5lib

ROOT = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..")
DOCUMENTS = ["changle-2020", "changle-2022", "fuzhou-2021", "jindong-2021", "quanzhou-tiz-2023"]
KILLS = 40


def call(program, *arguments):
    # The bundled notebooks read the scenarios beside their folder.
    arguments = [*arguments, "--allow-read", os.path.join(ROOT, "scenarios")]
    return subprocess.run([program, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8")


def pages(program, folder):
    notebooks = sorted(os.path.relpath(path, ROOT) for path in glob.glob(os.path.join(ROOT, "notebooks", "*.md")))
    wanted = [(n,) for n in notebooks] + [(d, "--lang", lang) for d in DOCUMENTS for lang in ("en", "zh")]
    wanted += [("notebooks/exercises.zh.md", kind) for kind in ("--handout", "--key", "--slides")]
    for arguments in wanted:
        path = os.path.join(folder, "page.html")
        run = call(program, "render", *arguments, "--force", "--html", path)
        if run.returncode:
            sys.exit(f"render {' '.join(arguments)}: exit status {run.returncode}\n{run.stderr}")
        with open(path, encoding="utf-8") as f:
            text = f.read()
        tree = html5lib.HTMLParser(strict=True, namespaceHTMLElements=False).parse(text)
        for element in tree.iter():
            if not isinstance(element.tag, str):
                continue
            tag = element.tag.split("}")[-1]
            if tag in ("script", "link", "img", "iframe", "object", "embed", "video", "audio", "image", "use", "form"):
                sys.exit(f"{arguments}: the page holds <{tag}>")
            for name in element.attrib:
                if str(name).startswith("on") or name in ("src", "srcset", "poster", "background"):
                    sys.exit(f"{arguments}: <{tag} {name}>")
        for style in tree.iter("style"):
            if re.search(r"url\(|@import", style.text or ""):
                sys.exit(f"{arguments}: the style fetches something")
    return len(wanted)


def readme(program, folder):
    """The README's notebook, beside the bundled ones: it runs, and its figure is right."""
    with open(os.path.join(ROOT, "README.md"), encoding="utf-8") as f:
        found = re.search(r"````markdown\n(.*?)````\n", f.read(), re.S)
    if not found:
        sys.exit("README.md shows no notebook")
    path = os.path.join(folder, "notebooks", "readme.md")
    with open(path, "w", encoding="utf-8") as f:
        f.write(found.group(1))
    run = call(program, "check", "--format", "json", path, "--allow-read", os.path.join(folder, "scenarios"))
    told = [json.loads(line) for line in run.stdout.splitlines()]
    wrong = [line for line in told if line["kind"] == "mismatch" and line["what"] != "missing" or line.get("errors")]
    if wrong or not told:
        sys.exit(f"README.md: {wrong}\n{run.stderr}")
    os.remove(path)


def kills(program, folder):
    path = os.path.join(folder, "notebooks", "tour.en.md")
    with open(path, "rb") as f:
        new = f.read()
    # The old file: one answer and one figure otherwise.
    old = new.replace(b"59,700.00", b"59,701.00")
    assert old != new
    random.seed(1)
    command = [program, "run", "--write", "--allow-read", os.path.join(folder, "scenarios"), path]
    beginning = time.monotonic()
    subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
    whole = time.monotonic() - beginning
    seen = set()
    for _ in range(KILLS):
        with open(path, "wb") as f:
            f.write(old)
        child = subprocess.Popen(command, stdout=subprocess.DEVNULL)
        time.sleep(random.uniform(0, whole * 1.1))
        child.send_signal(signal.SIGKILL)
        child.wait()
        with open(path, "rb") as f:
            found = f.read()
        if found not in (old, new):
            sys.exit(f"{path}: neither the old file nor the new one")
        seen.add(found == new)
    # And once more in peace: the new file, and the same again.
    for _ in range(2):
        subprocess.run(command, stdout=subprocess.DEVNULL, check=True)
        with open(path, "rb") as f:
            if f.read() != new:
                sys.exit(f"{path}: writing its answers does not give the file that is there")


def ends(program, folder):
    """How the program ends: on a full disk, on a signal while it writes, on Ctrl-C while it loads."""
    scenario = os.path.join(folder, "many.yaml")
    with open(scenario, "w", encoding="utf-8") as f:
        f.write("scenario: many\ndistrict: 350112\nenterprises: [{id: k, district: 350112, lists: [leading_2021]}]\n"
                "agencies: [{id: q, district: 350112, filed: true}]\ncohorts:\n"
                "  - {id: h, count: 1500000, hire: {agency: q, enterprise: k, origin: 520502}, start: 2022-03-01}\n")
    small = os.path.join(ROOT, "scenarios", "agency-edge.yaml")
    for form in ("table", "json", "csv"):
        with open("/dev/full", "w") as full:
            run = subprocess.run([program, small, "--format", form, "-c", "run; payments"], stdout=full, stderr=subprocess.PIPE)
        if run.returncode != 1 or b"standard output" not in run.stderr:
            sys.exit(f"a full disk behind the standard output: exit status {run.returncode}")
    place = os.path.join(folder, "written")
    os.mkdir(place)
    for number in (signal.SIGTERM, signal.SIGHUP):
        child = subprocess.Popen([program, scenario, "-c", "run changle-2022; payments into p.csv"], cwd=place, stdout=subprocess.DEVNULL)
        while child.poll() is None and not os.listdir(place):
            time.sleep(0.002)
        child.send_signal(number)
        status = child.wait()
        # Where the file was whole before the signal came, it is there.
        if status == -number and os.listdir(place):
            sys.exit(f"{number.name} leaves {os.listdir(place)}")
        for name in os.listdir(place):
            os.remove(os.path.join(place, name))
    rows = os.path.join(folder, "rows.csv")
    with open(rows, "w", encoding="utf-8") as f:
        f.write("id,enterprise,start\n" + "".join(f"h{i},k,2022-03-01\n" for i in range(3_000_000)))
    with open(scenario, "w", encoding="utf-8") as f:
        f.write("scenario: many\ndistrict: 350112\nenterprises: [{id: k, district: 350112}]\nhires_from: rows.csv\n")
    for wait in (0.1, 0.2, 0.3):
        child = subprocess.Popen([program, scenario, "-c", "quit"], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        time.sleep(wait)
        child.send_signal(signal.SIGINT)
        if child.wait() not in (0, 130, -signal.SIGINT):
            sys.exit(f"Ctrl-C while loading: exit status {child.returncode}")


def main():
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    program = os.path.abspath(sys.argv[1])
    with tempfile.TemporaryDirectory() as folder:
        for part in ("notebooks", "scenarios"):
            shutil.copytree(os.path.join(ROOT, part), os.path.join(folder, part))
        readme(program, folder)
        count = pages(program, folder)
        kills(program, folder)
        ends(program, folder)
    print(f"{count} pages are well-formed and fetch nothing; {KILLS} kills lose nothing")


if __name__ == "__main__":
    main()

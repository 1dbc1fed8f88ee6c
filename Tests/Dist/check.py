#!/usr/bin/env python3
"""Installs what `make dist` made, as a person would, and runs it there: `check.py PROGRAM DIST [SUITE...]`.

The Debian package and the tarball in roots of Debian that hold nothing but its base system (debootstrap; kept below
.build/debian), where /proc is not even mounted; the wheel in a new environment of Python without an index. Everywhere
the tour, `help` and a budget must say what PROGRAM says on this machine. The program must need nothing but the C and
C++ libraries, and be at most 30 MB. How quickly it starts is told, not judged.

Exit status 1 where something is wrong; what cannot be tried here is named.
"""
import glob
import os
import re
import shutil
import statistics
import subprocess
import sys
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", ".."))
NEEDED = re.compile(r"lib(c|m)\.so\.6|libstdc\+\+\.so\.6|libgcc_s\.so\.1|ld-linux-[\w-]+\.so\.\d")
SIZE = 30_000_000
PLAIN = {
    "PATH": "/usr/local/bin:/usr/bin:/bin:/usr/sbin:/sbin", "LANG": "C.UTF-8", "HOME": "/nonexistent", "TERM": "dumb"}
ASKED = {
    "the tour": ["-c", "tour"],
    "help": ["-c", "help"],
    "a budget": ["scenarios/agency-edge.yaml", "-c", "run changle-2022", "-c", "verify"],
    "a budget in Chinese": ["scenarios/agency-edge.yaml", "--lang", "zh", "-c", "run changle-2022"],
    "an unknown option": ["--unknown"],
}
wrong = []
untried = []


def told(text):
    print(text, flush=True)


def expect(true, what, detail=""):
    told(f"  {'ok' if true else 'WRONG'}  {what}")
    if not true:
        wrong.append(what)
        if detail:
            told(detail)


def run(words, **options):
    options.setdefault("env", PLAIN)
    return subprocess.run(words, stdin=subprocess.DEVNULL, capture_output=True, text=True, encoding="utf-8", **options)


def answers(start, folder=None):
    """What a program says to everything that is asked: its output, its messages, its status."""
    said = {}
    for what, words in ASKED.items():
        done = run(start + words, cwd=folder)
        said[what] = (done.stdout, done.stderr, done.returncode)
    return said


def same(where, said, expected):
    for what, answer in said.items():
        expect(answer == expected[what], f"{where}: {what}", f"{answer}\nwanted {expected[what]}")


def program_itself(path):
    """What it needs, how large it is, how quickly it starts."""
    dynamic = run(["objdump", "-p", path]).stdout
    needed = re.findall(r"NEEDED\s+(\S+)", dynamic)
    expect(needed and all(NEEDED.fullmatch(name) for name in needed), "needs " + ", ".join(needed))
    size = os.path.getsize(path)
    expect(size <= SIZE, f"{size / 1e6:.1f} MB")
    for words in (["--version"], ["-c", "help"]):
        times = []
        for _ in range(40):
            begin = time.perf_counter()
            subprocess.run([path] + words, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, env=PLAIN, check=True)
            times.append((time.perf_counter() - begin) * 1000)
        middle, least = statistics.median(times), min(times)
        told(f"      cesuan {' '.join(words)}: {middle:.1f} ms, at best {least:.1f} (median and least of 40)")


class Debian:
    """A root with Debian's base system."""

    def __init__(self, suite):
        self.suite = suite
        self.pristine = os.path.join(ROOT, ".build", "debian", suite)
        self.path = self.pristine + "-try"

    def begin(self):
        """Makes it, or says that it cannot be had."""
        if not os.path.exists(os.path.join(self.pristine, "usr", "bin", "dpkg")):
            shutil.rmtree(self.pristine, ignore_errors=True)
            os.makedirs(self.pristine)
            mirror = os.environ.get("DEBIAN_MIRROR", "http://deb.debian.org/debian")
            made = run(["debootstrap", "--variant=minbase", self.suite, self.pristine, mirror], env=dict(os.environ))
            if made.returncode != 0:
                shutil.rmtree(self.pristine, ignore_errors=True)
                untried.append(f"Debian {self.suite}: {made.stdout.strip().splitlines()[-1:]}")
                return False
        shutil.rmtree(self.path, ignore_errors=True)
        subprocess.run(["cp", "-a", self.pristine, self.path], check=True)
        shutil.copytree(os.path.join(ROOT, "scenarios"), os.path.join(self.path, "srv", "scenarios"))
        return True

    def inside(self, *words):
        # chroot alone leaves the folder to the program.
        return ["chroot", self.path, "/usr/bin/env", "-C", "/srv", *words]

    def package(self, deb, expected):
        shutil.copy(deb, os.path.join(self.path, "srv", "cesuan.deb"))
        before = self.files()
        done = run(self.inside("dpkg", "-i", "cesuan.deb"))
        expect(done.returncode == 0, f"{self.suite}: dpkg -i", done.stderr)
        same(f"{self.suite}, package", answers(self.inside("cesuan")), expected)
        for file in (
            "share/man/man1/cesuan.1.gz",
            "share/bash-completion/completions/cesuan",
            "share/zsh/site-functions/_cesuan",
            "share/fish/vendor_completions.d/cesuan.fish",
            "share/doc/cesuan/copyright",
        ):
            expect(os.path.getsize(os.path.join(self.path, "usr", file)) > 0, f"{self.suite}: /usr/{file}")
        done = run(self.inside("dpkg", "--verify", "cesuan"))
        expect(done.returncode == 0 and not done.stdout, f"{self.suite}: dpkg --verify", done.stdout)
        run(self.inside("dpkg", "--purge", "cesuan"))
        left = self.files() - before
        expect(not left, f"{self.suite}: dpkg --purge leaves nothing", "\n".join(sorted(left)))

    def files(self):
        found = set()
        for folder, _, names in os.walk(os.path.join(self.path, "usr")):
            found.update(os.path.join(folder, name) for name in names)
        return found

    def tarball(self, archive, expected):
        folder = os.path.join(self.path, "opt")
        subprocess.run(["tar", "-C", folder, "-xzf", archive], check=True)
        (name,) = os.listdir(folder)
        same(f"{self.suite}, tarball", answers(self.inside(f"/opt/{name}/bin/cesuan")), expected)
        page = os.path.join(folder, name, "share", "man", "man1", "cesuan.1")
        expect(os.path.getsize(page) > 0, f"{self.suite}, tarball: the manual page")
        licences = os.listdir(os.path.join(folder, name, "licences"))
        named = {"swift.txt", "libyaml-dev.txt"} <= set(licences)
        expect(named, f"{self.suite}, tarball: {len(licences)} licences")

    def end(self):
        shutil.rmtree(self.path, ignore_errors=True)


def wheel(path, expected):
    """In an environment of its own, with no index and no other package."""
    folder = os.path.join(ROOT, ".build", "dist", "environment")
    shutil.rmtree(folder, ignore_errors=True)
    subprocess.run([sys.executable, "-m", "venv", folder], check=True)
    python = os.path.join(folder, "bin", "python")
    quiet = dict(PLAIN, PIP_CONFIG_FILE="/dev/null", PIP_DISABLE_PIP_VERSION_CHECK="1")
    done = run([python, "-m", "pip", "install", "--no-index", "--no-deps", path], env=quiet)
    expect(done.returncode == 0, "wheel: pip install", done.stderr)
    same("wheel, on the path", answers([os.path.join(folder, "bin", "cesuan")], ROOT), expected)
    done = run([python, "-I", os.path.join(ROOT, "python", "test_cesuan.py")], env=PLAIN)
    expect(done.returncode == 0, "wheel: import cesuan (python/test_cesuan.py)", done.stderr)
    done = run([python, "-m", "pip", "uninstall", "-y", "cesuan"], env=quiet)
    gone = not os.path.exists(os.path.join(folder, "bin", "cesuan"))
    expect(done.returncode == 0 and gone, "wheel: pip uninstall", done.stderr)


def main():
    program, dist, suites = os.path.abspath(sys.argv[1]), sys.argv[2], sys.argv[3:] or ["bookworm", "trixie"]
    (deb,) = glob.glob(os.path.join(dist, "*.deb"))
    (archive,) = glob.glob(os.path.join(dist, "*.tar.gz"))
    (whl,) = glob.glob(os.path.join(dist, "*.whl"))
    single = archive[: -len(".tar.gz")]

    told("The program")
    program_itself(os.path.abspath(single))
    # What the built program says here is what it must say everywhere.
    expected = answers([program], ROOT)
    for what, (output, messages, status) in expected.items():
        well = output and status == 0 if what != "an unknown option" else messages and status == 64
        expect(well, f"here: {what}", f"{output}{messages}status {status}")
    same("by itself", answers([os.path.abspath(single)], ROOT), expected)

    told("The wheel")
    wheel(whl, expected)

    for suite in suites:
        told(f"Debian {suite}")
        if os.geteuid() != 0:
            untried.append(f"Debian {suite}: a root of its own wants to be made by root")
            continue
        debian = Debian(suite)
        if not debian.begin():
            continue
        try:
            debian.package(deb, expected)
            debian.tarball(archive, expected)
        finally:
            debian.end()

    for what in untried:
        told(f"Not tried: {what}")
    if wrong:
        told(f"{len(wrong)} wrong: " + "; ".join(wrong))
        sys.exit(1)
    told("All that was tried is well.")


if __name__ == "__main__":
    main()

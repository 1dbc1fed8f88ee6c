#!/usr/bin/env python3
"""Makes the Python wheel: `wheel.py PROGRAM LICENCES --version V --tag T --into FOLDER`.

A wheel is an archive of files with a list of them, so that nothing but Python itself is needed. The program lies among
the scripts: an installer puts it on the path as it is. Times are SOURCE_DATE_EPOCH, so that the same sources give the
same bytes.
"""
import argparse
import base64
import hashlib
import os
import time
import zipfile

ROOT = os.path.abspath(os.path.join(os.path.dirname(os.path.abspath(__file__)), ".."))
SOURCES = os.path.join(ROOT, "python")


def metadata(version):
    with open(os.path.join(SOURCES, "README.md"), encoding="utf-8") as f:
        description = f.read()
    lines = [
        "Metadata-Version: 2.1",
        "Name: cesuan",
        f"Version: {version}",
        "Summary: Costs employment-incentive policy",
        "Requires-Python: >=3.9",
        "Classifier: Operating System :: POSIX :: Linux",
        "Classifier: Natural Language :: Chinese (Simplified)",
        "Classifier: Natural Language :: English",
        "Classifier: Typing :: Typed",
        "Description-Content-Type: text/markdown; charset=UTF-8",
        "",
        description,
    ]
    return "\n".join(lines).encode()


def contents(program, licences, version, tag):
    """Every file of the wheel but its list: name, bytes, whether it can be run."""
    package = os.path.join(SOURCES, "cesuan")
    for name in sorted(os.listdir(package)):
        if name.endswith(".py") or name == "py.typed":
            with open(os.path.join(package, name), "rb") as f:
                yield f"cesuan/{name}", f.read(), False
    with open(program, "rb") as f:
        yield f"cesuan-{version}.data/scripts/cesuan", f.read(), True
    information = f"cesuan-{version}.dist-info"
    for name in sorted(os.listdir(licences)):
        with open(os.path.join(licences, name), "rb") as f:
            yield f"{information}/licenses/{name}", f.read(), False
    yield f"{information}/METADATA", metadata(version), False
    wheel = f"Wheel-Version: 1.0\nGenerator: cesuan\nRoot-Is-Purelib: false\nTag: {tag}\n"
    yield f"{information}/WHEEL", wheel.encode(), False


def write(path, files, version):
    moment = time.gmtime(max(int(os.environ["SOURCE_DATE_EPOCH"]), 315532800))[:6]
    records = []
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED, compresslevel=9) as archive:

        def add(name, body, runs):
            entry = zipfile.ZipInfo(name, moment)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.create_system = 3
            entry.external_attr = (0o100755 if runs else 0o100644) << 16
            archive.writestr(entry, body)

        for name, body, runs in files:
            add(name, body, runs)
            digest = base64.urlsafe_b64encode(hashlib.sha256(body).digest()).rstrip(b"=").decode()
            records.append(f"{name},sha256={digest},{len(body)}\n")
        record = f"cesuan-{version}.dist-info/RECORD"
        add(record, "".join(records + [f"{record},,\n"]).encode(), False)


def main():
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("program")
    parser.add_argument("licences")
    parser.add_argument("--version", required=True)
    parser.add_argument("--tag", required=True)
    parser.add_argument("--into", required=True)
    given = parser.parse_args()
    path = os.path.join(given.into, f"cesuan-{given.version}-{given.tag}.whl")
    write(path, contents(given.program, given.licences, given.version, given.tag), given.version)


if __name__ == "__main__":
    main()

"""Costs employment-incentive policy: the program `cesuan`, asked from Python.

    >>> import cesuan
    >>> budget = cesuan.run("run changle-2022", scenarios="agency-edge.yaml")
    >>> budget["total"]
    '59700.00'

The program lies in this package's wheel. `run` and `answers` start it anew for each call, with `--format json`; a
`Session` keeps it, so that what one command sets the next one knows. Amounts are texts such as "59700.00", exact to the
fen: make `decimal.Decimal` of them, not `float`. In Jupyter, `%load_ext cesuan` brings `%%cesuan`, and `python -m
cesuan.kernel install` a kernel of its own.
"""
from __future__ import annotations

import importlib.metadata
import json
import os
import shutil
import subprocess
from typing import Any, Dict, Iterable, List, Optional, Union

__all__ = ["Answer", "CesuanError", "ProtocolError", "Rows", "Session", "answers", "program", "run"]

Path = Union[str, "os.PathLike[str]"]
Record = Dict[str, Any]


class CesuanError(Exception):
    """A command, a file or the command line was wrong. The text is the program's own, with its hint."""

    def __init__(self, told: Record, status: int, answers: List[Record]) -> None:
        #: What is wrong, in the language that was asked for.
        self.message: str = told["message"]
        #: How to mend it; None where the program knows no remedy.
        self.hint: Optional[str] = told.get("hint")
        #: The kind of mistake as one word, such as "unreadable"; None for the command line itself.
        self.code: Optional[str] = told.get("code")
        #: Where: the file (None for the commands themselves), and line and column from 1 where known.
        self.file: Optional[str] = told.get("file")
        self.line: Optional[int] = told.get("line")
        self.column: Optional[int] = told.get("column")
        #: The program's exit status: 1 a command or file, 2 a check that found a mismatch, 64 the command line.
        self.status = status
        #: Everything that was answered, mistakes included.
        self.answers = answers
        place = self.file or ""
        if self.line is not None:
            place += f":{self.line}" if self.column is None else f":{self.line}:{self.column}"
        text = f"{place.lstrip(':')}: {self.message}" if place else self.message
        super().__init__(f"{text} ({self.hint})" if self.hint else text)


def program() -> str:
    """The path of the program: $CESUAN_PROGRAM, else what was installed with this package, else what is on the path.

    Raises FileNotFoundError where there is none.
    """
    given = os.environ.get("CESUAN_PROGRAM")
    if given:
        return given
    try:
        files = importlib.metadata.distribution("cesuan").files or []
    except importlib.metadata.PackageNotFoundError:
        files = []
    for file in files:
        if file.name == "cesuan" and file.parent.name in ("bin", "scripts", "Scripts"):
            found = os.path.abspath(str(file.locate()))
            if os.access(found, os.X_OK):
                return found
    on_path = shutil.which("cesuan")
    if on_path is None:
        raise FileNotFoundError("the program `cesuan` is not there: install the wheel, or name it in CESUAN_PROGRAM")
    return on_path


def _options(lang: Optional[str], policies: Optional[Path], threads: Optional[int], force: bool) -> List[str]:
    """What the program is started with, beside what it is to do."""
    words: List[str] = []
    for option, value in (("--lang", lang), ("--policies", policies), ("--threads", threads)):
        if value is not None:
            words += [option, os.fspath(value) if isinstance(value, os.PathLike) else str(value)]
    return words + ["--force"] if force else words


def _files(scenarios: Union[Path, Iterable[Path]]) -> List[str]:
    """The scenarios behind `--`: a name that begins with a hyphen is a file all the same."""
    files = [scenarios] if isinstance(scenarios, (str, os.PathLike)) else list(scenarios)
    return ["--", *(os.fspath(file) for file in files)]


def answers(
    commands: Union[str, Iterable[str]] = (),
    *,
    scenarios: Union[Path, Iterable[Path]] = (),
    lang: Optional[str] = None,
    policies: Optional[Path] = None,
    threads: Optional[int] = None,
    force: bool = False,
    cwd: Optional[Path] = None,
    timeout: Optional[float] = None,
) -> List[Record]:
    """Carries out commands and gives every answer, one object for each, as `cesuan --format json` writes them.

    commands: one text (`"run changle-2022; readings changle-2022"`) or several, as they are typed at the prompt.
    scenarios: files to load first. lang: "en" or "zh". policies: a folder of further policy documents.
    threads: how many share the work. force: let answers replace files that are there.
    cwd: the folder that paths are relative to.
    timeout: seconds after which the program is ended (subprocess.TimeoutExpired).

    Raises CesuanError with the first mistake. What commands before it answered is in its `answers`.
    """
    words = [program(), "--format", "json"]
    words += _options(lang, policies, threads, force)
    for text in [commands] if isinstance(commands, str) else commands:
        words += ["-c", text]
    words += _files(scenarios)
    done = subprocess.run(
        words, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd, timeout=timeout,
        encoding="utf-8", errors="replace")
    told: List[Record] = [json.loads(line) for line in done.stdout.split("\n") if line]
    for answer in told:
        if answer.get("kind") == "error":
            raise CesuanError(answer, done.returncode, told)
    if done.returncode != 0:
        said = done.stderr.strip() or f"the program ended with status {done.returncode}"
        raise CesuanError({"message": said}, done.returncode, told)
    return told


def run(
    commands: Union[str, Iterable[str]],
    *,
    scenarios: Union[Path, Iterable[Path]] = (),
    lang: Optional[str] = None,
    policies: Optional[Path] = None,
    threads: Optional[int] = None,
    force: bool = False,
    cwd: Optional[Path] = None,
    timeout: Optional[float] = None,
) -> Record:
    """Carries out commands and gives the last answer: `run("run changle-2022", scenarios="year.yaml")["total"]`.

    Takes and raises what `answers` does; ValueError where the commands answer nothing.
    """
    told = answers(
        commands, scenarios=scenarios, lang=lang, policies=policies, threads=threads, force=force, cwd=cwd,
        timeout=timeout)
    if not told:
        raise ValueError("these commands answer nothing")
    return told[-1]


from .rows import Rows  # noqa: E402
from .session import Answer, ProtocolError, Session  # noqa: E402

_magics: Dict[int, Any] = {}


def load_ipython_extension(shell: Any) -> None:
    """`%load_ext cesuan`"""
    from . import magic

    _magics[id(shell)] = magic.load(shell)


def unload_ipython_extension(shell: Any) -> None:
    """`%unload_ext cesuan`"""
    from . import magic

    loaded = _magics.pop(id(shell), None)
    if loaded is not None:
        magic.unload(loaded)

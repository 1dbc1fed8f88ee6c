"""A session of the program that lives as long as the object: what one command sets, the next one knows.

    >>> import cesuan
    >>> with cesuan.Session("agency-edge.yaml") as session:
    ...     session.run("run changle-2022").record["total"]
    ...     session.run("with rate_3m = 400 yuan run").record["total"]
    '59700.00'
    '69700.00'

The program is started once, with `cesuan serve --stdio`, and asked in lines of JSON (docs/STDIO.md). Another thread may
give up what goes on; Ctrl-C does.
"""
from __future__ import annotations

import contextlib
import itertools
import json
import os
import queue
import subprocess
import threading
from typing import Any, Callable, Dict, Generator, Iterable, List, NamedTuple, Optional, Sequence, Union

from . import CesuanError, _files, _options, program
from .rows import Rows

__all__ = ["Answer", "Completion", "ProtocolError", "Session"]

Path = Union[str, "os.PathLike[str]"]
Object = Dict[str, Any]


class ProtocolError(Exception):
    """The program did not take a request, or has gone away; `code` is its word for the reason, such as "ended"."""

    def __init__(self, message: str, code: Optional[str] = None) -> None:
        super().__init__(message)
        self.code = code


class Completion(NamedTuple):
    """What may stand at the cursor."""

    #: Where the word begins that is replaced, in characters.
    start: int
    #: The words with their meanings, the likeliest first.
    words: List["Word"]


class Word(NamedTuple):
    """One word that may stand at the cursor."""

    text: str
    meaning: str
    #: Whether a space follows it.
    space: bool


class Answer:
    """The answer to one command. Printed it is what the prompt shows; in a notebook it is a table that folds."""

    def __init__(self, told: Object) -> None:
        self._told = told

    @property
    def command(self) -> str:
        """The command as it was read."""
        return str(self._told.get("command", ""))

    @property
    def failed(self) -> bool:
        """Whether the command could not be carried out."""
        return bool(self._told["failed"])

    @property
    def mismatch(self) -> bool:
        """Whether a check found that something is not as it should be."""
        return bool(self._told.get("mismatch", False))

    @property
    def result(self) -> Optional[str]:
        """What the answer is called later in the session, such as "r3"."""
        return self._told.get("result")

    @property
    def fingerprint(self) -> Optional[str]:
        """The digest of facts, rules, settings and question."""
        return self._told.get("fingerprint")

    @property
    def diagnostics(self) -> List[Object]:
        """What is wrong or worth knowing: kind, message, hint, line, column, code, file."""
        return list(self._told.get("diagnostics", []))

    @property
    def correction(self) -> Optional[str]:
        """The command as it was probably meant, where it was mistaken."""
        return self._told.get("correction")

    @property
    def next(self) -> List[str]:
        """What one may ask next."""
        return list(self._told.get("next", []))

    @property
    def text(self) -> str:
        """Lines as at the prompt."""
        return str(self._told.get("text", ""))

    @property
    def remarks(self) -> str:
        """What is wrong, as the prompt shows it."""
        return str(self._told.get("remarks", ""))

    @property
    def markdown(self) -> str:
        """The answer for a document."""
        return str(self._told.get("markdown", ""))

    @property
    def html(self) -> str:
        """The answer as a piece of a page."""
        return str(self._told.get("html", ""))

    @property
    def svg(self) -> Optional[str]:
        """The answer's chart; None where it has none."""
        return self._told.get("svg")

    @property
    def csv(self) -> str:
        """The answer's list as CSV."""
        return str(self._told.get("csv", ""))

    @property
    def records(self) -> List[Object]:
        """The records, as `cesuan --format json` writes them."""
        return list(self._told.get("json", []))

    @property
    def record(self) -> Object:
        """The first record. LookupError where the command has none to give."""
        records = self.records
        if not records:
            raise LookupError(f"`{self.command}` answers with no record")
        return records[0]

    def __getitem__(self, key: str) -> Any:
        """A member of the first record: `answer["total"]`."""
        return self.record[key]

    def __str__(self) -> str:
        return (self.remarks + self.text).rstrip("\n")

    def __repr__(self) -> str:
        return f"<Answer to `{self.command}`{' (failed)' if self.failed else ''}>"

    def _repr_html_(self) -> Optional[str]:
        return self.html or None

    def _repr_markdown_(self) -> Optional[str]:
        return self.markdown or None

    def _repr_pretty_(self, printer: Any, cycle: bool) -> None:
        printer.text(str(self))


class Session:
    """One session: scenarios, settings, drafts and numbered results, as at the prompt."""

    #: The forms in which answers come.
    forms: Sequence[str] = ("text", "markdown", "html", "json", "svg")

    def __init__(
        self,
        scenarios: Union[Path, Iterable[Path]] = (),
        *,
        lang: Optional[str] = None,
        policies: Optional[Path] = None,
        threads: Optional[int] = None,
        force: bool = False,
        cwd: Optional[Path] = None,
    ) -> None:
        """Starts the program and loads the scenarios.

        lang: "en" or "zh"; that of the locale if nothing is said. policies: a folder of further policy documents.
        threads: how many share the work. force: let answers replace files that are there. cwd: the folder that paths
        are relative to.

        Raises CesuanError where a scenario or an option is wrong.
        """
        words = [program(), "serve", "--stdio", *_options(lang, policies, threads, force), *_files(scenarios)]
        self._ids = itertools.count(1)
        self._waiting: Dict[Any, "queue.SimpleQueue[Optional[Object]]"] = {}
        self._lock = threading.Lock()
        self._said: List[str] = []
        # A group of its own: Ctrl-C reaches Python alone, which then asks the program to give up.
        self._process = subprocess.Popen(
            words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, cwd=cwd, encoding="utf-8",
            errors="replace", start_new_session=True)
        self._threads = [
            threading.Thread(target=self._listen, daemon=True), threading.Thread(target=self._hear, daemon=True)]
        for thread in self._threads:
            thread.start()
        try:
            self.state()
        except ProtocolError:
            status = self._process.wait()
            self._threads[1].join()
            said = "".join(self._said).strip() or f"the program ended with status {status}"
            raise CesuanError({"message": said}, status, []) from None

    # Asking

    def perform(
        self,
        commands: str,
        *,
        keep_going: bool = False,
        forms: Optional[Sequence[str]] = None,
        width: Optional[int] = None,
        progress: Optional[Callable[[float], None]] = None,
        answered: Optional[Callable[[Answer], None]] = None,
    ) -> List[Answer]:
        """Carries out commands and gives every answer, those that failed too.

        progress: told how far long work is, from 0 to 1. answered: given each answer as it comes.
        Ctrl-C gives up what goes on, waits for the session to be as it was before, and raises KeyboardInterrupt.
        """
        request: Object = {
            "do": "perform", "commands": commands, "keepGoing": keep_going, "stream": True,
            "forms": list(self.forms if forms is None else forms)}
        if width is not None:
            request["width"] = width
        answers: List[Answer] = []
        with contextlib.closing(self._ask(request)) as lines:
            for line in lines:
                if "progress" in line:
                    if progress is not None:
                        progress(float(line["progress"]))
                elif "answer" in line:
                    answers.append(Answer(line["answer"]))
                    if answered is not None:
                        answered(answers[-1])
        return answers

    def run(self, commands: str, **options: Any) -> Answer:
        """Carries out commands and gives the last answer; options are those of `perform`.

        Raises CesuanError with the first mistake; ValueError where the commands answer nothing.
        """
        answers = self.perform(commands, **options)
        for answer in answers:
            if answer.failed:
                errors = [told for told in answer.diagnostics if told["kind"] == "error"]
                told = errors[0] if errors else {"message": answer.remarks or f"`{answer.command}` failed"}
                raise CesuanError(told, 1, [record for one in answers for record in one.records])
        if not answers:
            raise ValueError("these commands answer nothing")
        return answers[-1]

    def payments(self, commands: Optional[str] = None) -> Rows:
        """The payments of what `commands` run ("run changle-2022"), or of what was run last."""
        if commands is not None:
            self.run(commands, forms=("json",))
        return Rows(self, "payments")

    def facts(self, name: str = "hires", where: Optional[str] = None) -> Rows:
        """The records of a list of facts: `session.facts("hires", where="start >= 2022-03-01")`."""
        return Rows(self, f"list {name}" + (f" where {where}" if where else ""))

    def sql(self, statement: str) -> Rows:
        """What a statement selects from payments, facts and results (see `help sql`)."""
        quoted = statement.replace("\\", "\\\\").replace('"', '\\"')
        return Rows(self, f'sql "{quoted}"')

    # About a line that is typed

    def complete(self, text: str, at: Optional[int] = None) -> Completion:
        """What may stand at the cursor, which is at the end if nothing is said; positions are those of Python."""
        told = self._value({"do": "complete", "text": text, "at": at})
        return Completion(
            told["from"], [Word(word["text"], word["meaning"], word["space"]) for word in told["candidates"]])

    def hint(self, text: str, at: Optional[int] = None) -> str:
        """A few words on what comes next."""
        return str(self._value({"do": "hint", "text": text, "at": at})["hint"])

    def inspect(self, text: str, at: Optional[int] = None) -> Optional[Answer]:
        """What the word or name at the cursor means; None where nothing does. Nothing of it is remembered."""
        told = self._value({"do": "inspect", "text": text, "at": at, "forms": ["text", "markdown", "html"]})
        return Answer(told["answer"]) if told["found"] else None

    def is_complete(self, text: str) -> bool:
        """Whether no quotation mark and no bracket is open, and no line goes on."""
        return bool(self._value({"do": "isComplete", "text": text})["complete"])

    # About the session

    def state(self) -> Object:
        """What the session knows: scenario, documents, settings, drafts, results, language, version."""
        return self._value({"do": "state"})

    @property
    def language(self) -> str:
        """The language of answers: "en" or "zh"."""
        return str(self._value({"do": "language"})["language"])

    @language.setter
    def language(self, language: str) -> None:
        self._value({"do": "language", "to": language})

    def cancel(self) -> bool:
        """Gives up what another thread is asking. Says whether there was something to give up."""
        with self._lock:
            ids = list(self._waiting)
        return any([bool(self._value({"do": "cancel", "of": other})["cancelled"]) for other in ids])

    def close(self) -> None:
        """Ends the program. What goes on is given up. Closing again does nothing."""
        if self._process.poll() is None:
            try:
                assert self._process.stdin is not None
                self._process.stdin.close()
                self._process.wait(timeout=0.5)
            except (OSError, subprocess.TimeoutExpired):
                self._process.terminate()
                try:
                    self._process.wait(timeout=5)
                except subprocess.TimeoutExpired:
                    self._process.kill()
                    self._process.wait()
        for thread in self._threads:
            if thread is not threading.current_thread():
                thread.join(timeout=5)
        for stream in (self._process.stdin, self._process.stdout, self._process.stderr):
            if stream is not None:
                try:
                    stream.close()
                except OSError:
                    pass

    @property
    def closed(self) -> bool:
        """Whether the program has ended."""
        return self._process.poll() is not None

    def __enter__(self) -> "Session":
        return self

    def __exit__(self, *_: Any) -> None:
        self.close()

    def __del__(self) -> None:
        if hasattr(self, "_threads"):
            self.close()

    # Lines

    def _listen(self) -> None:
        """Gives each line to whoever waits for it."""
        assert self._process.stdout is not None
        for line in self._process.stdout:
            told = json.loads(line)
            with self._lock:
                waiting = self._waiting.get(told["id"])
            if waiting is not None:
                waiting.put(told)
        with self._lock:
            left = list(self._waiting.values())
            self._waiting = {}
        for waiting in left:
            waiting.put(None)

    def _hear(self) -> None:
        assert self._process.stderr is not None
        for line in self._process.stderr:
            self._said.append(line)
            del self._said[:-100]

    def _send(self, request: Object) -> None:
        line = json.dumps({key: value for key, value in request.items() if value is not None}, ensure_ascii=False)
        assert self._process.stdin is not None
        with self._lock:
            try:
                self._process.stdin.write(line + "\n")
                self._process.stdin.flush()
            except (OSError, ValueError):
                raise ProtocolError("the program has ended", "ended") from None

    def _ask(self, request: Object) -> Generator[Object, None, None]:
        """Sends a request and gives what comes back, the reply last."""
        number = next(self._ids)
        waiting: "queue.SimpleQueue[Optional[Object]]" = queue.SimpleQueue()
        with self._lock:
            if not self._threads[0].is_alive():
                raise ProtocolError("the program has ended", "ended")
            self._waiting[number] = waiting
        told: Optional[Object] = {}
        try:
            self._send({"id": number, **request})
            while True:
                told = waiting.get()
                if told is None:
                    raise ProtocolError("the program has ended: " + "".join(self._said).strip(), "ended")
                if "error" in told:
                    raise ProtocolError(told["error"]["message"], told["error"]["code"])
                yield told
                if "ok" in told:
                    return
        finally:
            # Whoever goes away before the reply, by Ctrl-C or by a mistake of its own, gives up the work; the session is
            # left when it is as it was before.
            while told is not None and "ok" not in told and "error" not in told:
                try:
                    self._send({"id": f"cancel {number}", "do": "cancel", "of": number})
                    while told is not None and "ok" not in told and "error" not in told:
                        told = waiting.get()
                except KeyboardInterrupt:
                    continue
                except ProtocolError:
                    break
            with self._lock:
                self._waiting.pop(number, None)

    def _value(self, request: Object) -> Object:
        value: Object = {}
        for told in self._ask(request):
            value = told.get("ok", value)
        return value

"""A kernel for Jupyter: cells are commands as at the prompt, in English or Chinese.

`python -m cesuan.kernel install` makes it known to Jupyter (`--user`, `--sys-prefix` or `--prefix PATH` say where);
`python -m cesuan.kernel remove` takes it away. Needs ipykernel.
"""
from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import uuid
from typing import Any, Dict, List, Optional, Tuple

from . import CesuanError
from .session import Answer, ProtocolError, Session

__all__ = ["install", "main", "remove"]

NAME = "cesuan"
#: Work that takes no longer shows no progress, in seconds.
PATIENCE = 0.5


def specification() -> Dict[str, Any]:
    """What Jupyter is told of the kernel."""
    return {
        "argv": [sys.executable, "-m", "cesuan.kernel", "-f", "{connection_file}"],
        "display_name": "Cesuan 测算",
        "language": NAME,
        "metadata": {"debugger": False},
    }


def install(*, user: bool = False, prefix: Optional[str] = None) -> str:
    """Makes the kernel known to Jupyter and gives the folder in which that is written."""
    from jupyter_client.kernelspec import KernelSpecManager

    with tempfile.TemporaryDirectory() as folder:
        os.chmod(folder, 0o755)
        with open(os.path.join(folder, "kernel.json"), "w", encoding="utf-8") as file:
            json.dump(specification(), file, ensure_ascii=False, indent=1)
        return str(KernelSpecManager().install_kernel_spec(folder, NAME, user=user, prefix=prefix))


def remove() -> str:
    """Takes the kernel away again; KeyError where it is not there."""
    from jupyter_client.kernelspec import KernelSpecManager

    return str(KernelSpecManager().remove_kernel_spec(NAME))


def kernel_class() -> Any:
    """The kernel; made here, so that the rest can be imported without ipykernel."""
    import time

    from ipykernel.kernelbase import Kernel

    class CesuanKernel(Kernel):
        implementation = "cesuan"
        banner = "Cesuan 测算"
        help_links: List[Dict[str, str]] = []
        supported_features: List[str] = []

        def __init__(self, **options: Any) -> None:
            super().__init__(**options)
            self._session: Optional[Session] = None
            self._history: List[str] = []
            state = self.session_of_cells.state()
            self.implementation_version = str(state["version"])
            self.language_info = {
                "name": NAME, "version": str(state["version"]), "mimetype": "text/x-cesuan",
                "file_extension": ".cesuan", "pygments_lexer": "text"}

        @property
        def session_of_cells(self) -> Session:
            """The session; begun again where a command has ended it."""
            if self._session is None or self._session.closed:
                self._session = Session()
            return self._session

        def _tell(self, kind: str, content: Dict[str, Any]) -> None:
            self.send_response(self.iopub_socket, kind, content)

        def _show(self, answer: Answer, is_silent: bool) -> None:
            if is_silent:
                return
            if answer.remarks and not answer.failed:
                self._tell("stream", {"name": "stderr", "text": answer.remarks})
            if answer.text:
                data = {"text/plain": answer.text.rstrip("\n")}
                if answer.html:
                    data["text/html"] = answer.html
                if answer.markdown:
                    data["text/markdown"] = answer.markdown
                self._tell("display_data", {"data": data, "metadata": {}})

        def do_execute(
            self, code: str, silent: bool, store_history: bool = True,
            user_expressions: Optional[Dict[str, Any]] = None, allow_stdin: bool = False, **_: Any,
        ) -> Dict[str, Any]:
            if store_history and not silent and code.strip():
                self._history.append(code)
            progress = _Progress(self, silent, time.monotonic)
            failed: List[Answer] = []

            def show(answer: Answer) -> None:
                progress.end()
                if answer.failed:
                    failed.append(answer)
                self._show(answer, silent)

            try:
                self.session_of_cells.perform(
                    code, forms=("text", "markdown", "html"), progress=progress.tell, answered=show)
            except KeyboardInterrupt:
                progress.end()
                return self._broken("Interrupted", "", [], silent)
            except (ProtocolError, CesuanError) as mistake:
                progress.end()
                return self._broken(type(mistake).__name__, str(mistake), [str(mistake)], silent)
            if failed:
                told = [one for one in failed[0].diagnostics if one["kind"] == "error"]
                code_word = str(told[0].get("code") or "error") if told else "error"
                message = str(told[0]["message"]) if told else f"`{failed[0].command}` failed"
                return self._broken(code_word, message, failed[0].remarks.rstrip("\n").split("\n"), silent)
            return {"status": "ok", "execution_count": self.execution_count, "payload": [], "user_expressions": {}}

        def _broken(self, name: str, value: str, traceback: List[str], is_silent: bool) -> Dict[str, Any]:
            content = {"ename": name, "evalue": value, "traceback": traceback}
            if not is_silent:
                self._tell("error", content)
            return {"status": "error", "execution_count": self.execution_count, **content}

        def do_complete(self, code: str, cursor_pos: int) -> Dict[str, Any]:
            start, words = self.session_of_cells.complete(code, cursor_pos)
            kinds = [
                {"start": start, "end": cursor_pos, "text": word.text, "type": word.meaning} for word in words[:200]]
            return {
                "status": "ok", "matches": [word.text for word in words[:200]], "cursor_start": start,
                "cursor_end": cursor_pos, "metadata": {"_jupyter_types_experimental": kinds}}

        def do_inspect(
            self, code: str, cursor_pos: int, detail_level: int = 0, omit_sections: Tuple[str, ...] = (),
        ) -> Dict[str, Any]:
            found = self.session_of_cells.inspect(code, cursor_pos)
            data = {"text/plain": found.text, "text/html": found.html} if found is not None else {}
            return {"status": "ok", "found": found is not None, "data": data, "metadata": {}}

        def do_is_complete(self, code: str) -> Dict[str, Any]:
            if self.session_of_cells.is_complete(code):
                return {"status": "complete"}
            return {"status": "incomplete", "indent": ""}

        def do_history(
            self, hist_access_type: str, output: bool, raw: bool, session: Optional[int] = None,
            start: Optional[int] = None, stop: Optional[int] = None, n: Optional[int] = None,
            pattern: Optional[str] = None, unique: bool = False,
        ) -> Dict[str, Any]:
            import fnmatch

            entries = [(0, number, text) for number, text in enumerate(self._history, 1)]
            if hist_access_type == "range":
                entries = [entry for entry in entries if (start or 0) <= entry[1] < (stop or len(entries) + 1)]
            elif hist_access_type == "search":
                entries = [entry for entry in entries if fnmatch.fnmatchcase(entry[2], pattern or "*")]
                if unique:
                    entries = list({entry[2]: entry for entry in entries}.values())
            if hist_access_type != "range" and n is not None:
                entries = entries[-n:] if n > 0 else []
            if output:
                return {"status": "ok", "history": [(one, number, (text, None)) for one, number, text in entries]}
            return {"status": "ok", "history": entries}

        def do_shutdown(self, restart: bool) -> Dict[str, Any]:
            if self._session is not None:
                self._session.close()
                self._session = None
            return {"status": "ok", "restart": restart}

    return CesuanKernel


class _Progress:
    """A bar below the cell while long work goes on, gone when an answer comes."""

    def __init__(self, kernel: Any, is_silent: bool, clock: Any) -> None:
        self._kernel = kernel
        self._is_silent = is_silent
        self._clock = clock
        self._began = clock()
        self._name: Optional[str] = None

    def tell(self, share: float) -> None:
        """Shows how far the work is, from 0 to 1."""
        if self._is_silent or self._clock() - self._began < PATIENCE:
            return
        percent = int(share * 100)
        data = {"text/plain": f"{percent} %", "text/html": f'<progress max="100" value="{percent}"></progress> {percent} %'}
        kind = "display_data" if self._name is None else "update_display_data"
        self._name = self._name or uuid.uuid4().hex
        self._send(kind, data)

    def end(self) -> None:
        """Takes the bar away; work that follows begins anew."""
        if self._name is not None:
            self._send("update_display_data", {"text/plain": "", "text/html": ""})
        self._name = None
        self._began = self._clock()

    def _send(self, kind: str, data: Dict[str, str]) -> None:
        content = {"data": data, "metadata": {}, "transient": {"display_id": self._name}}
        self._kernel.send_response(self._kernel.iopub_socket, kind, content)


def main(words: Optional[List[str]] = None) -> int:
    """`install`, `remove`, or what Jupyter says when it starts a kernel."""
    words = sys.argv[1:] if words is None else words
    if not words or words[0] in ("install", "remove", "-h", "--help"):
        parser = argparse.ArgumentParser(prog="python -m cesuan.kernel", description="The kernel of Cesuan for Jupyter.")
        actions = parser.add_subparsers(dest="action", required=True)
        adding = actions.add_parser("install", help="make the kernel known to Jupyter")
        where = adding.add_mutually_exclusive_group()
        where.add_argument("--user", action="store_true", help="for this user alone")
        where.add_argument("--sys-prefix", action="store_true", help="for this Python environment")
        where.add_argument("--prefix", metavar="PATH", help="below a folder")
        actions.add_parser("remove", help="take it away again")
        asked = parser.parse_args(words)
        if asked.action == "remove":
            try:
                print(f"Removed {remove()}")
            except KeyError:
                print("The kernel is not installed.", file=sys.stderr)
                return 1
            return 0
        prefix = sys.prefix if asked.sys_prefix else asked.prefix
        print(f"Installed in {install(user=asked.user, prefix=prefix)}")
        return 0
    from ipykernel.kernelapp import IPKernelApp

    IPKernelApp.launch_instance(argv=words, kernel_class=kernel_class())
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""`%load_ext cesuan` in IPython and Jupyter: `%cesuan COMMANDS` gives the last answer, and a cell that begins with
`%%cesuan` is carried out as at the prompt, each answer below it. All of them share one session; `%cesuan_session` gives
it, and `%cesuan_session FILE.yaml …` begins a new one with these scenarios.
"""
from __future__ import annotations

import shlex
import sys
from typing import Any, Optional

from .session import Answer, Session

__all__ = ["CesuanMagics", "load", "unload"]


class CesuanMagics:
    """The magics of one IPython shell, and their session."""

    def __init__(self, shell: Any) -> None:
        self._shell = shell
        self._session: Optional[Session] = None

    @property
    def session(self) -> Session:
        """The session; begun when it is first needed, and again when a command has ended it."""
        if self._session is None or self._session.closed:
            self._session = Session()
        return self._session

    def line(self, line: str) -> Optional[Answer]:
        """`%cesuan COMMANDS`: the last answer. What is wrong is raised."""
        return self.session.run(line) if line.strip() else None

    def cell(self, line: str, cell: Optional[str] = None) -> Optional[Answer]:
        """`%%cesuan`: shows every answer."""
        if cell is None:
            return self.line(line)
        from IPython.display import display

        def show(answer: Answer) -> None:
            if answer.remarks:
                print(answer.remarks, end="", file=sys.stderr)
            if answer.text:
                display(answer)

        self.session.perform(f"{line}\n{cell}" if line.strip() else cell, answered=show)
        return None

    def choose(self, line: str) -> Session:
        """`%cesuan_session [FILE.yaml …]`: the session, or a new one with these scenarios."""
        files = shlex.split(line)
        if files:
            begun = Session(files)
            self.close()
            self._session = begun
        return self.session

    def close(self) -> None:
        """Ends the session."""
        if self._session is not None:
            self._session.close()
            self._session = None


def load(shell: Any) -> CesuanMagics:
    """Registers the magics."""
    magics = CesuanMagics(shell)
    shell.register_magic_function(magics.cell, "line_cell", "cesuan")
    shell.register_magic_function(magics.choose, "line", "cesuan_session")
    return magics


def unload(magics: CesuanMagics) -> None:
    """Ends the session of the magics, whose names stay until IPython ends."""
    magics.close()

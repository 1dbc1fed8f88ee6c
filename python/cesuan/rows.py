"""A list of the session as a table of pandas, polars or Arrow, or as dictionaries where none of them is installed."""
from __future__ import annotations

import csv
import io
import os
import tempfile
from typing import TYPE_CHECKING, Any, Dict, Iterator, List, Optional

if TYPE_CHECKING:
    from .session import Answer, Session

__all__ = ["Rows"]


class Rows:
    """What a command lists, asked for anew each time: a session that has moved on gives what holds then.

    Amounts keep their fen: `arrow()` and `polars()` have decimals of two places and days, `pandas()` objects of
    `decimal.Decimal` and `datetime.date`; `dicts()` has texts.
    """

    def __init__(self, session: "Session", command: str) -> None:
        self._session = session
        #: The command that lists them.
        self.command = command

    def answer(self) -> "Answer":
        """The list as an answer."""
        return self._session.run(self.command)

    def dicts(self) -> List[Dict[str, str]]:
        """The rows as dictionaries of texts, with ids and English names as keys."""
        language = self._session.language
        try:
            self._session.language = "en"
            text = self._session.run(self.command, forms=("csv",)).csv
        finally:
            self._session.language = language
        return list(csv.DictReader(io.StringIO(text)))

    def arrow(self) -> Any:
        """A `pyarrow.Table`. Needs pyarrow."""
        import pyarrow.parquet

        with tempfile.TemporaryDirectory() as folder:
            path = self._parquet(folder)
            # Read whole: the file goes away.
            return pyarrow.parquet.read_table(path, memory_map=False)

    def polars(self) -> Any:
        """A `polars.DataFrame`. Needs polars."""
        import polars

        with tempfile.TemporaryDirectory() as folder:
            return polars.read_parquet(self._parquet(folder), memory_map=False)

    def pandas(self) -> Any:
        """A `pandas.DataFrame`. Needs pandas and pyarrow."""
        return self.arrow().to_pandas()

    def _parquet(self, folder: str) -> str:
        path = os.path.join(folder, "rows.parquet")
        quoted = path.replace("\\", "\\\\").replace('"', '\\"')
        self._session.run(f'{self.command} into "{quoted}"', forms=("json",))
        return path

    def __iter__(self) -> Iterator[Dict[str, str]]:
        return iter(self.dicts())

    def __len__(self) -> int:
        return len(self.dicts())

    def __repr__(self) -> str:
        return f"<Rows of `{self.command}`>"

    def _repr_html_(self) -> Optional[str]:
        return self.answer()._repr_html_()

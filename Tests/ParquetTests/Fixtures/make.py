"""Writes the files beside this one with pyarrow, and their rows as texts: `python make.py`. Run when a case is added."""

import datetime
import decimal
import pathlib

import pyarrow as pa
import pyarrow.parquet as pq

FOLDER = pathlib.Path(__file__).parent
ROWS = 300


def table():
    days = [datetime.date(2022, 1, 1) + datetime.timedelta(days=i % 40) for i in range(ROWS)]
    return pa.table({
        "id": pa.array([f"h{i}" for i in range(ROWS)]),
        "agency": pa.array([None if i % 3 == 0 else f"机构{i % 4}" for i in range(ROWS)]),
        "start": pa.array(days, pa.date32()),
        "wage": pa.array([None if i % 7 == 0 else decimal.Decimal(i * 10007 - 50) / 100 for i in range(ROWS)],
                         pa.decimal128(18, 2)),
        "count": pa.array([i * 3 - 5 for i in range(ROWS)], pa.int64()),
        "small": pa.array([None if i % 5 == 0 else i % 100 for i in range(ROWS)], pa.int32()),
        "share": pa.array([i / 8 for i in range(ROWS)], pa.float64()),
        "relief": pa.array([None if i % 11 == 0 else i % 2 == 0 for i in range(ROWS)], pa.bool_()),
        "seen": pa.array([datetime.datetime(2022, 3, 1) + datetime.timedelta(days=i) for i in range(ROWS)],
                         pa.timestamp("us")),
    })


def text(value):
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float):
        return str(int(value)) if value == int(value) else repr(value)
    if isinstance(value, datetime.datetime):
        return value.strftime("%Y-%m-%d")
    return str(value)


def main():
    data = table()
    rows = zip(*(column.to_pylist() for column in data.columns))
    (FOLDER / "rows.txt").write_text("".join("|".join(map(text, row)) + "\n" for row in rows), encoding="utf-8")
    plain = {"use_dictionary": False}
    delta = {name: "DELTA_BINARY_PACKED" for name in ("start", "count", "small", "seen")}
    lengths = {name: "DELTA_LENGTH_BYTE_ARRAY" for name in ("id", "agency")}
    heads = {name: "DELTA_BYTE_ARRAY" for name in ("id", "agency")}
    cases = {
        "plain-none": dict(compression="none", **plain),
        "dictionary-snappy": dict(compression="snappy", row_group_size=128),
        "dictionary-gzip": dict(compression="gzip"),
        "v2-snappy": dict(compression="snappy", data_page_version="2.0"),
        "v2-gzip": dict(compression="gzip", data_page_version="2.0", **plain),
        "delta-gzip": dict(compression="gzip", column_encoding={**delta, **lengths}, **plain),
        "delta-byte-array": dict(compression="snappy", column_encoding=heads, **plain),
        "boolean-rle": dict(compression="none", data_page_version="2.0", column_encoding={"relief": "RLE"}, **plain),
        "int96": dict(compression="snappy", use_deprecated_int96_timestamps=True),
    }
    for name, options in cases.items():
        pq.write_table(data, FOLDER / f"{name}.parquet", **options)
    pq.write_table(data, FOLDER / "zstd.parquet", compression="zstd")
    moments = [datetime.datetime(2023, 2, 28, 16), datetime.datetime(2023, 3, 1)]
    pq.write_table(pa.table({
        "universal": pa.array(moments, pa.timestamp("us", tz="UTC")),
        "local": pa.array(moments, pa.timestamp("us")),
        "share": pa.array([float("inf"), float("nan")], pa.float64()),
        "half": pa.array([float("-inf"), float("nan")], pa.float32()),
    }), FOLDER / "moments.parquet", compression="none")
    # One group without rows, whose columns have a dictionary and no page of values.
    pq.write_table(data.slice(0, 0), FOLDER / "empty.parquet")
    pq.write_table(pa.table({"id": ["a"], "lists": [["x", "y"]]}), FOLDER / "nested.parquet")


main()

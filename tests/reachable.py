"""Everything that can be reached from some objects, searched for values that must not be there.

The search follows what the garbage collector follows, and looks where it does not: into arrays,
tables, archives and buffers. Modules, classes and the globals of functions are the program, not its
data, and are left alone, as the tests' own marks stand in such globals.
"""

import gc
import io
import re
import types
import zipfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any

import numpy as np
import pandas as pd
import pyarrow as pa

_PROGRAM = (
    type, types.ModuleType, types.BuiltinFunctionType, types.CodeType, types.FrameType,
    types.TracebackType, types.GeneratorType, types.CoroutineType, re.Pattern,
)  # fmt: skip
_LEAVES = frozenset({str, int, float, bool})
_EXCEL_ZERO = date(1899, 12, 30)


@dataclass
class Marks:
    """Values that must not be found.

    Attributes:
        texts: Texts; any part of a text or of bytes that is one counts, whatever the case.
        numbers: Numbers.
        days: Days, also as texts, and where three or more stand together as the numbers by which
            Excel knows them (one alone may be any number).
    """

    texts: set[str]
    numbers: set[int] = field(default_factory=set)
    days: set[date] = field(default_factory=set)

    def __post_init__(self) -> None:
        written = {f"{day:{how}}" for day in self.days for how in ("%Y-%m-%d", "%d/%m/%Y")}
        texts = sorted(self.texts | written | {str(number) for number in self.numbers})
        self.pattern = re.compile("|".join(map(re.escape, texts)), re.IGNORECASE)
        wide = [text.encode("utf-16-le") for text in texts]
        plain = [text.encode() for text in texts]
        self.raw = re.compile(b"|".join(map(re.escape, plain + wide)), re.IGNORECASE)
        self.serials = {(day - _EXCEL_ZERO).days for day in self.days}
        self.moments = np.array(sorted(self.days), dtype="datetime64[D]")

    def in_text(self, text: str) -> str:
        found = self.pattern.search(text)
        return found[0] if found else ""

    def in_bytes(self, raw: bytes) -> str:
        found = self.raw.search(raw)
        if found:
            return repr(found[0])
        if raw[:4] == b"PK\x03\x04":
            with zipfile.ZipFile(io.BytesIO(raw)) as packed:
                for name in packed.namelist():
                    if inner := self.in_bytes(packed.read(name)):
                        return f"{name}: {inner}"
        return ""

    def in_array(self, values: "np.ndarray[Any, Any]") -> str:
        kind = values.dtype.kind
        if kind == "M":
            hits = values.astype("datetime64[D]")[np.isin(values.astype("datetime64[D]"),
                                                          self.moments)]  # fmt: skip
        elif kind in "iuf":
            hits = values[np.isin(values, sorted(self.numbers))]
            serials = np.unique(values[np.isin(values, sorted(self.serials))])
            if not hits.size and len(serials) > 2:
                hits = serials
        elif kind in "US":
            return self.in_text(" ".join(map(str, values.ravel().tolist())))
        else:
            return ""
        return str(hits.ravel()[0]) if hits.size else ""

    def in_value(self, value: object) -> str:  # noqa: PLR0911 - one line a sort of value
        """Return the mark that an object is or holds by itself, empty where there is none."""
        if isinstance(value, str):
            return self.in_text(value)
        if isinstance(value, bytes | bytearray):
            return self.in_bytes(bytes(value))
        if isinstance(value, memoryview):
            return self.in_bytes(value.tobytes())
        if isinstance(value, io.BytesIO):
            return self.in_bytes(value.getvalue())
        if isinstance(value, bool) or value is None:
            return ""
        if isinstance(value, int | float):
            return str(value) if value in self.numbers else ""
        if isinstance(value, date):
            day = value.date() if isinstance(value, datetime) else value
            return str(day) if day in self.days else ""
        if isinstance(value, np.ndarray | np.generic):
            return self.in_array(np.asarray(value))
        if isinstance(value, pa.Buffer):
            return self.in_bytes(value.to_pybytes())
        return self.in_bytes(value.SerializeToString()) if _is_message(value) else ""

    def in_leaves(self, leaves: list[object]) -> str:
        """Return the mark among texts and numbers that stand together; the quick way."""
        texts = [each for each in leaves if isinstance(each, str)]
        numbers = {each for each in leaves if isinstance(each, int | float)}
        serials = numbers & self.serials
        return (
            self.in_text("\n".join(texts))
            or next((str(each) for each in numbers & self.numbers), "")
            or (str(serials) if len(serials) > 2 else "")
        )


def _is_message(value: object) -> bool:
    return callable(getattr(type(value), "SerializeToString", None))


def _inside(value: Any) -> Iterable[Any]:  # noqa: PLR0911 - one line a sort of object
    """Return what an object leads to."""
    if isinstance(value, (*_PROGRAM, str, bytes, int, float, complex)):
        return ()
    if isinstance(value, types.FunctionType):
        cells = (cell.cell_contents for cell in value.__closure__ or () if _is_full(cell))
        return [*cells, value.__defaults__, value.__kwdefaults__, value.__dict__]
    if isinstance(value, types.MethodType):
        return [value.__self__, value.__func__]
    if isinstance(value, np.ndarray):
        return [*(value.ravel().tolist() if value.dtype.kind == "O" else ()), value.base]
    if isinstance(value, pa.Array | pa.ChunkedArray | pa.Table | pa.RecordBatch):
        return value.to_pylist()
    if isinstance(value, pd.Series | pd.Index):
        return [value.to_numpy(), *gc.get_referents(value)]
    return gc.get_referents(value)


def _is_full(cell: types.CellType) -> bool:
    try:
        return cell.cell_contents is not None
    except ValueError:
        return False


def search(roots: Iterable[tuple[str, object]], marks: Marks) -> list[str]:
    """Return where marks can be reached, as the path that leads there.

    Args:
        roots: Names and objects to start from.
        marks: What must not be found.

    Returns:
        One line a mark found, at most twenty; empty where there is none.
    """
    found: list[str] = []
    for path in _walk(roots, marks):
        found.append(path)
        if len(found) == 20:
            break
    return found


def _walk(roots: Iterable[tuple[str, object]], marks: Marks) -> Iterator[str]:
    # What is looked at is kept alive, because a number that is free is given to another object.
    seen: dict[int, object] = {}
    waiting = [(name, value) for name, value in roots]
    while waiting:
        path, value = waiting.pop()
        if id(value) in seen:
            continue
        seen[id(value)] = value
        if hit := marks.in_value(value):
            yield f"{path}: {hit}"
            continue
        step = f"{path} > {type(value).__name__}" if len(path) < 400 else path
        inside = list(_inside(value))
        if hit := marks.in_leaves([each for each in inside if type(each) in _LEAVES]):
            yield f"{step}: {hit}"
        waiting += [
            (step, each) for each in inside if each is not None and type(each) not in _LEAVES
        ]

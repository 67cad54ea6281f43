"""What a benchmark reports."""

import json
from dataclasses import asdict, dataclass


@dataclass(frozen=True)
class Result:
    """One measured figure.

    Attributes:
        name: What was measured, `benchmark.figure`.
        value: The figure.
        unit: Its unit (`ratio`, `share`, `seconds`...).
        bar: The figure to reach, in words.
        holds: Whether it was reached; `None` where it could not be judged.
        against: What it was measured against, in the same run.
        detail: What bounds it, sizes, raw times.
    """

    name: str
    value: float
    unit: str
    bar: str
    holds: bool | None
    against: str
    detail: str

    def to_json(self) -> str:
        """Return one line of JSON; a figure that is not a number becomes null."""
        row = asdict(self)
        if row["value"] != row["value"]:  # NaN has no JSON form
            row["value"] = None
        return json.dumps(row, ensure_ascii=False)

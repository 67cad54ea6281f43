"""Run benchmarks: `python -m benchmarks [NAME...]`, one JSON object a line, exit code 0."""

import importlib
import sys
import traceback
from pathlib import Path

from benchmarks._result import Result


def names() -> list[str]:
    """Return the names of all benchmarks, in order."""
    folder = Path(__file__).parent
    return sorted(path.stem for path in folder.glob("*.py") if not path.stem.startswith("_"))


def main(arguments: list[str]) -> int:
    """Run the named benchmarks (all without names) and print their results.

    A benchmark that fails is reported as a result that could not be judged: the run goes on.
    """
    known = names()
    for name in arguments or known:
        if name not in known:
            print(f"There is no benchmark “{name}”. Known: {', '.join(known)}.", file=sys.stderr)
            continue
        try:
            results = importlib.import_module(f"benchmarks.{name}").run()
        except Exception as fault:
            traceback.print_exc()
            results = [Result(name, float("nan"), "", "", None, "", f"failed: {fault!r}")]
        for result in results:
            print(result.to_json(), flush=True)
    return 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

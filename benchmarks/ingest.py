"""Reading and tidying a large workbook, against pandas with openpyxl reading the same file.

Each side runs in a process of its own, so that its peak memory is its own. The column accuracy is
measured on the shared real files where they are present.
"""

import json
import random
import statistics
import subprocess
import sys
import tempfile
from datetime import date, datetime, timedelta
from pathlib import Path

from benchmarks._columns import COLUMNS, FILES
from benchmarks._result import Result

ROWS = 100_000
ROOT = Path(__file__).resolve().parents[1]

HEADINGS = (
    "Employee Number", "Surname", "Forename", "Email", "Date of Birth", "Gender", "Ethnic Origin",
    "Post Number", "Job Title", "Directorate", "Service", "Team", "Location", "Grade",
    "Contractual FTE", "Weekly Hours", "Annual Salary", "Continuous Service Date",
    "Position Start Date", "Contract Type", "Contract End Date", "Leaving Date",
    "Reason for Leaving", "Line Manager", "Cost Centre",
)  # fmt: skip

_PEAK = """
import resource
from pathlib import Path
def peak():
    # What getrusage calls the largest size of a process begins with that of the one that started
    # it; the kernel's own account of this program does not.
    try:
        lines = Path("/proc/self/status").read_text().splitlines()
    except OSError:
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
"""
_OURS = """
import json, sys, time
from datetime import date
from pathlib import Path
from workforce.domain.evidence import load_evidence
from workforce.intake import SourceFile, read_extract
from workforce.roles import RoleClassifier
path, models = Path(sys.argv[1]), Path(sys.argv[2])
evidence, roles = load_evidence(models / "evidence"), RoleClassifier.load(models)
wall, cpu = time.perf_counter(), time.process_time()
extract = read_extract(
    [SourceFile(path.name, path.read_bytes())], evidence=evidence, roles=roles,
    today=date(2026, 11, 1),
)
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
table = extract.tables[0]
print(json.dumps({
    "wall": wall, "cpu": cpu, "peak": peak(),
    "rows": len(extract.people), "kept": table.rows_kept, "read": table.rows_read,
}))
"""
_PEER = """
import json, sys, time
import openpyxl, pandas
wall, cpu = time.perf_counter(), time.process_time()
frame = pandas.read_excel(sys.argv[1], engine="openpyxl")
wall, cpu = time.perf_counter() - wall, time.process_time() - cpu
print(json.dumps({
    "wall": wall, "cpu": cpu, "peak": peak(),
    "rows": len(frame),
}))
"""


def run(rows: int = ROWS) -> list[Result]:
    """Measure time and peak memory of both sides on one generated workbook, and the accuracy.

    Ours runs before and after the other and once more, and the median counts: on a machine that
    others use the two then meet the same load. What is compared is processor time, which waits for
    nobody; the time on the clock is told beside it.

    Args:
        rows: Rows of the workbook.

    Returns:
        Speed ratio, memory ratio and, where the shared files are present, column accuracy.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "staff.xlsx"
        write_workbook(path, rows)
        runs = [_measure(_OURS, path)]
        peer = _measure(_PEER, path)
        runs += [_measure(_OURS, path), _measure(_OURS, path)]
    wall, cpu = (statistics.median(each[key] for each in runs) for key in ("wall", "cpu"))
    speed = peer["cpu"] / cpu
    largest = max(each["peak"] for each in runs)
    memory = largest / peer["peak"]
    read, kept = runs[0]["read"], runs[0]["kept"]
    accounted = all(each["read"] == rows and each["rows"] == each["kept"] for each in runs)
    detail = (
        f"{rows:,} rows x {len(HEADINGS)} columns; ours reads and tidies in {cpu:.1f} s of "
        f"processor time, {wall:.1f} s on the clock (medians of {len(runs)}), peak "
        f"{largest / 1024:.0f} MB; pandas only reads, in {peer['cpu']:.1f} s, {peer['wall']:.1f} s "
        f"on the clock, peak {peer['peak'] / 1024:.0f} MB; by the clock {peer['wall'] / wall:.1f} "
        f"times as fast; rows read {read:,.0f}, kept {kept:,.0f}"
    )
    return [
        *_accuracy(),
        Result("ingest.speed", round(speed, 2), "times as fast", "at least 8",
               speed >= 8 and accounted, "pandas.read_excel with openpyxl", detail),
        Result("ingest.memory", round(memory, 3), "ratio of peak memory", "at most 1",
               memory <= 1 and accounted, "pandas.read_excel with openpyxl", detail),
    ]  # fmt: skip


def _accuracy() -> list[Result]:
    """Match the columns of the shared real files with no help; none if they are not there."""
    from workforce.domain.evidence import load_evidence
    from workforce.intake import SourceFile, read_extract
    from workforce.roles import RoleClassifier

    data = ROOT.parent / "shared" / "data"
    evidence = load_evidence(ROOT / "models" / "evidence")
    roles = RoleClassifier.load(ROOT / "models")
    known = right = sure_and_wrong = read = accounted = 0
    for name, expected in COLUMNS.items():
        path = data / FILES[name]
        if not path.is_file():
            continue
        extract = read_extract(
            [SourceFile(path.name, path.read_bytes())],
            evidence=evidence,
            roles=roles,
            today=date(2026, 11, 1),
        )
        read += sum(table.rows_read for table in extract.tables)
        accounted += sum(table.rows_kept for table in extract.tables) + len(extract.left_out)
        for column in extract.columns:
            if column.column not in expected:
                continue
            wanted = expected[column.column]
            known += wanted is not None
            right += wanted is not None and column.field == wanted
            wrong = column.field is not None and column.field != wanted
            sure_and_wrong += wrong and column.confidence >= 0.8
    if not known:
        return []
    share = right / known
    return [
        Result(
            "ingest.columns",
            round(share, 4),
            "share matched right",
            "at least 0.95, none wrong at high confidence, every row accounted for",
            share >= 0.95 and not sure_and_wrong and read == accounted,
            "columns labelled by hand",
            f"{right} of {known} columns of {len(COLUMNS)} real files; {sure_and_wrong} wrong at "
            f"high confidence; {accounted:,} of {read:,} rows accounted for; the synonyms were "
            "written with these files in view, so unseen files will do worse",
        )
    ]


def _measure(code: str, path: Path) -> dict[str, float]:
    done = subprocess.run(
        [sys.executable, "-c", _PEAK + code, str(path), str(ROOT / "models")],
        capture_output=True,
        text=True,
        cwd=ROOT,
        check=True,
    )
    measured: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    return measured


def write_workbook(path: Path, rows: int, seed: int = 7) -> None:
    """Write a made-up staff list, one employer's whole history, to an xlsx file.

    Args:
        path: Where to.
        rows: Number of people.
        seed: Of the random choices.
    """
    import xlsxwriter

    rng = random.Random(seed)  # noqa: S311 - made-up data, no secret
    # Not in constant memory: that would write texts inline, where Excel itself shares them.
    workbook = xlsxwriter.Workbook(str(path), {"default_date_format": "dd/mm/yyyy"})
    sheet = workbook.add_worksheet("Staff")
    sheet.write_row(0, 0, HEADINGS)
    for number in range(rows):
        for column, value in enumerate(_person(rng, number)):
            if isinstance(value, date):
                sheet.write_datetime(
                    number + 1, column, datetime(value.year, value.month, value.day)
                )
            elif value is not None:
                sheet.write(number + 1, column, value)
    workbook.close()


_JOBS = (
    "Social Worker", "Data Analyst", "Business Support Officer", "Software Developer",
    "Refuse Loader", "Cyber Security Analyst", "Service Designer", "Planning Officer",
    "Head of Digital", "Teaching Assistant", "Care Assistant", "IT Support Technician",
)  # fmt: skip
_REASONS = ("Resignation", "Retirement", "End of fixed term", "Redundancy", "Dismissal")


def _person(rng: random.Random, number: int) -> tuple[object, ...]:
    start = date(1990, 1, 1) + timedelta(days=rng.randrange(13_000))
    left = start + timedelta(days=rng.randrange(30, 4000)) if rng.random() < 0.3 else None
    left = left if left and left < date(2026, 10, 1) else None
    hours = rng.choice((37.0, 37.0, 37.0, 30.0, 22.2, 18.5))
    fixed = rng.random() < 0.1
    return (
        f"{100_000 + number:07d}", f"Surname{number % 9973}", f"Name{number % 499}",
        f"p{number}@example.org", date(1955, 1, 1) + timedelta(days=rng.randrange(18_000)),
        rng.choice("FM"), rng.choice(("White British", "Asian British", "Not stated")),
        f"P{number % 50_000:06d}", rng.choice(_JOBS), f"Directorate {rng.randrange(6)}",
        f"Service {rng.randrange(40)}", f"Team {rng.randrange(300)}", f"Site {rng.randrange(25)}",
        f"Grade {rng.randrange(1, 15)}", round(hours / 37, 4), hours,
        20_000 + 250 * rng.randrange(200), start, start + timedelta(days=rng.randrange(900)),
        "Fixed term" if fixed else "Permanent",
        date(2027, 3, 31) if fixed else None, left, rng.choice(_REASONS) if left else None,
        f"{100_000 + rng.randrange(5_000):07d}", f"CC{rng.randrange(900):04d}",
    )  # fmt: skip

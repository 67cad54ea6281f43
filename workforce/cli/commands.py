"""The commands: read arguments' files, call the rooms, write what was asked for."""

import csv
import io
import json
from argparse import Namespace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from workforce import __version__
from workforce.cli.record import run_record, smallest_shown, view_asked_for
from workforce.cli.worth import write_worth
from workforce.domain.circulation import WORKING_DOCUMENT
from workforce.domain.errors import UserError
from workforce.domain.plan import BASELINE_NAME, Plan
from workforce.domain.planfile import PlanBook
from workforce.domain.prices import Money, prices_from_evidence

if TYPE_CHECKING:
    from workforce.intake import Extract, Mapping, SourceFile
    from workforce.workflow import Models

__all__ = [
    "check",
    "make_folder",
    "project",
    "read_given",
    "read_models",
    "read_text",
    "roles",
    "sample",
]

MODELS = Path(__file__).resolve().parents[2] / "models"


def check(options: Namespace) -> None:
    """Read files and report tables, columns, rows left out and findings: a working document."""
    from workforce.intake import check_report

    extract = read_given(options, read_models())
    report = check_report(extract)
    if options.json:
        print(json.dumps({**report, "disclosure": WORKING_DOCUMENT}, ensure_ascii=False, indent=2))
        return
    for table in report["tables"]:
        print(
            f"{table['file']} · {table['sheet'] or 'text'}: {table['kind']}, "
            f"{table['rows_read']} rows read, {table['rows_kept']} kept"
        )
    for finding in report["findings"]:
        print(f"  {finding['severity']}: {finding['message']} {finding['done']}".rstrip())
    print(f"As of {report['as_of']}; leavers visible {report['window'] or 'not at all'}.")
    print(WORKING_DOCUMENT)


def roles(options: Namespace) -> None:
    """Label job titles with role family, role and confidence."""
    titles, mapping = _titles(options.titles), _mapping(options.mapping)
    matches = read_models().roles.classify(titles, mapping.families if mapping else None)
    _make_parent(options.out)
    with options.out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["title", "family", "role", "confidence"])
        for match in matches:
            writer.writerow([match.title, match.family, match.role, f"{match.confidence:.3f}"])


def project(options: Namespace) -> None:
    """Project do-nothing and the plan file's scenarios; write CSV, plan and run record.

    With a plan file, what its active plan costs and what each of its parts changes are written too.
    """
    from workforce.domain.forecast import plan_file
    from workforce.workflow import analyse, observe, run_plans, saved_from

    rule, view = smallest_shown(), view_asked_for(options)
    models = read_models()
    book = PlanBook.from_json(read_text(options.plan)) if options.plan else None
    analysis = analyse(read_given(options, models), models, scope=options.scope)
    plans = book.plans if book else ()
    projection = run_plans(
        analysis,
        models,
        plans,
        draws=options.draws,
        seed=options.seed,
        months=options.months,
        workers=options.workers,
        money=(book and book.money) or Money(prices_from_evidence(models.evidence)),
    )
    folder = make_folder(options.out)
    months = len(projection.months)
    projection.summary().to_csv(folder / "projection.csv", index=False, float_format="%.6f")
    if book is not None:
        write_worth(folder, options, book, (analysis, models), projection)
    kept = book or PlanBook((Plan(name="My plan", horizon_months=months),), "My plan")
    shown = [BASELINE_NAME, *([kept.active] if book else [])]
    forecast = saved_from(projection, analysis, shown, software=__version__)
    (folder / "plan.json").write_text(plan_file(kept, forecast), encoding="utf-8")
    (folder / "run.json").write_text(
        json.dumps(
            run_record(options, analysis, plans, months, observe(analysis, models, rule, view)),
            indent=2,
            ensure_ascii=False,
        )
        + "\n",
        encoding="utf-8",
    )


def sample(options: Namespace) -> None:
    """Write the fictional organisation's workbook and the truth behind it."""
    from workforce.sample import write_sample

    _make_parent(options.out)
    write_sample(
        options.out,
        size=options.size,
        years=options.years,
        seed=options.seed,
        untidy=options.untidy,
    )


def read_models() -> "Models":
    """Read the evidence and the role classifier that ship with the software."""
    from workforce.workflow import load_models

    return load_models(MODELS)


def read_given(options: Namespace, models: "Models") -> "Extract":
    """Read the files of a command with its mapping."""
    from workforce.workflow import read_files

    files = [_source(path) for path in options.files]
    return read_files(files, models, today=date.today(), mapping=_mapping(options.mapping))


def _mapping(path: Path | None) -> "Mapping | None":
    if path is None:
        return None
    from workforce.intake import Mapping

    return Mapping.from_json(read_text(path))


def _source(path: Path) -> "SourceFile":
    from workforce.intake import SourceFile

    return SourceFile(path.name, _bytes(path))


def _bytes(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise UserError(f"There is no file {path}. Check the name.") from None
    except IsADirectoryError:
        raise UserError(f"{path} is a folder. Name the files in it.") from None
    except OSError as fault:
        raise UserError(f"{path} cannot be read: {fault.strerror}.") from None


def read_text(path: Path) -> str:
    """Read a text file named in a command.

    Raises:
        UserError: If it cannot be read or is no text.
    """
    try:
        return _bytes(path).decode("utf-8-sig")
    except UnicodeDecodeError:
        raise UserError(f"{path} is not a text file. Name a file that was saved here.") from None


def _titles(path: Path) -> list[str]:
    raw = _bytes(path)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        text = raw.decode("cp1252", errors="replace")
    rows = [row for row in csv.reader(io.StringIO(text)) if any(cell.strip() for cell in row)]
    if not rows:
        raise UserError(f"{path} is empty. It needs a column “title”.")
    header = [cell.strip().casefold() for cell in rows[0]]
    known = next((name for name in ("title", "job title", "job_title") if name in header), None)
    if known is None:
        raise UserError(f"{path} has no column “title” in its first row. Add that heading.")
    position = header.index(known)
    return [row[position] if position < len(row) else "" for row in rows[1:]]


def _make_parent(path: Path) -> None:
    make_folder(path.parent)


def make_folder(path: Path) -> Path:
    """Make a folder named in a command, where it is not there yet.

    Raises:
        UserError: If it cannot be made.
    """
    try:
        path.mkdir(parents=True, exist_ok=True)
    except OSError as fault:
        raise UserError(f"{path} cannot be made: {fault.strerror}. Name another place.") from None
    return path

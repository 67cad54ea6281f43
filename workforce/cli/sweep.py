"""`sweep`: the plans of many files side by side, one line each."""

import csv
from argparse import Namespace
from pathlib import Path

from workforce.cli.commands import make_folder, read_given, read_models, read_text
from workforce.domain.errors import UserError
from workforce.domain.plan import Plan
from workforce.domain.planfile import PlanBook

__all__ = ["sweep"]


def sweep(options: Namespace) -> None:
    """Project every plan of the files against doing nothing and write a line for each."""
    from workforce.workflow import analyse, sweep_plans

    given = [(path.name, plan) for path in options.plans for plan in _plans(path)]
    options.files = options.data
    models = read_models()
    analysis = analyse(read_given(options, models), models, scope=options.scope)
    results = sweep_plans(
        analysis,
        models,
        [plan for _, plan in given],
        draws=options.draws,
        seed=options.seed,
        months=options.months,
        workers=options.workers or -1,
        scheduler=options.scheduler,
    )
    make_folder(options.out.parent)
    with options.out.open("w", encoding="utf-8", newline="") as handle:
        writer = csv.writer(handle)
        writer.writerow(["file", "plan", "months", "draws", "seed", *results[0]])
        for (name, plan), row in zip(given, results, strict=True):
            months = options.months or plan.horizon_months
            numbers = [f"{value:.6f}" for value in row.values()]
            writer.writerow([name, plan.name, months, options.draws, options.seed, *numbers])


def _plans(path: Path) -> tuple[Plan, ...]:
    try:
        return PlanBook.from_json(read_text(path)).plans
    except UserError as said:
        raise UserError(f"{path.name}: {said}") from None

"""The command `backtest`: forecasts of the past against what happened."""

import json
from argparse import Namespace

from workforce.cli.commands import read_given, read_models
from workforce.cli.record import smallest_shown
from workforce.domain.circulation import WORKING_DOCUMENT

__all__ = ["backtest"]


def backtest(options: Namespace) -> None:
    """Forecast from past dates with what was known then, and report forecasts and scores.

    The JSON form holds what was observed, month by month, for scoring: a working document, and says
    so. The sentences hold no small count.
    """
    from workforce.assurance import track_record
    from workforce.workflow import run_backtest

    models = read_models()
    extract = read_given(options, models)
    found = run_backtest(
        extract, models, scope=options.scope, draws=options.draws, seed=options.seed
    )
    if options.json:
        report = {
            "disclosure": WORKING_DOCUMENT,
            "as_of": extract.as_of.isoformat(),
            "input_digest": extract.digest,
            **found.as_dict(),
        }
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    why = (found.choice.sentence,) if found.choice else ()
    for sentence in (*track_record(found, smallest_shown().shown), *why, *found.notes):
        print(sentence)

"""The command `backtest`: forecasts of the past against what happened."""

import json
from argparse import Namespace

from workforce.cli.commands import read_given, read_models

__all__ = ["backtest"]


def backtest(options: Namespace) -> None:
    """Forecast from past dates with what was known then, and report forecasts and scores."""
    from workforce.assurance import track_record
    from workforce.workflow import run_backtest

    models = read_models()
    extract = read_given(options, models)
    found = run_backtest(
        extract, models, scope=options.scope, draws=options.draws, seed=options.seed
    )
    if options.json:
        report = {
            "as_of": extract.as_of.isoformat(),
            "input_digest": extract.digest,
            **found.as_dict(),
        }
        print(json.dumps(report, ensure_ascii=False, indent=1))
        return
    for sentence in (*track_record(found), *found.notes):
        print(sentence)

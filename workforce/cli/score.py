"""The command `score`: a forecast saved earlier against newer files."""

import json
from argparse import Namespace

from workforce.cli.commands import read_given, read_models, read_text
from workforce.cli.record import smallest_shown
from workforce.domain.circulation import WORKING_DOCUMENT
from workforce.domain.errors import UserError

__all__ = ["score"]


def score(options: Namespace) -> None:
    """Say what the forecast in a plan file got right and wrong."""
    from workforce.assurance import score_forecast, score_sentences
    from workforce.domain.forecast import forecast_from_json
    from workforce.domain.months import month_name
    from workforce.workflow import analyse

    saved = forecast_from_json(read_text(options.plan))
    if saved is None:
        raise UserError(
            f"{options.plan} holds a plan but no forecast: it was saved by an earlier version. "
            "Plans saved from now on carry their forecast."
        )
    models = read_models()
    analysis = analyse(read_given(options, models), models, scope=saved.scope)
    scored = score_forecast(saved, analysis.history, models.evidence)
    if options.json:
        report = {
            "disclosure": WORKING_DOCUMENT,
            "as_of": analysis.as_of.isoformat(),
            "input_digest": analysis.digest,
        }
        print(json.dumps({**report, **scored.as_dict()}, ensure_ascii=False, indent=1))
        return
    # The sentences go into reports; the JSON form is for whoever scores.
    scored = scored.protected(smallest_shown().shown)
    print(
        f"Forecast from data to {month_name(scored.as_of)}, compared with what happened in the "
        f"{scored.horizon} months to {month_name(scored.last)}."
    )
    for scenario in scored.scenarios:
        print(f"\n{scenario}")
        for sentence in score_sentences(scored, scenario):
            print(f"  {sentence}")
    for note in scored.notes:
        print(f"\n{note}")

"""What stands beneath every picture and table that leaves the app."""

from datetime import date
from typing import TYPE_CHECKING

from workforce import __version__
from workforce.domain.plan import BASELINE_NAME
from workforce.domain.planfile import plan_digest
from workforce.ui import engine, state

if TYPE_CHECKING:
    from workforce.export import Provenance

__all__ = ["provenance"]


def provenance(run: engine.Run | None) -> "Provenance":
    """Return the provenance of what is on screen.

    Args:
        run: The run shown, `None` where what was observed is shown.
    """
    from workforce.export import Provenance

    analysed = engine.analysis()
    plan = state.plan()
    does_nothing = run is not None and len(run.projection.scenarios) == 1
    return Provenance(
        scenario="" if run is None else BASELINE_NAME if does_nothing else plan.name,
        plan_digest="" if run is None or does_nothing else plan_digest(plan),
        data_digest=analysed.digest,
        data_as_of=analysed.as_of,
        seed=run.seed if run else 0,
        draws=run.draws if run else 0,
        version=__version__,
        made_on=date.today(),
        fictional=analysed.fictional,
    )

"""Person-level peers for a year of leavers: Cox with entry times, random forest and boosting.

They get what ours gets at the same date: service, family, department, grade, contract and age band
of everybody seen, one row a person and past year, and whether that person left within it.
"""

import json
import subprocess
from pathlib import Path
from typing import Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from workforce.domain.bands import Cause
from workforce.intake import Extract

FloatArray = NDArray[np.float64]

COX, FOREST, BOOSTING = "Cox with entry times", "random forest", "gradient boosting"
_COLUMNS: Final = ("family", "department", "grade_band", "contract", "age_band")
_MOST: Final = 12
_PYTHON: Final = Path(__file__).parent / ".peers" / "bin" / "python"
_YEAR: Final = pd.DateOffset(years=1)
_TIMES: Final = ("start", "stop", "left")


def person_peers(known: Extract, draws: int, seed: int) -> dict[str, FloatArray]:
    """Forecast the number of present staff who leave within a year.

    Args:
        known: The extract as it was known at its date.
        draws: Draws of each forecast; leaving is independent given the chances.
        seed: Seed.

    Returns:
        Draws by method; without Cox where lifelines is not installed.
    """
    rng = np.random.default_rng(seed)
    return {
        name: (rng.random((draws, len(chance))) < chance).sum(axis=1).astype(float)
        for name, chance in person_chances(known, seed)[1].items()
    }


def person_chances(
    known: Extract, seed: int, *, with_cox: bool = True
) -> tuple[pd.DataFrame, dict[str, FloatArray]]:
    """Return who is in post, what the models see of them, and their chances of leaving in a year.

    Args:
        known: The extract as it was known at its date.
        seed: Seed.
        with_cox: Whether Cox is asked, too.

    Returns:
        One row a person in post (index of `known.people`), and the chances by method.
    """
    assert known.window is not None
    people, opens = _coded(known.people), pd.Timestamp(known.window[0])
    now = pd.Timestamp(known.as_of)
    rows, present = past_years(known), _at(people, now, opens).drop(columns="left")
    chances = _trees(rows, present, seed)
    cox = _cox(people, opens, now, present) if with_cox else None
    if cox is not None:
        chances[COX] = cox
    return present, chances


def past_years(known: Extract) -> pd.DataFrame:
    """Return a row a person and past year of the window: what was seen, and whether it left."""
    assert known.window is not None
    people, opens = _coded(known.people), pd.Timestamp(known.window[0])
    now = pd.Timestamp(known.as_of)
    past = [_at(people, now - pd.DateOffset(years=back), opens)
            for back in range(1, (now - opens).days // 365 + 1)]  # fmt: skip
    return pd.concat(past)


def _coded(people: pd.DataFrame) -> pd.DataFrame:
    """Return what a model may use, with texts as the numbers of the most frequent ones."""
    out = people[["start_date", "leave_date"]].copy()
    event = (people["cause"] == str(Cause.ORGANISATIONAL_EVENT)).to_numpy()
    out["chosen"] = people["leave_date"].notna() & ~event
    for name in _COLUMNS:
        text = people[name].fillna("").astype(str)
        # Texts that are equally frequent by name: what the peers say must not change by the run.
        often = text.value_counts().sort_index().sort_values(ascending=False, kind="stable")
        kept = {value: code for code, value in enumerate(often.index[:_MOST])}
        out[name] = text.map(kept).fillna(_MOST).astype(int)
    return out


def _at(people: pd.DataFrame, day: pd.Timestamp, opens: pd.Timestamp) -> pd.DataFrame:
    """Return the people in post on a day, their service, and whether they left within a year."""
    start = people["start_date"].fillna(opens)
    here = (start <= day) & ~(people["leave_date"] <= day)
    found = people.loc[here, list(_COLUMNS)].copy()
    found["service"] = (day - start[here]).dt.days / 365.25
    gone = people.loc[here, "leave_date"] <= day + _YEAR
    found["left"] = gone & people.loc[here, "chosen"]
    # Made redundant within the year: neither a leaver by choice nor somebody who stayed.
    return found[~(gone & ~people.loc[here, "chosen"])]


def _trees(rows: pd.DataFrame, present: pd.DataFrame, seed: int) -> dict[str, FloatArray]:
    from sklearn.ensemble import HistGradientBoostingClassifier, RandomForestClassifier

    models = {
        FOREST: RandomForestClassifier(200, min_samples_leaf=20, random_state=seed),
        BOOSTING: HistGradientBoostingClassifier(max_iter=100, max_depth=4, random_state=seed),
    }
    wanted = rows.drop(columns="left")
    return {
        name: model.fit(wanted, rows["left"]).predict_proba(present)[:, 1]
        for name, model in models.items()
    }


def _cox(
    people: pd.DataFrame, opens: pd.Timestamp, now: pd.Timestamp, present: pd.DataFrame
) -> FloatArray | None:
    if not _PYTHON.exists():
        return None
    begun = people["start_date"].fillna(opens)
    ends = people["leave_date"].where(people["leave_date"] <= now, now)
    past = _dummies(people)
    past["start"] = ((opens - begun).dt.days / 365.25).clip(lower=0)
    past["stop"] = (ends - begun).dt.days / 365.25
    past["left"] = (people["chosen"] & (people["leave_date"] <= now)).astype(int)
    past = past[past["stop"] > past["start"]]
    varied = [name for name in past.columns if (past[name] != past[name].iloc[0]).any()]
    asked = _dummies(present).reindex(columns=[v for v in varied if v not in _TIMES], fill_value=0)
    asked["start"] = present["service"]
    sent = json.dumps({"past": past[sorted({*varied, *_TIMES})].to_dict("list"),
                       "present": asked.to_dict("list")})  # fmt: skip
    ran = subprocess.run(
        [str(_PYTHON), str(Path(__file__).with_name("_cox_peer.py"))],
        input=sent, capture_output=True, text=True, check=False,
    )  # fmt: skip
    return np.array(json.loads(ran.stdout)) if ran.returncode == 0 else None


def _dummies(people: pd.DataFrame) -> pd.DataFrame:
    frame = people[list(_COLUMNS)].astype("category")
    return pd.get_dummies(frame, drop_first=True, dtype=int)

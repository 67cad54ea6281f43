"""Today's measures and profiles: the figures of the page Where we are."""

from collections.abc import Sequence

import numpy as np
import pandas as pd

from workforce.domain.bands import AGE_BANDS, GRADE_BANDS, TENURE_BANDS, tenure_band_index
from workforce.domain.evidence import Evidence
from workforce.domain.families import ALL_FAMILIES, DIGITAL_FAMILIES, Family
from workforce.history.fold import EVENTS
from workforce.history.frames import sum_by
from workforce.history.model import History

__all__ = ["PROFILES", "establishment", "measures", "profile"]

PROFILES = ("tenure", "age", "grade", "contract", "department")
_FLOWS = ("leavers", *EVENTS)


def establishment(history: History, evidence: Evidence) -> pd.DataFrame:
    """Return the establishment with the benchmark filled in where nothing is given.

    Args:
        history: The history.
        evidence: Gives the vacancy rate `lg_it_vac`.

    Returns:
        `family, fte, basis`; with basis `benchmark`, FTE = in post / (1 - vacancy rate).
    """
    vacancy_rate = evidence.benchmark("lg_it_vac").number
    in_post = history.stock.groupby("family")["fte"].sum()
    frame = history.establishment
    here = frame["family"].map(in_post).fillna(0.0).to_numpy(dtype=float)
    filled = frame["fte"].to_numpy(dtype=float, na_value=np.nan)
    return frame.assign(fte=np.where(np.isnan(filled), here / (1 - vacancy_rate), filled))


def measures(history: History, evidence: Evidence, by: Sequence[str] = ("family",)) -> pd.DataFrame:
    """Measure stocks, vacancies and the flows of the last twelve months.

    Turnover is leavers / mean headcount of the same months, as a rate per year: with fewer than
    twelve months of window it is taken over those there are (`months_observed`).

    Args:
        history: The history.
        evidence: Stands in for a missing establishment.
        by: Columns of the stock to split by: `family`, `department`, `grade`, `contract`. By
            family alone a row `all` sums the digital families.

    Returns:
        A row a group: `headcount, fte, establishment_fte, establishment_basis, vacancies_fte,
        over_establishment_fte, vacancy_rate, leavers_12m` and one column a cause, `turnover_12m,
        voluntary_turnover_12m, hires_12m, median_time_to_hire_days, months_observed`. Columns that
        are not known for a split are missing.
    """
    keys = list(by)
    by_family = keys == ["family"]
    frame = _stocks(history, keys)
    if by_family:
        frame = frame.merge(_posts_by_family(history, evidence), on="family", how="left")
    else:
        frame = frame.merge(_posts_listed(history, keys), on=keys, how="left")
    frame = frame.merge(_flows(history, keys), on=keys, how="left")
    if by_family:
        frame = frame.merge(_hires(history), on="family", how="left")
        frame = pd.concat([frame, _digital_total(frame)], ignore_index=True)
        days = history.time_to_hire.set_index("family")["median_days"]
        frame["median_time_to_hire_days"] = frame["family"].map(days).astype(float)
    else:
        frame = frame.assign(hires_12m=np.nan, median_time_to_hire_days=np.nan)
    return _derived(frame, history)


def profile(history: History, by: str) -> pd.DataFrame:
    """Count people in post by family and one band.

    Args:
        history: The history.
        by: One of `PROFILES`.

    Returns:
        `family, band, people, fte`, bands in their natural order, absent ones left out.

    Raises:
        ValueError: If `by` is none of `PROFILES`.
    """
    if by not in PROFILES:
        raise ValueError(f"profiles exist for {', '.join(PROFILES)}, not {by}")
    stock = history.stock
    orders: dict[str, Sequence[str]] = {
        "tenure": TENURE_BANDS,
        "age": [str(band) for band in AGE_BANDS],
        "grade": [str(band) for band in GRADE_BANDS],
    }
    if by == "tenure":
        index = tenure_band_index(stock["tenure_months"].to_numpy(dtype=np.int64))
        band = pd.Series(np.asarray(TENURE_BANDS, dtype=object)[index], index=stock.index)
    else:
        band = stock[by].astype(str)
    order = list(orders.get(by, sorted(set(band))))
    rows = stock.assign(band=pd.Categorical(band, categories=order, ordered=True))
    folded = sum_by(rows, ["family", "band"], ["people", "fte"])
    return folded.assign(band=folded["band"].astype(str))


def _stocks(history: History, keys: list[str]) -> pd.DataFrame:
    found = sum_by(history.stock, keys, ["people", "fte"])
    found = found.rename(columns={"people": "headcount"})
    if keys != ["family"]:
        return found
    every = pd.DataFrame({"family": [str(family) for family in ALL_FAMILIES]})
    return every.merge(found, on="family", how="left").fillna({"headcount": 0, "fte": 0.0})


def _posts_by_family(history: History, evidence: Evidence) -> pd.DataFrame:
    frame = establishment(history, evidence)
    return frame.rename(columns={"fte": "establishment_fte", "basis": "establishment_basis"})


def _posts_listed(history: History, keys: list[str]) -> pd.DataFrame:
    posts = history.posts
    if not set(keys) <= set(posts.columns) or posts.empty:
        return pd.DataFrame(columns=[*keys, "establishment_fte", "establishment_basis"]).astype(
            {"establishment_fte": float}
        )
    found = sum_by(posts, keys, ["fte"])
    return found.rename(columns={"fte": "establishment_fte"}).assign(establishment_basis="list")


def _last_year(history: History) -> tuple[int, int]:
    months = min(12, history.window_months)
    return history.as_of - months + 1, months


def _flows(history: History, keys: list[str]) -> pd.DataFrame:
    since, months = _last_year(history)
    recent = history.counts[history.counts["month"] >= since]
    numbers = ["exposure", *EVENTS]
    found = sum_by(recent, keys, numbers)
    for key in keys:
        found[key] = found[key].astype(str)
    found["leavers"] = found[list(EVENTS)].sum(axis=1)
    if months == 0:
        found = found.iloc[:0]
    return found.rename(columns={name: f"{name}_12m" for name in ("exposure", *_FLOWS)})


def _hires(history: History) -> pd.DataFrame:
    since, _ = _last_year(history)
    recent = history.monthly[history.monthly["month"] >= since]
    found = recent.groupby("family")[["hires"]].sum(min_count=1).reset_index()
    return found.rename(columns={"hires": "hires_12m"})


def _digital_total(frame: pd.DataFrame) -> pd.DataFrame:
    digital = frame[frame["family"].isin([str(family) for family in DIGITAL_FAMILIES])]
    sums = digital.select_dtypes("number").sum(min_count=1)
    bases = sorted(set(digital.loc[digital["establishment_fte"] > 0, "establishment_basis"]))
    return pd.DataFrame(
        [{"family": str(Family.ALL), **sums, "establishment_basis": ", ".join(bases)}]
    )


def _derived(frame: pd.DataFrame, history: History) -> pd.DataFrame:
    _, months = _last_year(history)
    flows = [f"{name}_12m" for name in _FLOWS]
    if months:
        # Observed and nothing found is zero; not observed stays missing.
        frame = frame.fillna(dict.fromkeys([*flows, "exposure_12m"], 0.0))
    years = frame["exposure_12m"] / 12
    years = years.where(years > 0)
    gap = frame["establishment_fte"] - frame["fte"]
    posts = frame["establishment_fte"].where(frame["establishment_fte"] > 0)
    frame = frame.assign(
        vacancies_fte=gap.clip(lower=0),
        over_establishment_fte=(-gap).clip(lower=0),
        vacancy_rate=gap.clip(lower=0) / posts,
        turnover_12m=frame["leavers_12m"] / years,
        voluntary_turnover_12m=frame["voluntary_12m"] / years,
        months_observed=months,
    )
    return frame.drop(columns="exposure_12m")

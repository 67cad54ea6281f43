"""What must hold of every figure, whichever it is."""

import json
import re
from typing import Any

import altair as alt
import pytest
from chart_frames import AS_OF, NOTHING, PLAN, history, summary
from chart_gallery import every_figure

from workforce import charts
from workforce.charts import Figure, palette
from workforce.charts.theme import THEME_NAME, theme_config

NAMES = (
    "fan", "fan_stock", "fan_flow", "compare", "vacancies", "supply", "capacity", "families",
    "turnover", "tenure", "age", "grade", "months", "rates", "pipeline", "cohorts", "levers",
    "waterfall", "account", "costs", "record", "record_months", "scored", "groups",
    "impact", "differences",
)  # fmt: skip


def _spec(figure: Figure) -> dict[str, Any]:
    return figure.chart.to_dict(validate=True)


def _rows(spec: dict[str, Any]) -> int:
    return sum(len(rows) for rows in spec.get("datasets", {}).values())


def _marks(spec: dict[str, Any]) -> list[dict[str, Any]]:
    return [layer["mark"] for layer in spec["layer"]]


def test_the_list_names_every_figure(figures: dict[str, Figure]) -> None:
    assert set(NAMES) == set(figures)


@pytest.mark.parametrize("name", NAMES)
def test_specification_is_valid_and_follows_its_container(
    figures: dict[str, Figure], name: str
) -> None:
    spec = _spec(figures[name])  # checked against the Vega-Lite schema
    assert spec["width"] == "container"
    assert figures[name].fixed(700).to_dict()["width"] == 700
    assert spec["height"] <= 470


@pytest.mark.parametrize("name", NAMES)
def test_figure_is_complete(figures: dict[str, Figure], name: str) -> None:
    figure = figures[name]
    for text in (figure.title, figure.subtitle, figure.alt, figure.how_to_read, figure.source):
        assert text.strip() == text
        assert "nan" not in text.lower().split()
        assert "  " not in text
    assert not figure.title.endswith("."), "a title is a headline"
    assert figure.title in figure.alt, "a listener must hear the finding"
    assert figure.alt.endswith(".")
    assert len(figure.alt) > len(figure.title) + 60, "the description must add numbers"
    assert re.search(r"\d", figure.title), "a finding names a number"
    assert len(figure.title) <= 120


@pytest.mark.parametrize("name", NAMES)
def test_table_has_headings_with_units_and_is_rounded(
    figures: dict[str, Figure], name: str
) -> None:
    table = figures[name].table
    assert len(table) >= 3
    assert not table.columns.has_duplicates
    for header in table.columns:
        column = table[header]
        if column.dtype.kind == "f":
            assert "(" in header or header.startswith("Observed"), f"{header} has no unit"
            assert (column.dropna() == column.dropna().round(1)).all(), f"{header} is not rounded"


@pytest.mark.parametrize("name", NAMES)
def test_native_chart_draws_columns_of_the_table(figures: dict[str, Figure], name: str) -> None:
    figure = figures[name]
    if figure.excel is None:
        assert name == "rates", "only dots with intervals have no Excel chart"
        return
    headers = set(figure.table.columns)
    assert {figure.excel.category, *(each.column for each in figure.excel.series)} <= headers


def test_the_same_data_make_the_same_figure_byte_for_byte(figures: dict[str, Figure]) -> None:
    again = every_figure.__wrapped__()
    for name, figure in figures.items():
        first, second = (json.dumps(_spec(each), sort_keys=True) for each in (figure, again[name]))
        assert first == second, f"{name} differs from itself"
        assert figure.table.equals(again[name].table)


def test_long_horizons_stay_under_the_row_cap() -> None:
    long, past = summary(months=120), history(months=240)
    both = {"summary": long, "as_of": AS_OF}
    for figure in (
        charts.fan(**both, scenario=NOTHING, measure="fte", history=past),
        charts.compare(**both, scenarios=(PLAN, NOTHING), measure="vacancies"),
        charts.supply_demand(**both, scenario=PLAN, history=past),
        charts.cohort_timeline(**both, scenario=PLAN),
        charts.monthly_history(monthly=past, as_of=AS_OF),
    ):
        assert _rows(_spec(figure)) <= 2_000, f"{figure.key} sends too many rows"


@pytest.mark.parametrize("name", ["fan", "compare", "vacancies", "supply", "cohorts"])
def test_pointer_layer_is_hidden_from_assistive_technology(
    figures: dict[str, Figure], name: str
) -> None:
    spec = _spec(figures[name])
    layers = [each for each in spec["layer"] if each.get("name") == "hover_layer"]
    assert len(layers) == 1
    assert layers[0]["mark"]["aria"] is False
    assert len(layers[0]["encoding"]["tooltip"]) >= 2


@pytest.mark.parametrize("name", ["fan", "compare", "vacancies", "supply", "cohorts", "months"])
def test_time_axes_say_month_and_year(figures: dict[str, Figure], name: str) -> None:
    formats = {
        layer["encoding"]["x"]["axis"]["format"]
        for layer in _spec(figures[name])["layer"]
        if layer["encoding"].get("x", {}).get("axis")
    }
    assert formats == {"%b %Y"}


@pytest.mark.parametrize("name", ["compare", "vacancies", "cohorts", "supply"])
def test_lines_differ_without_colour(figures: dict[str, Figure], name: str) -> None:
    thick = [
        tuple(mark.get("strokeDash", (1, 0)))
        for mark in _marks(_spec(figures[name]))
        if mark["type"] == "line" and mark.get("strokeWidth", 2.5) > 2
    ]
    assert len(set(thick)) >= 2, f"{name}: lines need different dashes, not only colours"
    texts = [mark for mark in _marks(_spec(figures[name])) if mark["type"] == "text"]
    assert len(texts) >= 4, f"{name}: lines need their names beside them"


def test_names_that_users_chose_are_never_read_as_code() -> None:
    name = "a.b['c']:Q \\ \"=1+1\""
    frame = summary(months=6).replace({"scenario": {PLAN: name}})
    figure = charts.compare(
        summary=frame, scenarios=(name, NOTHING), measure="vacancies", as_of=AS_OF
    )
    spec = _spec(figure)
    tips = next(each for each in spec["layer"] if each.get("name") == "hover_layer")
    fields = [tip["field"] for tip in tips["encoding"]["tooltip"]]
    assert all(re.fullmatch(r"\w+", field) for field in fields), fields
    assert name in [tip["title"] for tip in tips["encoding"]["tooltip"]]


def test_theme_is_on_and_its_text_reaches_the_contrast_of_text() -> None:
    assert alt.theme.active == THEME_NAME
    config: Any = theme_config()["config"]
    for part in ("axis", "legend"):
        for key in ("labelColor", "titleColor"):
            assert palette.contrast(config[part][key], palette.BACKGROUND) >= 4.5, (part, key)
    assert palette.contrast(config["text"]["color"], palette.BACKGROUND) >= 4.5


@pytest.mark.parametrize("name", NAMES)
def test_every_text_in_a_chart_reaches_4_5_to_1(figures: dict[str, Figure], name: str) -> None:
    for mark in _marks(_spec(figures[name])):
        if mark["type"] == "text" and "stroke" not in mark and "color" in mark:
            for ground in (palette.BACKGROUND, palette.BAND_95):
                ratio = palette.contrast(mark["color"], ground)
                assert ratio >= 4.5, f"{mark['color']} on {ground} is only {ratio:.2f}:1"


@pytest.mark.parametrize(
    "colour",
    ["BLUE", "TURQUOISE", "PINK", "ORANGE", "GREY", "PURPLE", "MID_BLUE", "MUTED", "INK"],
)
def test_marks_reach_3_to_1_on_the_page(colour: str) -> None:
    ratio = palette.contrast(getattr(palette, colour), palette.BACKGROUND)
    assert ratio >= 3, f"{colour} is only {ratio:.2f}:1"


@pytest.mark.parametrize(
    ("first", "second", "ratio"),
    [
        ("#000000", "#FFFFFF", 21.0),
        ("#FFFFFF", "#FFFFFF", 1.0),
        ("#767676", "#FFFFFF", 4.54),  # the grey WCAG tutorials name as just enough
        ("#12436D", "#FFFFFF", 10.25),
        ("#FFFFFF", "#28A197", 3.17),
        ("#F46A25", "#FFFFFF", 3.03),
    ],
)
def test_contrast_is_that_of_wcag(first: str, second: str, ratio: float) -> None:
    assert palette.contrast(first, second) == pytest.approx(ratio, abs=0.01)


def test_importing_the_words_does_not_load_altair(root: Any) -> None:
    import subprocess
    import sys

    code = "import sys, workforce.charts.describe; print('altair' in sys.modules)"
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=root, check=True
    )
    assert done.stdout.strip() == "False"

"""Pictures that stand alone, and the names of their files."""

import struct
import zlib
from dataclasses import replace
from datetime import date

import pytest
from defusedxml.ElementTree import fromstring

from workforce.charts import Figure
from workforce.export import (
    Provenance,
    figure_file_name,
    figure_png,
    figure_svg,
    safe_file_name,
)
from workforce.export.names import sheet_name
from workforce.export.picture import PPI, wrapped

SVG = "{http://www.w3.org/2000/svg}"


def _chunks(picture: bytes) -> dict[bytes, bytes]:
    """Read a PNG's chunks (PNG specification, 5.3), image data joined."""
    assert picture[:8] == b"\x89PNG\r\n\x1a\n"
    found: dict[bytes, bytes] = {}
    at = 8
    while at < len(picture):
        (length,) = struct.unpack(">I", picture[at : at + 4])
        kind = picture[at + 4 : at + 8]
        found[kind] = found.get(kind, b"") + picture[at + 8 : at + 8 + length]
        at += length + 12
    return found


def _words(svg: str) -> str:
    root = fromstring(svg)
    return " ".join("".join(each.itertext()) for each in root.iter(f"{SVG}text"))


@pytest.mark.parametrize("name", ["fan", "pipeline"])
def test_png_is_200_pixels_to_the_inch_and_not_blank(
    figures: dict[str, Figure], provenance: Provenance, name: str
) -> None:
    figure = figures[name]
    root = fromstring(figure_svg(figure, provenance))
    chunks = _chunks(figure_png(figure, provenance))
    width, height = struct.unpack(">II", chunks[b"IHDR"][:8])
    assert width == pytest.approx(float(root.attrib["width"]) * PPI / 72, abs=2)
    assert height == pytest.approx(float(root.attrib["height"]) * PPI / 72, abs=2)
    assert width >= 2 * 860, "a chart must stay sharp on a slide"
    pixels = zlib.decompress(chunks[b"IDAT"])
    assert len(set(pixels[::997])) > 20, "the picture is blank"


def test_svg_carries_title_description_source_and_provenance(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    figure = figures["vacancies"]
    svg = figure_svg(figure, provenance)
    root = fromstring(svg)
    assert root.attrib["role"] == "img"
    labels = root.attrib["aria-labelledby"].split()
    by_id = {each.attrib.get("id"): each.text for each in root.iter()}
    assert [by_id[each] for each in labels] == [figure.title, figure.alt]
    words = _words(svg)
    for part in (
        figure.title, figure.subtitle, figure.source, "Grow & keep <1>", "plan 3f2a9c1b",
        "data to 30 Sep 2026 (5e6f7a8b)", "2,000 simulated futures, seed 7", "version 0.1.0",
        "made 22 Nov 2026", "Fictional sample data",
    ):  # fmt: skip
        assert part in words, f"{part!r} is not in the picture"


def test_real_data_are_not_called_fictional(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    svg = figure_svg(figures["families"], replace(provenance, fictional=False))
    assert "ictional" not in svg


def test_a_figure_of_the_data_alone_claims_no_simulation(provenance: Provenance) -> None:
    footer = replace(provenance, scenario="", plan_digest="").footer()
    assert "futures" not in footer
    assert footer.startswith("data to 30 Sep 2026")


def test_svg_refers_to_nothing_outside_itself(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    root = fromstring(figure_svg(figures["supply"], provenance))
    for each in root.iter():
        for key, value in each.attrib.items():
            assert not (key.endswith("href") and "://" in value), value
            assert "url(http" not in value


def test_text_that_breaks_xml_is_escaped_or_dropped(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    figure = replace(figures["families"], title='5 < 6 & "7" \x00\x1b\ud800 ]]> <script>')
    root = fromstring(figure_svg(figure, provenance))
    title = root.find(f"{SVG}title")
    assert title is not None
    assert title.text == '5 < 6 & "7"  ]]> <script>'


def test_text_wraps_inside_the_picture() -> None:
    lines = wrapped("word " * 60 + "x" * 400, 500, 14)
    assert "".join(lines).replace(" ", "") == "word" * 60 + "x" * 400, "nothing may be lost"
    assert all(len(line) * 14 * 0.5 <= 520 for line in lines)
    assert wrapped("", 500, 14) == [""]


@pytest.mark.parametrize(
    ("stem", "name"),
    [
        ("Grow & keep", "Grow-keep.png"),
        ("../../etc/passwd", "etc-passwd.png"),
        ("C:\\temp\\x", "C-temp-x.png"),
        ("Café ‘plan’", "Cafe-plan.png"),
        ("con", "file-con.png"),
        ("...", "file.png"),
        ("日本", "file.png"),
        (".hidden", "hidden.png"),
        ("a" * 300, "a" * 80 + ".png"),
    ],
)
def test_file_names_are_safe_everywhere(stem: str, name: str) -> None:
    assert safe_file_name(stem, ".png") == name


def test_a_file_name_says_what_for_which_scenario_and_when(
    figures: dict[str, Figure], provenance: Provenance
) -> None:
    name = figure_file_name(figures["fan"], provenance, ".svg")
    assert name == "fan-vacancies-cyber_Grow-keep-1-_2026-09-30.svg"


def test_sheet_names_are_what_excel_accepts() -> None:
    taken: set[str] = set()
    names = [
        sheet_name(wanted, taken)
        for wanted in ("a/b:c?*[d]\\", "x" * 40, "X" * 40, "History", "", "'q'")
    ]
    assert names == ["a b c   d", "x" * 31, "X" * 27 + " (2)", "History (2)", "Sheet", "q"]


def test_dates_do_not_follow_the_language_of_the_machine(provenance: Provenance) -> None:
    assert "made 5 Mar 2026" in replace(provenance, made_on=date(2026, 3, 5)).footer()

"""The quick reader of xlsx: what it makes of cells, and what it leaves to the general one."""

import io
import zipfile
from datetime import date, datetime, time, timedelta

import numpy as np
import pytest

from workforce.intake.source import SourceFile, read_sheets
from workforce.intake.xlsx_book import NotPlain, open_plain_book
from workforce.intake.xlsx_scan import DAY, NUMBER, SPAN, Scanner
from workforce.intake.xlsx_sheet import PlainSheet
from workforce.intake.xlsx_texts import XlsxTexts

_MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
_LINKS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_STYLES = (
    f'<styleSheet xmlns="{_MAIN}"><numFmts><numFmt numFmtId="164" formatCode="[h]:mm"/>'
    '<numFmt numFmtId="165" formatCode="&quot;day &quot;0.0"/></numFmts><cellXfs>'
    '<xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="164"/><xf numFmtId="165"/></cellXfs>'
    "</styleSheet>"
)


def book(
    rows: str, *, shared: str = "", tail: str = "", head: str = "", properties: str = ""
) -> bytes:
    """Return a workbook of one sheet with these rows as they are written into it."""
    parts = {
        "[Content_Types].xml": '<Types xmlns="http://schemas.openxmlformats.org/package/2006/'
        'content-types"><Default Extension="xml" ContentType="application/xml"/></Types>',
        "_rels/.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        f'relationships"><Relationship Id="r1" Type="{_LINKS}/officeDocument" '
        'Target="xl/workbook.xml"/></Relationships>',
        "xl/workbook.xml": f'<workbook xmlns="{_MAIN}" xmlns:r="{_LINKS}">{properties}<sheets>'
        '<sheet name="Staff" sheetId="1" r:id="rId1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": '<Relationships xmlns="http://schemas.openxmlformats.org/'
        f'package/2006/relationships"><Relationship Id="rId1" Type="{_LINKS}/worksheet" '
        f'Target="worksheets/sheet1.xml"/><Relationship Id="rId2" Type="{_LINKS}/styles" '
        f'Target="styles.xml"/><Relationship Id="rId3" Type="{_LINKS}/sharedStrings" '
        'Target="/xl/sharedStrings.xml"/></Relationships>',
        "xl/styles.xml": _STYLES,
        "xl/sharedStrings.xml": f'<sst xmlns="{_MAIN}">{shared}</sst>',
        "xl/worksheets/sheet1.xml": f'<?xml version="1.0" encoding="UTF-8"?>{head}<worksheet '
        f'xmlns="{_MAIN}"><sheetData>{rows}</sheetData>{tail}</worksheet>',
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in parts.items():
            archive.writestr(name, text)
    return buffer.getvalue()


def plainly(content: bytes) -> PlainSheet:
    """Return the only sheet as the quick reader reads it."""
    opened = open_plain_book(zipfile.ZipFile(io.BytesIO(content)))
    return opened.read(opened.entries[0])


def first_row(rows: str, *, shared: str = "") -> list[object]:
    """Return the first row of a sheet."""
    return plainly(book(rows, shared=shared)).cells[0].tolist()


def test_numbers_days_spans_and_flags_come_out_as_what_their_style_and_type_say() -> None:
    row = first_row(
        '<row r="1"><c r="A1"><v>30</v></c><c r="B1" s="1"><v>45000</v></c>'
        '<c r="C1" s="1"><v>45000.25</v></c><c r="D1" s="2"><v>1.5</v></c>'
        '<c r="E1" t="b"><v>1</v></c><c r="F1" s="3"><v>45000</v></c>'
        '<c r="G1" s="1"><v>0.5</v></c><c r="H1"><v>-2.5E-3</v></c></row>'
    )
    assert row == [
        30.0, date(2023, 3, 15), datetime(2023, 3, 15, 6), timedelta(hours=36), True, 45000.0,
        time(12), -0.0025,
    ]  # fmt: skip
    assert type(row[0]) is float
    assert type(row[4]) is bool, "a flag must not turn into the number 1"


def test_a_text_of_digits_stays_a_text_with_its_leading_zeros() -> None:
    shared = "<si><t>0012345</t></si>"
    row = first_row(
        '<row r="1"><c r="A1" t="s"><v>0</v></c><c r="B1" t="str"><f>A1</f><v>0099</v></c>'
        '<c r="C1" t="inlineStr"><is><t>007</t></is></c><c r="D1"><v>7</v></c></row>',
        shared=shared,
    )
    assert row == ["0012345", "0099", "007", 7.0]


@pytest.mark.parametrize(
    ("item", "text"),
    [
        ("<t>Pay &amp; reward &lt;HR&gt;</t>", "Pay & reward <HR>"),
        ("<t>caf&#233; &#x2013; bar</t>", "café – bar"),
        ('<t xml:space="preserve"> two  spaces </t>', " two  spaces "),
        ("<t>line_x000D_break _x005F_x0041_</t>", "line\rbreak _x0041_"),
        ("<r><t>Data </t></r><r><rPr><b/></rPr><t>analyst</t></r>", "Data analyst"),
        ('<t>東京</t><rPh sb="0" eb="2"><t>とうきょう</t></rPh><phoneticPr fontId="1"/>', "東京"),
        ("<t>_xD800_</t>", "\ufffd"),
        (f"<t>{'x' * 700}</t>", "x" * 500),
    ],
)
def test_a_shared_text_is_what_a_spreadsheet_program_shows(item: str, text: str) -> None:
    others = "<si><t>first</t></si><si>" + item + "</si><si><t>last</t></si>"
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(3))
    assert plainly(book(rows, shared=others)).cells[:, 0].tolist() == ["first", text, "last"]


def test_the_same_text_under_several_keys_is_one_distinct_value() -> None:
    shared = "<si><t>HR</t></si><si><t>IT</t></si><si><r><t>H</t></r><r><t>R</t></r></si>"
    rows = "".join(f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(3))
    column = plainly(book(rows, shared=shared)).cells.column(0)
    assert column.values.tolist() == ["HR", "IT", "HR"]
    assert sorted(column.uniques) == ["HR", "IT"]


def test_empty_cells_errors_and_blank_texts_hold_nothing() -> None:
    shared = "<si><t></t></si><si><t/></si><si/>".replace("<si/>", "<si></si>")
    sheet = plainly(
        book(
            '<row r="1"><c r="A1" s="1"/><c r="B1" t="e"><v>#N/A</v></c>'
            '<c r="C1" t="s"><v>0</v></c>'
            '<c r="D1" t="s"><v>1</v></c><c r="E1" t="s"><v>2</v></c><c r="F1"><v>5</v></c></row>',
            shared=shared,
        )
    )
    assert sheet.cells[0].tolist() == ["", "", "", "", "", 5.0]
    assert (sheet.cells != "").tolist() == [[False] * 5 + [True]]


def test_cells_stand_where_their_references_say() -> None:
    sheet = plainly(
        book('<row r="3"><c r="B3"><v>1</v></c><c r="AB3"><v>2</v></c></row><row r="9"/>'
             '<row r="12"><c r="C12"><v>3</v></c></row>')
    )  # fmt: skip
    filled = np.argwhere(sheet.cells != "").tolist()
    assert filled == [[2, 1], [2, 27], [11, 2]]
    assert sheet.cells.shape == (12, 28)


def test_formulas_without_a_result_are_named_by_row() -> None:
    sheet = plainly(
        book('<row r="1"><c r="A1"><f>1+1</f><v>2</v></c></row>'
             '<row r="2"><c r="A2"><f>1+1</f></c></row>'
             '<row r="3"><c r="A3"><f>1+1</f><v></v></c><c r="B3"><f>2</f><v/></c></row>'
             '<row r="4"><c r="A4"><f t="shared" si="0"/><v>4</v></c></row>')
    )  # fmt: skip
    assert sheet.uncalculated == (2, 3)
    assert sheet.cells[:, 0].tolist() == [2.0, "", "", 4.0]


def test_merged_ranges_are_read_from_behind_the_rows() -> None:
    tail = '<mergeCells count="1"><mergeCell ref="B2:AA3"/></mergeCells>'
    sheet = plainly(book('<row r="1"><c r="A1"><v>1</v></c></row>', tail=tail))
    assert sheet.merged == (((1, 1), (2, 26)),)


@pytest.mark.parametrize(
    "rows",
    [
        '<row r="1"><c r="B2"><v>1</v></c></row>',
        '<row r="2"><c r="A2"><v>1</v></c></row><row r="1"><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="a1"><v>1</v></c></row>',
        '<row r="1"><c r="ABC1"><v>1</v></c></row>',
        '<row r="1"><c><v>1</v></c></row>',
        '<row><c r="A1"><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>9</v></c></row>',
        '<row r="1"><c r="A1" t="s"><v>-1</v></c></row>',
        '<row r="1"><c r="A1"><v>1_000</v></c></row>',
        '<row r="1"><c r="A1"><v>nan</v></c></row>',
        '<row r="1"><c r="A1"><v>1e999</v></c></row>',
        '<row r="1"><c r="A1"> <v>1</v></c></row>',
        '<row r="1"><c r="A1" t="d"><v>2026-01-01</v></c></row>',
        '<row r="1"><c r="A1" t="b"><v>2</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v><v>2</v></c></row>',
        '<row r="1"><c r="A1"><!-- c --><v>1</v></c></row>',
        '<row r="1"><c r="A1" t="inlineStr"><is><r><t>x</t></r></is></c></row>',
        '<x:row r="1"><x:c r="A1"><x:v>1</x:v></x:c></x:row>',
        '<row r="9999999"><c r="A9999999"><v>1</v></c></row>',
        '<row r="1"><c r="A1"><v>1</v></c>',
    ],
)
def test_anything_unusual_is_left_to_the_general_reader(rows: str) -> None:
    with pytest.raises(NotPlain):
        plainly(book(rows, shared="<si><t>only</t></si>"))


def test_declared_entities_and_other_calendars_are_left_to_the_general_reader() -> None:
    row = '<row r="1"><c r="A1"><v>1</v></c></row>'
    with pytest.raises(NotPlain):
        plainly(book(row, head="<!DOCTYPE x [<!ENTITY a 'b'>]>"))
    with pytest.raises(NotPlain):
        plainly(book(row, shared="<!-- --><si><t>x</t></si>"))
    with pytest.raises(NotPlain):
        plainly(book(row, properties='<workbookPr date1904="1"/>'))


def test_a_sheet_the_quick_reader_leaves_is_still_read() -> None:
    content = book('<row r="1">\n<c r="A1"><v>1</v></c>\n<c r="B1"><v>2</v></c>\n</row>')
    with pytest.raises(NotPlain):
        plainly(content)
    (sheet,) = read_sheets(SourceFile("spaced.xlsx", content))
    assert sheet.cells[0].tolist() == [1.0, 2.0]


def test_a_damaged_archive_is_not_read_halfway() -> None:
    content = bytearray(book('<row r="1"><c r="A1"><v>1</v></c></row>' * 1))
    place = content.find(b"xl/worksheets/sheet1.xml") + 40
    content[place] ^= 0xFF
    with pytest.raises(NotPlain):
        plainly(bytes(content))


@pytest.mark.parametrize("size", [1, 7, 40, 4096])
def test_it_does_not_matter_where_the_blocks_of_a_sheet_end(
    size: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("workforce.intake.xlsx_sheet._BLOCK", size)
    rows = "".join(
        f'<row r="{n}"><c r="A{n}"><v>{n}</v></c><c r="C{n}" t="s"><v>{n % 2}</v></c></row>'
        for n in range(1, 41)
    )
    sheet = plainly(book(rows, shared="<si><t>a</t></si><si><t>b</t></si>"))
    assert sheet.cells[:, 0].tolist() == [float(n) for n in range(1, 41)]
    assert sheet.cells[:, 2].tolist() == ["ab"[n % 2] for n in range(1, 41)]


def test_texts_nobody_asks_for_are_never_made(monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []
    original = XlsxTexts.texts

    def watched(self: XlsxTexts, keys: list[int]) -> list[str]:
        made.extend(keys)
        return original(self, keys)

    monkeypatch.setattr(XlsxTexts, "texts", watched)
    shared = "".join(f"<si><t>name {n}</t></si>" for n in range(50))
    rows = "".join(
        f'<row r="{n + 1}"><c r="A{n + 1}" t="s"><v>{n}</v></c></row>' for n in range(50)
    )
    cells = plainly(book(rows, shared=shared)).cells
    assert bool((cells != "").all())
    assert cells[7, 0] == "name 7"
    assert made == [7]


def test_the_sort_of_a_number_follows_the_style_not_its_size() -> None:
    scanner = Scanner([NUMBER, DAY, SPAN], XlsxTexts())
    cells = scanner.scan(
        b'<row r="1"><c r="A1"><v>45000</v></c><c r="B1" s="1"><v>45000</v></c>'
        b'<c r="C1" s="2"><v>45000</v></c><c r="D1" s="9"><v>45000</v></c></row>'
    )
    assert cells.sort.tolist() == [NUMBER, DAY, SPAN, NUMBER]

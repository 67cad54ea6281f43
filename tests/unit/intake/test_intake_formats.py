"""Every format that HR systems export is read alike, told from its bytes and not from its name."""

import io
import zipfile
from datetime import date, datetime
from pathlib import Path

import pytest
from intake_files import STAFF_HEAD, assert_accounted, book, read, rules, staff, text_file
from xlrd.compdoc import CompDoc

from workforce.domain.errors import UserError
from workforce.intake import Extract, SourceFile
from workforce.intake.exceldates import excel_moment, is_date_format
from workforce.intake.source import read_sheets

FILES = Path(__file__).resolve().parents[2] / "files"
WHOLE = [
    "staff.xlsb",
    "staff_short_cells.xlsb",
    "staff_97.xls",
    "staff_95.xls",
    "staff_xml_2003.xls",
    "staff.ods",
    "staff.fods",
]
ONE_SHEET = ["staff_2.xls", "staff_web_page.xls", "staff_unicode.txt"]
TITLES = ["Data Analyst", "Planning Officer", "Software Developer", "Refuse Loader"]


def sheets_of(name: str, content: bytes) -> list[list[list[object]]]:
    return [[list(row) for row in sheet.cells] for sheet in read_sheets(SourceFile(name, content))]


def fixture(name: str) -> bytes:
    return (FILES / name).read_bytes()


@pytest.mark.parametrize("name", WHOLE + ONE_SHEET)
def test_the_same_list_is_read_from_every_format(name: str) -> None:
    extract = read((name, fixture(name)))
    staff_rows = extract.people[extract.people["source"] == "staff"]
    assert staff_rows["job_title"].tolist() == [TITLES[n % 4] for n in range(24)]
    assert staff_rows["fte"].tolist() == [(1.0, 0.8, 0.5)[n % 3] for n in range(24)]
    expected = [date(2012 + n % 10, n % 12 + 1, 1 + n % 28) for n in range(24)]
    assert [day.date() for day in staff_rows["start_date"]] == expected, "a date came out wrong"
    assert_accounted(extract)


@pytest.mark.parametrize("name", [each for each in WHOLE if "ods" not in each])
def test_a_hidden_sheet_is_read_and_said_in_every_format(name: str) -> None:
    extract = read((name, fixture(name)))
    assert [(t.sheet, t.kind, t.hidden, t.rows_kept) for t in extract.tables] == [
        ("Staff", "staff", False, 24),
        ("Leavers", "leavers", True, 8),
    ]
    assert "sheet-hidden" in rules(extract)


@pytest.mark.parametrize("name", WHOLE + ONE_SHEET)
def test_text_identifiers_keep_their_leading_zeros(name: str) -> None:
    cells = sheets_of(name, fixture(name))[0]
    assert [row[0] for row in cells[1:4]] == ["001000", "001001", "001002"]


@pytest.mark.parametrize("name", WHOLE + ONE_SHEET)
@pytest.mark.parametrize("extension", [".csv", ".xlsx", ".pdf", ""])
def test_a_wrong_extension_does_not_matter(name: str, extension: str) -> None:
    named, wrong = sheets_of(name, fixture(name)), sheets_of("x" + extension, fixture(name))
    assert named == wrong


def test_a_web_page_and_an_xml_spreadsheet_are_named_as_such() -> None:
    for name, word in (("staff_web_page.xls", "web page"), ("staff_xml_2003.xls", "XML")):
        finding = next(
            each for each in read((name, fixture(name))).findings if each.rule == "text-format"
        )
        assert word in finding.message


# Web pages


def page(body: str, before: str = "") -> bytes:
    return f"<html><head>{before}</head><body>{body}</body></html>".encode()


def table_of(rows: list[list[object]]) -> str:
    return (
        "<table>"
        + "".join("<tr>" + "".join(f"<td>{cell}</td>" for cell in row) + "</tr>" for row in rows)
        + "</table>"
    )


def one_sheet(content: bytes, name: str = "export.xls") -> list[list[object]]:
    (cells,) = sheets_of(name, content)
    return cells


def test_cells_of_a_web_page_are_what_it_shows() -> None:
    body = (
        "<h2>Staff at 30 September 2026</h2><TABLE border=1><tr><th title='a>b' width=\"10>Name"
        "</th><th>Job&nbsp;title<br>(main)</th></tr>"
        "<tr><td>Ren&eacute;e<!-- <td>unseen</td> --></td><td><b>Data</b>\n <i>Analyst</i></td>"
        "<tr><td>0012<td>&lt;none&gt;</table><p>Source: HR</p>"
    )
    assert one_sheet(page(body, "<style>td {x}</style><script>'<td>no</td>'</script>")) == [
        ["Staff at 30 September 2026", ""],
        ["Name", "Job title (main)"],
        ["Renée", "Data Analyst"],
        ["0012", "<none>"],
        ["", ""],
        ["Source: HR", ""],
    ]


def test_cells_that_span_stand_where_excel_puts_them() -> None:
    body = (
        "<table><tr><td colspan=2>Wide</td><td rowspan=2>Tall</td></tr>"
        "<tr><td>a</td><td>b</td></tr><tr><td>c</td><td>d</td><td>e</td></tr></table>"
    )
    (sheet,) = read_sheets(SourceFile("export.xls", page(body)))
    assert [list(row) for row in sheet.cells] == [
        ["Wide", "", "Tall"],
        ["a", "b", ""],
        ["c", "d", "e"],
    ]
    assert sheet.merged == (((0, 0), (0, 1)), ((0, 2), (1, 2)))


def test_tables_within_a_layout_table_are_read() -> None:
    rows: list[list[object]] = [STAFF_HEAD, *[staff(n) for n in range(9)]]
    extract = read(("export.xls", page(f"<table><tr><td>{table_of(rows)}</td></tr></table>")))
    assert len(extract.people) == 9


def test_a_web_page_in_the_windows_encoding_is_read() -> None:
    content = table_of([["Pay", "Name"], ["£30,000", "Zoë"]]).encode("cp1252")
    assert one_sheet(content) == [["Pay", "Name"], ["£30,000", "Zoë"]]


def test_a_web_page_without_a_table_gets_a_sentence() -> None:
    with pytest.raises(UserError, match="web page without a table"):
        one_sheet(page("<p>Your session has ended. Please log in.</p>"))


# XML Spreadsheet 2003


def xml_book(rows: str, head: str = '<?xml version="1.0"?>', options: str = "") -> bytes:
    return (
        f'{head}<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet" '
        'xmlns:ss="urn:schemas-microsoft-com:office:spreadsheet"><Worksheet ss:Name="Staff">'
        f"<Table>{rows}</Table>{options}</Worksheet></Workbook>"
    ).encode()


def test_cells_of_an_xml_spreadsheet_have_their_types_and_places() -> None:
    content = xml_book(
        '<Row ss:Index="2"><Cell><Data ss:Type="String">007</Data></Cell>'
        '<Cell ss:Index="3"><Data ss:Type="Number">1.5</Data></Cell></Row>'
        '<Row><Cell ss:MergeAcross="1"><Data ss:Type="DateTime">2015-03-31T00:00:00.000</Data>'
        '</Cell><Cell><Data ss:Type="Boolean">1</Data></Cell></Row>'
        '<Row><Cell><Data ss:Type="Error">#N/A</Data></Cell>'
        '<Cell ss:Formula="=1+1"/><Cell><Data ss:Type="Number">n/k</Data></Cell></Row>'
    )
    (sheet,) = read_sheets(SourceFile("export.xls", content))
    assert [list(row) for row in sheet.cells] == [
        ["", "", ""],
        ["007", "", 1.5],
        [date(2015, 3, 31), "", True],
        ["", "", "n/k"],
    ]
    assert sheet.merged == (((2, 0), (2, 1)),)
    assert sheet.uncalculated == (4,)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "windows-1252"])
def test_an_xml_spreadsheet_is_read_in_the_encoding_it_declares(encoding: str) -> None:
    rows = '<Row><Cell><Data ss:Type="String">Zoë £</Data></Cell></Row>'
    text = xml_book(rows, f'<?xml version="1.0" encoding="{encoding}"?>').decode()
    assert one_sheet(text.encode(encoding)) == [["Zoë £"]]


def test_other_xml_gets_a_sentence() -> None:
    with pytest.raises(UserError, match="XML file"):
        one_sheet(b'<?xml version="1.0"?><people><person/></people>')


# Text tables

ROWS: list[list[object]] = [STAFF_HEAD, *[staff(n) for n in range(9)]]


@pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1252"]
)
def test_text_tables_are_read_whatever_separates_and_encodes_them(
    separator: str, encoding: str
) -> None:
    rows = [STAFF_HEAD, *[staff(n, department="Città £") for n in range(9)]]
    extract = read(("export.txt", text_file(rows, separator, encoding)))
    assert len(extract.people) == 9
    assert set(extract.people["department"]) == {"Città £"}
    assert "," in separator or "text-format" in rules(extract), "the separator is said"


def test_british_text_is_cp1252_and_polish_text_is_cp1250() -> None:
    british = text_file([["Name", "Pay"], *[["Renée O’Neill", "£30,000"]] * 9], "\t", "cp1252")
    polish = text_file(
        [["Imię", "Miasto"], *[["Łukasz Żółć", "Świętochłowice"]] * 9], ";", "cp1250"
    )
    assert one_sheet(british, "a.txt")[1] == ["Renée O’Neill", "£30,000"]
    assert one_sheet(polish, "b.csv")[1] == ["Łukasz Żółć", "Świętochłowice"]


def test_quoted_cells_keep_separators_and_line_ends() -> None:
    content = b'Name;Notes\r\n"Smith; J";"first\nsecond"\r\nJones;"a ""b"""\r\n'
    assert one_sheet(content, "a.csv") == [
        ["Name", "Notes"],
        ["Smith; J", "first\nsecond"],
        ["Jones", 'a "b"'],
    ]


# Formulas


def formula_book(result: str) -> bytes:
    plain = book({"Pay & FTE": [STAFF_HEAD, *[staff(n) for n in range(9)]]})
    buffer = io.BytesIO()
    sheet = "xl/worksheets/sheet1.xml"
    with zipfile.ZipFile(io.BytesIO(plain)) as old, zipfile.ZipFile(buffer, "w") as new:
        for member in old.namelist():
            content = old.read(member)
            if member == sheet:
                for row in (3, 4):
                    was = f'<c r="E{row}"><v>1</v></c>'.encode()
                    assert was in content
                    content = content.replace(
                        was, f'<c r="E{row}"><f>0.5*1</f>{result}</c>'.encode()
                    )
            new.writestr(member, content)
    return buffer.getvalue()


@pytest.mark.parametrize("result", ["", "<v></v>", "<v/>"])
def test_formulas_without_a_result_are_said_with_their_rows(result: str) -> None:
    extract = read(("made_by_software.xlsx", formula_book(result)))
    finding = next(each for each in extract.findings if each.rule == "formula-not-calculated")
    assert finding.rows == (3, 4)
    assert "Pay & FTE" in finding.message
    assert_accounted(extract)


def test_formulas_with_a_result_are_their_result() -> None:
    extract = read(("staff.xlsx", formula_book("<v>0.5</v>")))
    assert "formula-not-calculated" not in rules(extract)
    assert extract.people["fte"].tolist()[1:4] == [0.5, 0.5, 1.0]


# Protected and old


def test_a_locked_xlsx_is_named_as_such() -> None:
    with pytest.raises(UserError, match="password"):
        read(("locked.xlsx", fixture("locked.xlsx")))


def stream_of(name: str) -> bytes:
    content = fixture(name)
    memory, base, length = CompDoc(content, logfile=io.StringIO()).locate_named_stream("Workbook")
    return bytes(memory[base : base + length])


def test_a_locked_xls_is_named_as_such() -> None:
    stream = stream_of("staff_97.xls")
    end_of_first = 4 + int.from_bytes(stream[2:4], "little")
    locked = stream[:end_of_first] + b"\x2f\x00\x06\x00" + bytes(6) + stream[end_of_first:]
    with pytest.raises(UserError, match="password"):
        read(("locked.xls", locked))


def test_an_xls_without_its_container_is_read() -> None:
    stream = stream_of("staff_97.xls")
    assert sheets_of("a.xls", stream) == sheets_of("a.xls", fixture("staff_97.xls"))


def test_text_of_drawings_notes_and_page_headers_is_in_no_cell() -> None:
    content = fixture("staff.fods")
    plain = sheets_of("staff.fods", content)
    words = b"<text:p>Draft, see <text:s/>Ann</text:p>"
    for mark, put in (
        (b"<office:body>", b"<office:master-styles>%s</office:master-styles><office:body>"),
        (b"<table:table-row>", b"<table:shapes>%s</table:shapes><table:table-row>"),
        (b"<text:p>001000", b"<office:annotation>%s</office:annotation><text:p>001000"),
    ):
        assert mark in content
        content = content.replace(mark, put % words, 1)
    assert sheets_of("staff.fods", content) == plain


def same_people(extract: Extract, other: Extract) -> bool:
    drop = ["file", "person"]
    return extract.people.drop(columns=drop).equals(other.people.drop(columns=drop))


def test_formats_agree_with_each_other() -> None:
    first = read((WHOLE[0], fixture(WHOLE[0])))
    for name in WHOLE[1:]:
        assert same_people(first, read((name, fixture(name)))), name


# Dates as numbers


@pytest.mark.parametrize(
    ("number", "since_1904", "moment"),
    [
        (1, False, date(1900, 1, 1)),
        (59, False, date(1900, 2, 28)),
        (61, False, date(1900, 3, 1)),
        (42_094, False, date(2015, 3, 31)),
        (40_632, True, date(2015, 3, 31)),
        (42_094.75, False, datetime(2015, 3, 31, 18)),
        (0.5, False, datetime(2000, 1, 1, 12).time()),
        (-1, False, -1),
        (3_000_000, False, 3_000_000),
        (float("inf"), False, float("inf")),
    ],
)
def test_excel_numbers_become_days(number: float, since_1904: bool, moment: object) -> None:
    assert excel_moment(number, since_1904=since_1904) == moment


@pytest.mark.parametrize(
    ("number", "code", "is_date"),
    [
        (14, "", True),
        (2, "", False),
        (164, "dd/mm/yyyy", True),
        (164, "[$-809]d mmmm yyyy;@", True),
        (164, "[h]:mm", True),
        (164, "General", False),
        (164, '0.00" days"', False),
        (164, "#,##0\\d", False),
        (164, "[Red]-0", False),
    ],
)
def test_formats_of_dates_are_told_from_others(number: int, code: str, is_date: bool) -> None:
    assert is_date_format(number, code) == is_date

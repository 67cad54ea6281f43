"""Hostile files: little memory, a sentence with the limit, and never the end of the process.

Each is read in a process of its own whose address space is limited, so that a reader that takes
memory for what a file merely declares is found out: it is ended, and the test fails.
"""

import contextlib
import io
import multiprocessing
import resource
import socket
import struct
import time
import zipfile
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path

import pytest
from intake_files import STAFF_HEAD, book, staff
from xlrd.compdoc import CompDoc

from workforce.domain.errors import UserError
from workforce.intake import SourceFile, limits
from workforce.intake.source import read_sheets

FILES = Path(__file__).resolve().parents[2] / "files"
GOOD = book({"Staff": [STAFF_HEAD, *[staff(n) for n in range(9)]]})
SHEET = "xl/worksheets/sheet1.xml"
MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MEMORY = 1_200 * 2**20
"""Bytes of address space beyond what the test's own process has."""


def _read(pipe: Connection, name: str, content: bytes) -> None:
    said = ""
    used = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    resource.setrlimit(resource.RLIMIT_AS, (used + MEMORY, used + MEMORY))
    try:
        for _ in read_sheets(SourceFile(name, content)):
            pass
    except UserError as fault:
        said = str(fault)
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    pipe.send((said, peak))


def outcome(content: bytes, name: str = "upload.xlsx") -> str:
    """Return the sentence, empty if the file was read; fail if the process did not live."""
    context = multiprocessing.get_context("fork")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_read, args=(theirs, name, content))
    process.start()
    theirs.close()
    try:
        said: tuple[str, int] = ours.recv()
    except EOFError:
        process.join()
        pytest.fail(f"the process ended with code {process.exitcode}")
    process.join()
    return said[0]


def rezipped(change: dict[str, bytes], source: bytes = GOOD) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        members = {name: old.read(name) for name in old.namelist()} | change
        for name, content in members.items():
            new.writestr(name, content)
    return buffer.getvalue()


def sheet(body: str, after: str = "", space: str = "") -> bytes:
    return (
        f'<?xml version="1.0"?><worksheet xmlns="{MAIN}"{space}><sheetData>{body}</sheetData>'
        f"{after}</worksheet>"
    ).encode()


FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'
LAST = "XFD1048576"
X = f' xmlns:x="{MAIN}"'
RELATIONS = "xl/_rels/workbook.xml.rels"


def far(cell: str) -> dict[str, bytes]:
    return {SHEET: sheet(f"{FIRST}<row><{cell}><v>1</v></c></row>")}


def elsewhere() -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        links = archive.read(RELATIONS)
    return {
        SHEET: sheet(""),
        "xl/worksheets/sheet1.dat": far(f'c r="{LAST}"')[SHEET],
        RELATIONS: links.replace(b"worksheets/sheet1.xml", b"worksheets/sheet1.dat"),
    }


ODD_SHEETS: dict[str, Callable[[], dict[str, bytes]]] = {
    "as Excel does": lambda: far(f'c r="{LAST}"'),
    "lower-case reference": lambda: far(f'c r="{LAST.lower()}"'),
    "reference in single quotes": lambda: far(f"c r='{LAST}'"),
    "tab before the reference": lambda: far(f'c\tr="{LAST}"'),
    "reference after another value": lambda: far(f'c s=">" t="n" r="{LAST}"'),
    "decoy in another value": lambda: far(f'c s=\' r="A1"\' r="{LAST}"'),
    "tag longer than a block": lambda: far(f'c{" " * 3_000_000}r="{LAST}"'),
    "prefixed": lambda: {
        SHEET: sheet(f'<x:row><x:c\tr="{LAST}"><x:v>1</x:v></x:c></x:row>', space=X)
    },
    "rows counted, not named": lambda: {
        SHEET: sheet(
            '<row><c r="A1"><v>1</v></c></row>' * 40_000
            + "<row>"
            + "<c><v>1</v></c>" * 1_000
            + "</row>"
        )
    },
    "another name": elsewhere,
    "two bytes a letter": lambda: {SHEET: far(f'c r="{LAST}"')[SHEET].decode().encode("utf-16")},
}


@pytest.mark.parametrize("kind", ODD_SHEETS)
def test_no_way_of_writing_a_far_cell_gets_past_the_checks(kind: str) -> None:
    said = outcome(rezipped(ODD_SHEETS[kind]()))
    assert said, "a sheet of 17 thousand million cells was read"
    assert "upload.xlsx" in said


def test_sixteen_thousand_columns_are_refused_with_the_limit() -> None:
    cells = "".join(f"<c><v>{n}</v></c>" for n in range(16_384))
    said = outcome(rezipped({SHEET: sheet(f"<row>{cells}</row>" * 3)}))
    assert "16,384" in said
    assert f"{limits.MAX_COLUMNS:,}" in said


def test_more_rows_than_excel_has_are_refused_with_the_limit() -> None:
    said = outcome(
        rezipped({SHEET: sheet(f'{FIRST}<row r="2000000"><c r="B2000000"><v>1</v></c></row>')})
    )
    assert f"{limits.MAX_ROWS:,} rows" in said


def test_one_long_text_in_thousands_of_cells_cannot_fill_memory() -> None:
    cells = "".join(f'<row r="{n}"><c r="A{n}" t="s"><v>0</v></c></row>' for n in range(1, 60_001))
    strings = f'<?xml version="1.0"?><sst xmlns="{MAIN}"><si><t>{"x" * 30_000}</t></si></sst>'
    change = {SHEET: sheet(cells), "xl/sharedStrings.xml": strings.encode()}
    assert outcome(rezipped(change)) == "", "the quick reader holds a text once"
    # Single quotes keep the quick reader from taking the sheet; the other one copies the text.
    change[SHEET] = change[SHEET].replace(b't="s"', b"t='s'")
    assert "long texts" in outcome(rezipped(change))


def test_two_directories_in_one_archive_show_every_reader_the_same() -> None:
    bomb = rezipped(far(f'c r="{LAST}"'))
    outcome(bomb + GOOD)
    outcome(GOOD + bomb)


def test_a_zip_bomb_is_refused_with_the_limit() -> None:
    said = outcome(rezipped({SHEET: sheet("<row/>" * 12_000_000)}))
    assert f"{limits.MAX_UNPACKED_BYTES // 2**20:,} MB" in said


def test_a_bomb_within_a_bomb_is_not_unpacked() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("inner.zip", rezipped({SHEET: bytes(60_000_000)}))
    assert "not a workbook" in outcome(buffer.getvalue())


LAUGHS = '<!DOCTYPE a [<!ENTITY b "ha"><!ENTITY c "&b;&b;&b;">]>'
OUTSIDE = '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]>'


def fixture(name: str) -> bytes:
    return (FILES / name).read_bytes()


def before(mark: bytes, put: str, content: bytes) -> bytes:
    assert mark in content
    return content.replace(mark, put.encode() + mark, 1)


def with_entities(where: str, declared: str) -> bytes:
    start, ods = '<?xml version="1.0"?>', fixture("staff.ods")
    body = sheet('<row><c t="inlineStr"><is><t>&c;&b;</t></is></c></row>').decode()
    if where == "xlsx":
        return rezipped({SHEET: body.replace(start, start + declared).encode()})
    if where == "late in xlsx":
        late = start + " " * 2_500_000 + declared
        return rezipped({SHEET: body.replace(start, late).encode()})
    if where == "texts":
        texts = f'{start}{declared}<sst xmlns="{MAIN}"/>'
        return rezipped({"xl/sharedStrings.xml": texts.encode()})
    if where == "xml 2003":
        return before(b"<Workbook", declared, fixture("staff_xml_2003.xls"))
    if where == "fods":
        return before(b"<office:document ", declared, fixture("staff.fods"))
    with zipfile.ZipFile(io.BytesIO(ods)) as archive:
        content = archive.read("content.xml")
    return rezipped({"content.xml": before(b"<office:document", declared, content)}, ods)


@pytest.mark.parametrize("declared", [LAUGHS, OUTSIDE], ids=["nested", "external"])
@pytest.mark.parametrize("where", ["xlsx", "late in xlsx", "texts", "xml 2003", "ods", "fods"])
def test_entities_are_refused_everywhere(declared: str, where: str) -> None:
    assert "entities" in outcome(with_entities(where, declared))


def test_links_macros_and_formulas_reach_nothing_outside(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a connection was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "create_connection", refuse)
    link = (
        '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/'
        'relationships">'
        '<Relationship Id="rId1" TargetMode="External" Target="http://example.invalid/x" '
        f'Type="{OFFICE}/externalLinkPath"/></Relationships>'
    ).encode()
    body = (
        '<row r="1"><c r="A1" t="str"><f>WEBSERVICE("http://example.invalid")</f><v>kept</v></c>'
        '<c r="B1" t="str"><f>cmd|\'/c calc\'!A1</f><v>text</v></c></row>'
    )
    change = {
        SHEET: sheet(
            body,
            '<hyperlinks><hyperlink ref="A1" r:id="rId1"/></hyperlinks>',
            f' xmlns:r="{OFFICE}"',
        ),
        "xl/worksheets/_rels/sheet1.xml.rels": link,
        "xl/externalLinks/_rels/externalLink1.xml.rels": link,
        "xl/vbaProject.bin": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1Auto_Open Shell",
    }
    (read,) = read_sheets(SourceFile("linked.xlsm", rezipped(change)))
    assert list(read.cells[0]) == ["kept", "text"]
    page = b'<html><body><img src="http://example.invalid/x"><iframe src="http://example.invalid">'
    page += b'</iframe><table><tr><td>a</td><td onclick="x()">b</td></tr></table></body></html>'
    (shown,) = read_sheets(SourceFile("page.xls", page))
    assert list(shown.cells[0]) == ["a", "b"]


DEEP = 100_000
NESTED: dict[str, Callable[[], bytes]] = {
    "xlsx": lambda: rezipped({SHEET: sheet("<a>" * DEEP + "</a>" * DEEP)}),
    "xml 2003": lambda: before(b"<Row", "<a>" * DEEP, fixture("staff_xml_2003.xls")),
    "fods": lambda: before(b"<text:p>", "<text:span>" * DEEP, fixture("staff.fods")),
    "tables in tables": lambda: b"<html>" + b"<table><tr><td>" * DEEP,
    "tags in tags": lambda: b"<table><tr><td>" + b"<div><b>" * DEEP + b"x</table>",
}


@pytest.mark.parametrize("kind", NESTED)
def test_deep_nesting_does_not_end_the_process(kind: str) -> None:
    outcome(NESTED[kind]())


def ods_with(change: Callable[[bytes], bytes]) -> bytes:
    content = (FILES / "staff.ods").read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        return rezipped({"content.xml": change(archive.read("content.xml"))}, content)


CELL = b'<table:table-cell office:value-type="string"><text:p>001000</text:p></table:table-cell>'
EMPTY = b'<table:table-cell %soffice:value-type="float" office:value="1"/>'
TIMES = b'table:number-columns-repeated="%s" '


def often(times: bytes) -> bytes:
    return CELL.replace(b"office:", TIMES % times + b"office:", 1)


REPEATS = {
    "columns": often(b"900000000"),
    "in single quotes": often(b"900000000").replace(b'"900000000"', b"'900000000'"),
    "as an entity": often(b"&#57;00000000"),
    "value of an empty cell": EMPTY % (TIMES % b"900000000"),
    "spaces": CELL.replace(b"001000", b'<text:s text:c="99999999999"/>x'),
    "long text often": often(b"900").replace(b"001000", b"x" * 2_000_000),
    "negative": often(b"-9"),
}


@pytest.mark.parametrize("kind", REPEATS)
def test_no_repeat_of_an_opendocument_sheet_fills_memory(kind: str) -> None:
    def changed(content: bytes) -> bytes:
        assert CELL in content
        return content.replace(CELL, REPEATS[kind], 1)

    outcome(ods_with(changed), "upload.ods")


def test_repeated_rows_are_refused_with_the_limit() -> None:
    row = b"<table:table-row>"
    said = outcome(
        ods_with(lambda c: c.replace(row, row[:-1] + b' table:number-rows-repeated="9000000">', 1)),
        "upload.ods",
    )
    assert f"{limits.MAX_ROWS:,} rows" in said


def xls_with(record: int, body: bytes) -> bytes:
    """Return an .xls, without its container, in which every record of a kind has this body."""
    content = (FILES / "staff_97.xls").read_bytes()
    memory, base, length = CompDoc(content, logfile=io.StringIO()).locate_named_stream("Workbook")
    stream = bytearray(memory[base : base + length])
    position, changed = 0, 0
    while position + 4 <= len(stream):
        kind, size = struct.unpack_from("<HH", stream, position)
        if kind == record:
            stream[position + 4 : position + 4 + size] = (body + bytes(size))[:size]
            changed += 1
        position += 4 + size
    assert changed
    return bytes(stream)


@pytest.mark.parametrize("last", [0xFFFFFFFF, 0x7FFFFFFF, 0x00FFFFFF])
def test_an_xls_that_declares_absurd_dimensions_is_read_all_the_same(last: int) -> None:
    dimensions = struct.pack("<IIHH", 0, last, 0, 0xFFFF)
    assert outcome(xls_with(0x0200, dimensions), "upload.xls") == ""


@pytest.mark.parametrize("kind", [0x0203, 0x0204])
def test_cells_of_an_xls_at_absurd_places_do_not_end_the_process(kind: int) -> None:
    outcome(xls_with(kind, struct.pack("<HHH", 0xFFFF, 0xFFFF, 0)), "upload.xls")


def xlsb_with(record: int, body: bytes) -> bytes:
    """Return an .xlsb in which the first record of a kind, in any sheet, has this body."""
    content = (FILES / "staff.xlsb").read_bytes()
    path = "xl/worksheets/sheet1.bin"
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        parts = archive.read(path)
    position = 0
    while position < len(parts):
        start, kind = position, parts[position]
        position += 1
        if kind & 0x80:
            kind = kind & 0x7F | (parts[position] & 0x7F) << 7
            position += 1
        size = parts[position]
        position += 1
        assert size < 0x80
        if kind == record:
            assert start < position
            changed = parts[:position] + (body + bytes(size))[:size] + parts[position + size :]
            return rezipped({path: changed}, content)
        position += size
    raise AssertionError(f"no record {record}")


@pytest.mark.parametrize("record", [0, 148, 7, 5, 2])
def test_rows_columns_and_dimensions_of_an_xlsb_cannot_fill_memory(record: int) -> None:
    outcome(xlsb_with(record, b"\xff" * 12), "upload.xlsb")


@pytest.mark.parametrize("name", sorted(path.name for path in FILES.glob("staff*")))
@pytest.mark.parametrize("share", [0.1, 0.5, 0.9, 0.99])
def test_a_file_cut_short_is_read_or_gets_a_sentence(name: str, share: float) -> None:
    content = (FILES / name).read_bytes()
    outcome(content[: int(share * len(content))], name)


def test_endless_text_tables_are_refused_with_the_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_ROWS", 90_000)
    monkeypatch.setattr(limits, "MAX_CELLS", 900_000)
    assert f"{limits.MAX_ROWS:,} rows" in outcome(b"a,b\n" * (limits.MAX_ROWS + 2), "long.csv")
    assert "cells" in outcome(b"," * (limits.MAX_CELLS + 10), "wide.csv")
    assert "columns" in outcome(b"a,b\n" + b"," * 2_000 + b"x\n", "wide.csv")


def test_millions_of_blank_lines_are_nothing() -> None:
    assert "empty" in outcome(b"\n" * 20_000_000, "blank.csv")
    assert outcome(b"a,b\n1,2\n" + b"\n" * 20_000_000, "blank.csv") == ""
    assert "rows" in outcome(b"a,b\n" + b"\n" * 20_000_000 + b"1,2\n", "blank.csv")


def test_spans_of_a_web_page_cannot_fill_memory() -> None:
    said = outcome(b"<table><tr><td colspan=999999>a<td>b</table>", "page.xls")
    assert f"{limits.MAX_COLUMNS:,}" in said
    rows = b"<table>" + b"<tr><td rowspan=65000 colspan=1000>a</tr>" + b"<tr></tr>" * 60_000
    outcome(rows + b"</table>", "page.xls")


def test_a_file_over_the_limit_is_refused_by_its_length(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_FILE_BYTES", 3 * 2**20)
    assert "larger than 3 MB" in outcome(b"a,b\n" * 2**20, "long.csv")


@pytest.mark.parametrize("quote", ['"', "'"], ids=["as Excel does", "oddly"])
def test_many_large_empty_sheets_are_refused_together(
    quote: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(limits, "MAX_CELLS_IN_ALL", 100_000)
    source = book({f"S{n}": [["a"]] for n in range(8)})
    large = sheet(
        f"{FIRST}<row><c r={quote}Z1000{quote}><v>1</v></c></row>".replace(
            "<row>", '<row r="1000">'
        )
    )
    change = {f"xl/worksheets/sheet{n}.xml": large for n in range(1, 9)}
    assert "100,000 cells together" in outcome(rezipped(change, source))


FRAGMENTS = [
    "<c ",
    '<c r="A1" ',
    "<row ",
    "<si",
    '"',
    "a=",
    "aaaa",
    "<Relationship ",
    "<f ",
    "<!--",
]


@pytest.mark.parametrize("fragment", FRAGMENTS)
@pytest.mark.parametrize("member", [SHEET, RELATIONS, "xl/styles.xml", "page", "fods"])
def test_a_fragment_repeated_costs_time_in_proportion(fragment: str, member: str) -> None:
    def content(times: int) -> bytes:
        if member == "page":
            return f"<html><table><tr><td>a{fragment * times}</table>".encode()
        if member == "fods":
            return before(b"<text:p>", fragment * times, fixture("staff.fods"))
        with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
            old = archive.read(member)
        formula = b"<row><c r='A1'><f>1</f></c></row>"
        change = {SHEET: sheet(formula.decode()), member: before(b"</", fragment * times, old)}
        return rezipped(change)

    def seconds(times: int) -> float:
        start = time.process_time()
        with contextlib.suppress(UserError):
            list(read_sheets(SourceFile("odd.xlsx", content(times))))
        return time.process_time() - start

    assert seconds(30_000) < 2, "time grows faster than the text"

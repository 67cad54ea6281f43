"""Files that are broken, hostile or no spreadsheets: one sentence each, and nothing worse."""

import io
import struct
import time
import zipfile
from datetime import date

import pandas as pd
import pytest
from intake_files import STAFF_HEAD, assert_accounted, book, read, read_rows, rules, staff

from workforce.domain.errors import UserError
from workforce.intake import SourceFile, limits
from workforce.intake.source import read_sheets

GOOD = book({"Staff": [STAFF_HEAD, *[staff(n) for n in range(9)]]})
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def refused(content: bytes, name: str = "upload.xlsx") -> str:
    with pytest.raises(UserError) as caught:
        read((name, content))
    sentence = str(caught.value)
    assert name in sentence, "the sentence names the file"
    assert "Traceback" not in sentence
    return sentence


def rezipped(change: dict[str, bytes], source: bytes = GOOD) -> bytes:
    buffer = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(source)) as old,
        zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as new,
    ):
        for member in old.infolist():
            new.writestr(member.filename, change.get(member.filename, old.read(member)))
    return buffer.getvalue()


SHEET = "xl/worksheets/sheet1.xml"
FIRST = '<row r="1"><c r="A1"><v>1</v></c></row>'


def sheet_xml(body: str) -> bytes:
    return (
        '<?xml version="1.0"?><worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/'
        f'2006/main"><sheetData>{body}</sheetData></worksheet>'
    ).encode()


@pytest.mark.parametrize(
    ("content", "word"),
    [
        (b"", "empty"),
        (b"\r\n  \r\n", "empty"),
        (b"%PDF-1.7 and so on", "PDF"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "picture"),
        (bytes(range(256)) * 20, "not a spreadsheet"),
        (GOOD[: len(GOOD) // 2], "damaged"),
        (GOOD[:200], "damaged"),
        (b"PK\x03\x04" + b"garbage" * 50, "damaged"),
        (OLE + "EncryptedPackage".encode("utf-16-le") + bytes(600), "password"),
        (OLE + "WordDocument".encode("utf-16-le") + bytes(600), "no workbook"),
        (OLE + "Workbook".encode("utf-16-le") + b"\x01\x02" * 600, "damaged"),
        (b"<!DOCTYPE html><html><body><p>Please log in</p></body></html>", "web page"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_no_readable_spreadsheet_gets_a_sentence(content: bytes, word: str) -> None:
    assert word in refused(content)


def test_a_wrong_extension_does_not_matter() -> None:
    assert len(read(("staff.csv", GOOD)).people) == 9
    assert len(read(("staff.xls", GOOD)).people) == 9


def test_a_document_in_a_zip_is_no_workbook() -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("word/document.xml", "<w/>")
    assert "not a workbook" in refused(buffer.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    blank = b"<row/>" * 12_000_000
    sentence = refused(rezipped({SHEET: blank}))
    assert "unpacks" in sentence


def test_a_lie_about_the_unpacked_size_is_found_out() -> None:
    honest = rezipped({SHEET: sheet_xml("<row r='1'>" + "<c r='A1'><v>1</v></c>" * 400_000)})
    position = honest.rfind(b"PK\x01\x02")
    while honest[position + 46 : position + 46 + len(SHEET)] != SHEET.encode():
        position = honest.rfind(b"PK\x01\x02", 0, position)
    lying = bytearray(honest)
    struct.pack_into("<I", lying, position + 24, 1000)
    refused(bytes(lying))


def test_entities_are_refused() -> None:
    bomb = b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY b "bbbb">]>' + sheet_xml("")[21:]
    assert "entities" in refused(rezipped({SHEET: bomb}))


@pytest.mark.parametrize(
    "body",
    [
        FIRST + '<row r="1048576"><c r="XFD1048576"><v>1</v></c></row>',
        FIRST + '<row r="1000000"><c r="CV1000000"><v>1</v></c></row>',
        FIRST + '<row r="9999999"><c r="B9999999"><v>1</v></c></row>',
        "<row r='1'>" + "<c><v>1</v></c>" * 2000 + "</row><row r='1048576'><c><v>1</v></c></row>",
        '<x:row xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main" r="900000">'
        + "<x:c><x:v>1</x:v></x:c>" * 900
        + "</x:row>",
    ],
    ids=["last cell", "wide and long", "beyond the last row", "no references", "prefixed"],
)
def test_a_sheet_that_spans_too_much_is_refused_before_memory_is_taken(body: str) -> None:
    assert "sheet that" in refused(rezipped({SHEET: sheet_xml(body)}))


def test_formatting_to_the_last_column_is_no_content() -> None:
    row = (
        '<row r="{0}"><c r="A{0}" t="inlineStr"><is><t>{1}</t></is></c><c r="XFD{0}" s="1"/></row>'
    )
    body = "".join(row.format(n + 1, text) for n, text in enumerate(["Job title", "Clerk", "Cook"]))
    sheets = list(read_sheets(SourceFile("wide.xlsx", rezipped({SHEET: sheet_xml(body)}))))
    assert sheets[0].cells.shape[1] == 1


def test_a_million_blank_rows_do_no_harm() -> None:
    rows = [STAFF_HEAD, *[staff(n) for n in range(9)]]
    body = [
        "".join(
            f'<c r="{chr(65 + j)}{i + 1}" t="inlineStr"><is><t>{cell}</t></is></c>'
            for j, cell in enumerate(row)
        )
        for i, row in enumerate(rows)
    ]
    xml = "".join(f'<row r="{i + 1}">{cells}</row>' for i, cells in enumerate(body))
    xml += '<row r="1000000"><c r="A1000000" t="inlineStr"><is><t> </t></is></c></row>'
    extract = read(("long.xlsx", rezipped({SHEET: sheet_xml(xml)})))
    assert extract.tables[0].rows_read == 9


def ods(rows: str) -> bytes:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("mimetype", "application/vnd.oasis.opendocument.spreadsheet")
        archive.writestr(
            "content.xml",
            '<?xml version="1.0"?><office:document-content '
            'xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
            'xmlns:table="urn:oasis:names:tc:opendocument:xmlns:table:1.0" '
            'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0"><office:body>'
            f'<office:spreadsheet><table:table table:name="Staff">{rows}</table:table>'
            "</office:spreadsheet></office:body></office:document-content>",
        )
        archive.writestr("META-INF/manifest.xml", "<manifest/>")
    return buffer.getvalue()


def ods_row(cells: list[str], repeated: int = 1, last: int = 1) -> str:
    body = "".join(
        f'<table:table-cell office:value-type="string"'
        f' table:number-columns-repeated="{last if n == len(cells) - 1 else 1}">'
        f"<text:p>{cell}</text:p></table:table-cell>"
        for n, cell in enumerate(cells)
    )
    return f'<table:table-row table:number-rows-repeated="{repeated}">{body}</table:table-row>'


ODS_HEAD = ods_row(["Employee Number", "Job Title", "Start Date"])
ODS_TAIL = (
    '<table:table-row table:number-rows-repeated="1048000">'
    '<table:table-cell table:number-columns-repeated="16384"/></table:table-row>'
)


def test_an_opendocument_sheet_with_its_usual_empty_tail_is_read() -> None:
    people = "".join(ods_row([f"{n}", "Data Analyst", f"{13 + n}/04/2020"]) for n in range(9))
    extract = read(("staff.ods", ods(ODS_HEAD + people + ODS_TAIL)))
    assert len(extract.people) == 9
    assert extract.people["start_date"].dt.month.tolist() == [4] * 9


def test_repeated_cells_of_an_opendocument_sheet_cannot_fill_memory() -> None:
    bomb = ods_row(["1", "Clerk", "x"], repeated=1_000_000, last=16_000)
    assert "16,002 columns" in refused(ods(ODS_HEAD + bomb), "bomb.ods")
    bomb = ods_row(["1", "Clerk", "x"], repeated=1_000_000, last=500)
    assert "1,000,001 rows by 502 columns" in refused(ods(ODS_HEAD + bomb), "bomb.ods")


def test_a_protected_opendocument_file_is_named_as_such() -> None:
    content = rezipped({"META-INF/manifest.xml": b"<manifest:encryption-data/>"}, ods(ODS_HEAD))
    assert "password" in refused(content, "locked.ods")


def test_too_many_columns_of_text_get_a_sentence() -> None:
    line = ",".join(f"c{n}" for n in range(limits.MAX_COLUMNS + 1))
    assert "columns" in refused(f"{line}\n{line}\n".encode(), "wide.csv")


def test_an_empty_sheet_and_a_sheet_of_prose_get_a_sentence() -> None:
    assert "no table" in refused(book({"Sheet1": []}))
    prose = [["Dear all"], ["Please find attached the list that you asked for last week."]]
    assert "no table" in refused(book({"Sheet1": prose}))


def test_no_recognisable_columns_get_a_sentence() -> None:
    rows = [["Colour", "Shape"], *[["red", "round"], ["blue", "flat"]] * 5]
    assert "no columns were recognised" in refused(book({"Sheet1": rows}))


def test_one_bad_file_among_good_ones_is_a_finding() -> None:
    extract = read(("staff.xlsx", GOOD), ("broken.xlsx", GOOD[:300]))
    assert len(extract.people) == 9
    finding = next(each for each in extract.findings if each.rule == "file-refused")
    assert finding.severity == "error"
    assert finding.file == "broken.xlsx"


def test_no_file_gets_a_sentence() -> None:
    with pytest.raises(UserError, match="No file"):
        read()


def test_dates_in_the_future_only_are_an_error_finding() -> None:
    rows = [staff(n, start=date(2031, 1, 1 + n)) for n in range(9)]
    extract = read_rows([STAFF_HEAD, *rows])
    assert "dates-in-future" in rules(extract)
    assert extract.as_of == date(2026, 11, 1)
    assert_accounted(extract)


def test_formulas_in_text_stay_text() -> None:
    rows = [staff(n, title="=cmd|'/c calc'!A1") for n in range(4)]
    content = "\n".join(
        [",".join(STAFF_HEAD), *[",".join(str(cell) for cell in row) for row in rows]]
    ).encode()
    assert len(read(("staff.csv", content)).people) == 4


def test_an_unclosed_quotation_mark_swallows_nothing_in_silence() -> None:
    good = "Employee Number,Job Title,Start Date\n" + "\n".join(
        f"{n},Clerk,13/04/2020" for n in range(9)
    )
    extract = read(("odd.csv", (good + '\n9,"Clerk,13/04/2020\n10,Clerk,14/04/2020').encode()))
    assert_accounted(extract)
    assert extract.tables[0].rows_read >= 10


@pytest.mark.parametrize(
    "text",
    ["a" * 40_000, "- /" * 9_000, "9" * 5_000, "²", "a1 " * 9_000],
    ids=["one word", "signs", "digits", "superscript", "words and digits"],
)
@pytest.mark.parametrize("column", range(len(STAFF_HEAD)), ids=lambda n: STAFF_HEAD[n])
def test_an_endless_or_odd_text_in_a_cell_costs_no_time(text: str, column: int) -> None:
    rows: list[list[object]] = [STAFF_HEAD, *[staff(n) for n in range(9)]]
    rows[4][column] = text
    lines = [",".join(str(cell) for cell in row) for row in rows]
    before = time.process_time()  # not the clock, which a busy machine lets run
    extract = read(("odd.csv", "\r\n".join(lines).encode()))
    assert time.process_time() - before < 3, "a pattern takes time that grows faster than the text"
    assert_accounted(extract)
    assert extract.tables[0].rows_read == 9


def test_a_damaged_kind_of_an_opendocument_file_gets_a_sentence() -> None:
    content = ods(ODS_HEAD)
    place = content.index(b"mimetype")
    assert "damaged" in refused(content[:place] + b"\xff" + content[place + 1 :], "odd.ods")


@pytest.mark.parametrize("macros", [b"", OLE + bytes(2_000), b"Auto_Open" * 99])
def test_a_workbook_with_macros_reads_the_same_whatever_they_are(macros: bytes) -> None:
    types = "[Content_Types].xml"
    with zipfile.ZipFile(io.BytesIO(GOOD)) as archive:
        plain = archive.read(types)
    kind = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    assert kind in plain
    enabled = plain.replace(kind, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml")
    buffer = io.BytesIO(rezipped({types: enabled}))
    with zipfile.ZipFile(buffer, "a") as archive:
        archive.writestr("xl/vbaProject.bin", macros)
    extract = read(("staff.xlsm", buffer.getvalue()))
    same = read(("staff.xlsx", GOOD))
    drop = ["file"]
    pd.testing.assert_frame_equal(extract.people.drop(columns=drop), same.people.drop(columns=drop))
    assert_accounted(extract)

"""Seed spreadsheets and the ways in which the fuzz run damages them."""

import io
import random
import re
import shutil
import subprocess
import tempfile
import warnings
import zipfile
from collections.abc import Callable
from datetime import date, datetime, timedelta
from pathlib import Path
from xml.sax.saxutils import escape

__all__ = ["mutant", "seeds"]

Seed = tuple[str, bytes]

_FILES = ("staff.xlsb", "staff_short_cells.xlsb", "staff_97.xls", "staff_95.xls",
          "staff_xml_2003.xls", "staff_web_page.xls", "staff.fods")  # fmt: skip
_STAFF = ("Employee Number", "Surname", "Job Title", "Department", "Grade", "FTE", "Annual Salary",
          "Start Date", "Date of Birth", "Contract Type", "Contract End Date")  # fmt: skip
_LEAVERS = ("Employee Number", "Job Title", "Department", "Leaving Date", "Reason for Leaving")
_POSTS = ("Post Number", "Job Title", "Department", "Grade", "Funded FTE")
_VACANCIES = ("Vacancy reference", "Job Title", "Grade", "Opened", "Closed", "Outcome")
_JOBS = ("Data Analyst", "Planning Officer", "Software Developer", "Refuse Loader", "IT Manager")
_REASONS = ("Resignation", "Retirement", "End of fixed term", "Redundancy")

_NASTY = (
    "", " ", "-1", "0", "1", "NaN", "inf", "-inf", "1e308", "1e999", "-1e-320", "9" * 400,
    "9" * 5000, "a1 " * 9000, "- /" * 9000, "2958466",
    "99999999999", "1048577", "XFD1048576", "A0", "AAAA1", "31/02/2020", "00/00/0000",
    "9999-12-31", "0001-01-01", "30/09/26", "2020-13-45", "as at 31 February 2026",
    "as at 99/99/9999",
    "1 January 0000", "12:00:00", "-5 years", "37,5", "£££", "1.2.3.4", "²", "١٢", "½", "Ⅷ",
    "=1+1", "=cmd|'/c calc'!A1", "#REF!", "#N/A", "TRUE", "True", "null", "None", "n/a",
    "Job Title", "Employee Number", "Start Date", "Total", "Grand total", "\u202e", "\ufeff",
    "\ufffd", "\ud7ff", "😀" * 50, "a" * 40000, "((((((((", "[a-z]+*?{", "\\", "%s%n{0}",
    "'; DROP TABLE", "\t", "\n", ";", "|", '"', "&#0;", "&#xD800;", "&bad;", "<x>", "]]>",
)  # fmt: skip


def seeds() -> list[Seed]:
    """Return the undamaged files, of every format that is read."""
    book = _workbook()
    found = [
        ("staff.xlsx", book),
        ("bare.xlsx", _workbook(notes=False)),
        ("macros.xlsm", _with_macros(book)),
        ("staff.ods", _opendocument()),
        ("staff.csv", _text(",", "utf-8")),
        ("staff.tsv", _text("\t", "utf-16")),
        ("pipes.txt", _text("|", "cp1252")),
    ]
    files = Path(__file__).resolve().parents[1] / "tests" / "files"
    found += [(each, (files / each).read_bytes()) for each in _FILES]
    return found + [("staff.xls", old) for old in [_old_workbook(book)] if old]


def _people(count: int) -> list[tuple[object, ...]]:
    first = date(2008, 3, 1)
    return [
        (f"{1000 + n}", f"Surname{n}", _JOBS[n % 5], ("Place", "People", "Digital")[n % 3],
         f"Grade {5 + n % 7}", (1.0, 0.8, 0.5)[n % 3], 24_000 + 900 * n,
         first + timedelta(days=190 * n), date(1961 + n, 1 + n % 12, 1 + n % 28),
         "Fixed term" if n % 6 == 0 else "Permanent", date(2027, 3, 31) if n % 6 == 0 else "")
        for n in range(count)
    ]  # fmt: skip


def _sheets(notes: bool) -> dict[str, list[tuple[object, ...]]]:
    title: list[tuple[object, ...]] = [("Workforce as at 30 September 2026",), ()] if notes else []
    return {
        "Staff": [*title, _STAFF, *_people(24)],
        "Leavers": [_LEAVERS] + [
            (f"{3000 + n}", _JOBS[n % 5], "Place", date(2023 + n % 3, 1 + n % 12, 5),
             _REASONS[n % 4])
            for n in range(12)
        ],
        "Establishment": [_POSTS] + [
            (f"P{n:04d}", _JOBS[n % 5], "Digital", f"Grade {6 + n % 4}", 1 + n % 3)
            for n in range(9)
        ],
        "Requisitions": [_VACANCIES] + [
            (f"R{n:03d}", _JOBS[n % 5], "Grade 8", date(2026, 1 + n % 6, 3),
             date(2026, 4 + n % 5, 9) if n % 3 else "", "Filled" if n % 3 else "Open")
            for n in range(9)
        ],
    }  # fmt: skip


def _workbook(notes: bool = True) -> bytes:
    import xlsxwriter

    buffer = io.BytesIO()
    book = xlsxwriter.Workbook(buffer, {"in_memory": True})
    book.set_properties({"created": datetime(2026, 9, 30)})
    day = book.add_format({"num_format": "dd/mm/yyyy"})
    for name, rows in _sheets(notes).items():
        sheet = book.add_worksheet(name)
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, date):
                    moment = datetime(value.year, value.month, value.day)
                    sheet.write_datetime(number, column, moment, day)
                elif value != "":
                    sheet.write(number, column, value)
        if notes and name == "Leavers":
            sheet.merge_range(20, 0, 20, 4, "Source: HR system")
    book.close()
    return buffer.getvalue()


def _with_macros(book: bytes) -> bytes:
    plain = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"
    macros = b"application/vnd.ms-excel.sheet.macroEnabled.main+xml"
    parts = _parts(book)
    parts["[Content_Types].xml"] = parts["[Content_Types].xml"].replace(plain, macros)
    parts["xl/vbaProject.bin"] = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(2000)
    return _zipped(list(parts.items()))


def _opendocument() -> bytes:
    def cell(value: object) -> str:
        if isinstance(value, date):
            return (
                f'<table:table-cell office:value-type="date" office:date-value="{value}">'
                f"<text:p>{value:%d/%m/%Y}</text:p></table:table-cell>"
            )
        kind = f'float" office:value="{value}' if isinstance(value, (int, float)) else "string"
        return (
            f'<table:table-cell office:value-type="{kind}"><text:p>{value}</text:p>'
            "</table:table-cell>"
        )

    tables = "".join(
        f'<table:table table:name="{name}">'
        + "".join(f"<table:table-row>{''.join(map(cell, row))}</table:table-row>" for row in rows)
        + '<table:table-row table:number-rows-repeated="1048000">'
        '<table:table-cell table:number-columns-repeated="16384"/></table:table-row></table:table>'
        for name, rows in _sheets(notes=True).items()
    )
    names = "".join(
        f' xmlns:{short}="urn:oasis:names:tc:opendocument:xmlns:{short}:1.0"'
        for short in ("office", "table", "text")
    )
    content = (
        f'<?xml version="1.0"?><office:document-content{names}><office:body><office:spreadsheet>'
        f"{tables}</office:spreadsheet></office:body></office:document-content>"
    )
    return _zipped(
        [
            ("mimetype", b"application/vnd.oasis.opendocument.spreadsheet"),
            ("content.xml", content.encode()),
            ("META-INF/manifest.xml", b"<manifest/>"),
        ]
    )


def _text(separator: str, encoding: str) -> bytes:
    rows = [_STAFF, *_people(24)]
    lines = [
        separator.join(f"{c:%d/%m/%Y}" if isinstance(c, date) else str(c) for c in row)
        for row in rows
    ]
    return "\r\n".join(lines).encode(encoding)


def _old_workbook(book: bytes) -> bytes | None:
    office = shutil.which("soffice")
    if office is None:
        return None
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "staff.xlsx").write_bytes(book)
        command = [office, f"-env:UserInstallation=file://{folder}/profile", "--headless",
                   "--convert-to", "xls", "--outdir", folder, f"{folder}/staff.xlsx"]  # fmt: skip
        try:
            subprocess.run(command, capture_output=True, timeout=90, check=True)
            return (Path(folder) / "staff.xls").read_bytes()
        except (subprocess.SubprocessError, OSError):
            return None


def _parts(archive: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(archive)) as opened:
        return {name: opened.read(name) for name in opened.namelist()}


def _zipped(parts: list[tuple[str, bytes]], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    buffer = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(buffer, "w", method) as archive:
        warnings.simplefilter("ignore")  # members of the same name are one of the mutations
        for name, content in parts:
            archive.writestr(zipfile.ZipInfo(name), content, method)
    return buffer.getvalue()


def mutant(seed: Seed, rng: random.Random) -> Seed:
    """Return a damaged copy of a file, sometimes under another extension.

    Args:
        seed: Name and bytes of an undamaged file.
        rng: Decides everything.

    Returns:
        Name and bytes.
    """
    name, content = seed
    if content.startswith(b"PK"):
        content = rng.choices(
            (_bytes_changed, _cut, _header_changed, _inside_changed, _rearranged),
            (15, 5, 10, 60, 10),
        )[0](content, rng)
    elif content.startswith(b"\xd0\xcf"):
        content = rng.choices((_bytes_changed, _cut, _records_changed), (40, 10, 50))[0](
            content, rng
        )
    elif content.startswith(b"<"):
        content = rng.choices((_bytes_changed, _cut, _markup_changed), (20, 5, 75))[0](content, rng)
    else:
        content = rng.choices((_bytes_changed, _cut, _cells_changed), (25, 5, 70))[0](content, rng)
    if rng.random() < 0.05:
        name = "staff" + rng.choice((".xlsx", ".xls", ".xlsb", ".csv", ".ods", ".txt", ".pdf", ""))
    return name, content


def _bytes_changed(content: bytes, rng: random.Random) -> bytes:
    changed = bytearray(content)
    for _ in range(rng.choice((1, 1, 2, 4, 16, 64))):
        position = rng.randrange(len(changed))
        action = rng.random()
        if action < 0.7:
            changed[position] = rng.choice((0, 0xFF, rng.randrange(256), changed[position] ^ 0x80))
        elif action < 0.85:
            del changed[position : position + rng.choice((1, 2, 7, 300))]
        else:
            source = rng.randrange(len(changed))
            changed[position:position] = changed[source : source + rng.choice((1, 4, 200))]
        if not changed:
            break
    return bytes(changed)


def _cut(content: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(content))
    return rng.choice((content[:place], content[place:], content[:place] + content[place + 50 :]))


def _header_changed(content: bytes, rng: random.Random) -> bytes:
    """Change a number in a header of the archive: sizes, offsets, methods, flags, dates."""
    changed = bytearray(content)
    starts = [m.start() for m in re.finditer(rb"PK(?:\x01\x02|\x03\x04|\x05\x06)", content)]
    for _ in range(rng.choice((1, 1, 2, 5))):
        place = rng.choice(starts) + rng.randrange(4, 46)
        value = rng.choice(
            (0, 1, 2, 8, 9, 12, 14, 99, 0xFF, 0xFFFF, 0xFFFFFFFF, rng.getrandbits(32))
        )
        if place + 4 <= len(changed):
            width = rng.choice((1, 2, 4))
            changed[place : place + width] = value.to_bytes(4, "little")[:width]
    return bytes(changed)


def _inside_changed(content: bytes, rng: random.Random) -> bytes:
    """Change the inside of one to three members and zip them up again, sound outside."""
    parts = _parts(content)
    telling = [n for n in parts if re.search(r"sheet\d|sharedStr|workbook|styles|content\.xml", n)]
    for _ in range(rng.choice((1, 1, 1, 2, 3))):
        name = rng.choice(telling if telling and rng.random() < 0.9 else list(parts))
        change: Callable[[bytes, random.Random], bytes] = rng.choices(
            (_markup_changed, _bytes_changed, _cut), (75, 20, 5)
        )[0]
        if change is _markup_changed and name.endswith(".bin"):
            change = _bytes_changed
        if parts[name]:
            parts[name] = change(parts[name], rng)
    return _zipped(list(parts.items()), rng.choices((8, 0, 12, 14), (90, 6, 2, 2))[0])


_MARKUP = (
    re.compile(rb'(?<==")[^"]*(?=")'),
    re.compile(rb"(?<=>)[^<>]+(?=<)"),
    re.compile(rb"</?[\w:]+[^>]*>"),
    re.compile(rb' [\w:]+="[^"]*"'),
    re.compile(rb"-?\d+(?:\.\d+)?"),
)


def _markup_changed(content: bytes, rng: random.Random) -> bytes:
    """Change values, texts, tags and attributes."""
    for _ in range(rng.choice((1, 1, 2, 4, 12, 40))):
        kind = rng.choices(range(5), (20, 50, 5, 8, 17))[0]
        places = [match.span() for match in _MARKUP[kind].finditer(content)]
        if not places:
            continue
        start, end = rng.choice(places)
        other = rng.choice(places)
        nasty = rng.choice(_NASTY)
        if rng.random() < 0.9:  # so that the file stays XML and the text reaches what comes after
            nasty = escape(nasty.replace("\0", ""), {'"': "&quot;"})
        repeated = b"" if rng.random() < 0.3 else content[start:end] * rng.choice((2, 3, 50))
        put = rng.choices(
            (nasty.encode("utf-8", "surrogatepass"), content[other[0] : other[1]], repeated),
            (60, 30, 10),
        )[0]
        content = content[:start] + put + content[end:]
    return content


def _rearranged(content: bytes, rng: random.Random) -> bytes:
    """Swap, drop, double, rename or empty members."""
    parts = list(_parts(content).items())
    for _ in range(rng.choice((1, 1, 2, 4))):
        one, two = rng.randrange(len(parts)), rng.randrange(len(parts))
        (name, body), (other, other_body) = parts[one], parts[two]
        action = rng.randrange(5)
        if action == 0:
            parts[one], parts[two] = (name, other_body), (other, body)
        elif action == 1 and len(parts) > 1:
            del parts[one]
        elif action == 2:
            parts.append((name, other_body))
        elif action == 3:
            parts[one] = (rng.choice((name.upper(), "../" + name, name + "/", "é" + name)), body)
        else:
            parts[one] = (name, b"")
    return _zipped(parts)


def _records_changed(content: bytes, rng: random.Random) -> bytes:
    """Change the head or body of records of the old binary format."""
    changed = bytearray(content)
    for _ in range(rng.choice((1, 2, 8, 30))):
        place = 512 + 2 * rng.randrange(max(1, (len(changed) - 520) // 2))
        value = rng.choice((0, 1, 0xFF, 0x7FFF, 0xFFFF, rng.getrandbits(16)))
        changed[place : place + 2] = value.to_bytes(2, "little")
    return bytes(changed)


def _cells_changed(content: bytes, rng: random.Random) -> bytes:
    """Put something else into cells of a text table, or break its lines."""
    wide = content.startswith(b"\xff\xfe")
    text = content.decode("utf-16" if wide else "utf-8")
    separator = "\t" if wide else "|" if "|" in text else ","
    rows = [line.split(separator) for line in text.split("\r\n")]
    for _ in range(rng.choice((1, 2, 4, 12, 40))):
        row = rng.choice(rows)
        if rng.random() < 0.85 and row:
            row[rng.randrange(len(row))] = rng.choice(_NASTY)
        elif rng.random() < 0.5:
            row.extend(rng.choice(_NASTY) for _ in range(rng.choice((1, 3, 40))))
        elif len(rows) > 2:
            rows.remove(row)
    if rng.random() < 0.15:  # the same thing into a whole column
        column, put = rng.randrange(11), rng.choice(_NASTY)
        rows = [rows[0], *[[*r[:column], put, *r[column + 1 :]] for r in rows[1:]]]
    text = rng.choice(("\r\n", "\r\n", "\n", "\r")).join(separator.join(row) for row in rows)
    usual = "utf-16" if wide else "utf-8"
    encoding = rng.choices((usual, "utf-8-sig", "cp1252", "utf-16-be"), (80, 10, 8, 2))[0]
    return text.encode(encoding, "replace")

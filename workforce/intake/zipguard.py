"""Checks on the inside of zipped workbooks before any reader is let near them."""

import io
import re
import zipfile
import zlib
from collections.abc import Iterator

from workforce.domain.errors import UserError
from workforce.intake import limits
from workforce.intake.rawsheet import protected
from workforce.intake.sheetguard import Chunks, Texts, check_sheet

__all__ = ["CheckedArchive", "check_archive", "open_archive", "repacked"]

_CHUNK = 1 << 20
_LONGEST_PIECE = 8 << 20
"""Bytes between two tags; a cell of Excel holds at most 32,767 letters."""
_END = b"PK\x05\x06"
_END_OF_LARGE = b"PK\x06\x07"
_USUAL_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
_NO_RESULT = re.compile(
    rb"<c\s[^<>]*?\br=\"[A-Za-z]+(\d+)\"[^<>]*+>"
    rb"<f(?:\s[^<>]*)?(?:/>|>[^<]*+</f>)(?:<v\s*/>|<v></v>)?</c>"
)
_FAULTS = (
    zipfile.BadZipFile,
    zlib.error,
    OSError,
    EOFError,
    ValueError,
    IndexError,
    RuntimeError,
)


class CheckedArchive(zipfile.ZipFile):
    """An archive whose directory was checked, and its members too where `check_archive` gave it.

    Attributes:
        uncalculated: Rows, from 1, with a formula whose result is not in the file, by the
            lower-case path of an xlsx sheet.
    """

    uncalculated: dict[str, tuple[int, ...]]


def open_archive(name: str, content: bytes) -> CheckedArchive:
    """Open a zipped workbook and refuse it by what its directory declares.

    Args:
        name: File name, for the message.
        content: The bytes.

    Returns:
        The opened archive (in memory; holds no file handle). No member of it has been looked at.

    Raises:
        UserError: If the archive is damaged, declares to be too large unpacked or is packed
            suspiciously tightly.
    """
    try:
        archive = CheckedArchive(io.BytesIO(content))
        members = archive.infolist()
    except _FAULTS:
        raise UserError(
            f"{name} is damaged and cannot be opened. Open it in Excel, save it again and upload "
            "the new copy."
        ) from None
    _check_declared(name, members)
    return archive


def check_archive(name: str, content: bytes) -> CheckedArchive:
    """Open a zipped workbook and refuse it if unpacking it would not be safe.

    Args:
        name: File name, for the message.
        content: The bytes.

    Returns:
        The opened archive (in memory; holds no file handle).

    Raises:
        UserError: If the archive is damaged, too large unpacked, packed suspiciously tightly,
            declares entities, or spans more cells than can be held.
    """
    archive = open_archive(name, content)
    try:
        inside = _Inside(name, archive)
        inside.check()
        archive.uncalculated = {path: tuple(rows) for path, rows in inside.uncalculated.items()}
    except UserError:
        raise
    except _FAULTS:
        raise UserError(
            f"{name} is cut short or damaged inside. Open it in Excel, save it again and upload "
            "the new copy."
        ) from None
    return archive


def repacked(content: bytes, archive: zipfile.ZipFile) -> bytes:
    """Return an archive in which every reader finds the same members.

    One that begins or ends with something else, or has several directories, may show one reader
    what it did not show another: such an archive is written anew from what was checked.

    Args:
        content: The bytes.
        archive: The same, opened and checked.

    Returns:
        The bytes themselves, as a rule.
    """
    names = archive.namelist()
    if (
        content.startswith(b"PK\x03\x04")
        and content[-22:-18] == _END
        and int.from_bytes(content[-6:-2], "little") == archive.start_dir
        and content.count(_END) == 1
        and _END_OF_LARGE not in content
        and len({each.lower() for each in names}) == len(names)
    ):
        return content
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as copy:
        for member in {each.lower(): archive.getinfo(each) for each in names}.values():
            copy.writestr(member.filename, archive.read(member))
    return buffer.getvalue()


def _check_declared(name: str, members: list[zipfile.ZipInfo]) -> None:
    too_big = sum(member.file_size for member in members) > limits.MAX_UNPACKED_BYTES
    too_tight = any(
        member.file_size > limits.RATIO_FROM_BYTES
        and member.file_size > limits.MAX_RATIO * max(1, member.compress_size)
        for member in members
    )
    if len(members) > limits.MAX_MEMBERS or too_big or too_tight:
        raise UserError(
            f"{name} unpacks to far more than a workbook of this kind should (at most "
            f"{limits.MAX_UNPACKED_BYTES // 2**20:,} MB), so it was not opened. Copy the table "
            "into a new workbook and upload that."
        )
    if any(member.flag_bits & 0x1 for member in members):
        raise protected(name)
    if any(member.compress_type not in _USUAL_METHODS for member in members):
        raise UserError(
            f"{name} is packed in a way that workbooks do not use. Open it in Excel, save it again "
            "and upload the new copy."
        )


class _Inside:
    """The members of an archive, looked at one after the other."""

    def __init__(self, name: str, archive: zipfile.ZipFile) -> None:
        self._name = name
        self._archive = archive
        names = {each.lower() for each in archive.namelist()}
        self._binary = "xl/workbook.bin" in names
        self._odd = self._binary and "xl/workbook.xml" in names
        self._texts = Texts()
        self.uncalculated: dict[str, dict[int, None]] = {}

    def check(self) -> None:
        """Refuse what would not be safe to read."""
        if self._odd:
            raise UserError(
                f"{self._name} holds two workbooks in one. Open it in Excel, save it again and "
                "upload the new copy."
            )
        for member in self._archive.infolist():
            path = member.filename.lower()
            if path.endswith((".xml", ".bin", ".rels")) or "worksheets/" in path:
                self._check_member(member, path)
        self._texts.check(self._name)

    def _check_member(self, member: zipfile.ZipInfo, path: str) -> None:
        def pieces() -> Iterator[bytes]:
            for piece in self._pieces(member, b"<c " if "worksheets/" in path else b"<"):
                if b"<f" in piece and (rows := _NO_RESULT.findall(piece)):
                    found = self.uncalculated.setdefault(path, {})
                    found |= dict.fromkeys(int(row[:8]) for row in rows)
                yield piece

        if path == "content.xml":
            for _ in pieces():
                pass
        elif path.endswith(".bin") and (self._binary or "worksheets/" not in path):
            for _ in self._blocks(member):
                pass
        elif "worksheets/" in path or not self._holds_texts_only(pieces):
            self._texts.add_sheet(self._name, check_sheet(self._name, pieces), pieces)

    def _holds_texts_only(self, pieces: Chunks) -> bool:
        """Measure the texts of a member, and say whether it is no sheet in another place."""
        is_sheet = False

        def watched() -> Iterator[bytes]:
            nonlocal is_sheet
            for piece in pieces():
                is_sheet |= b"sheetData" in piece
                yield piece

        self._texts.add_texts(self._name, watched, pieces)
        return not is_sheet

    def _blocks(self, member: zipfile.ZipInfo) -> Iterator[bytes]:
        """Yield a member block by block, refusing one that is longer than it declares."""
        seen = 0
        with self._archive.open(member) as stream:
            while block := stream.read(_CHUNK):
                seen += len(block)
                if seen > limits.MAX_UNPACKED_BYTES or seen > max(member.file_size, 1) + _CHUNK:
                    raise UserError(
                        f"{self._name} unpacks to more than it declares, so it was not opened. "
                        "Copy the table into a new workbook and upload that."
                    )
                yield block

    def _pieces(self, member: zipfile.ZipInfo, mark: bytes) -> Iterator[bytes]:
        """Yield an XML member in pieces that end where a tag begins."""
        rest, first, merged = b"", True, 0
        for block in self._blocks(member):
            if first and (block[:2] in (b"\xff\xfe", b"\xfe\xff") or b"\x00" in block[:4]):
                raise UserError(
                    f"{self._name} holds XML in an encoding that workbooks do not use. Open it in "
                    "Excel, save it again and upload the new copy."
                )
            first = False
            rest += block
            cut = rest.rfind(mark)
            if cut <= 0:
                cut = rest.rfind(b"<")
            if cut <= 0:
                if len(rest) > _LONGEST_PIECE:
                    raise zipfile.BadZipFile
                continue
            piece, rest = self._without_entities(rest[:cut]), rest[cut:]
            merged += piece.count(b"mergeCell ")
            if merged > limits.MAX_MERGED:
                raise UserError(
                    f"{self._name} has a sheet with more than {limits.MAX_MERGED:,} merged cells. "
                    "Unmerge them and upload that copy."
                )
            yield piece
        yield self._without_entities(rest)

    def _without_entities(self, piece: bytes) -> bytes:
        if b"<!DOCTYPE" in piece or b"<!ENTITY" in piece:
            raise UserError(
                f"{self._name} declares external or nested entities, which a workbook never "
                "needs, so it was not opened. Save it again from Excel and upload that."
            )
        return piece

"""From a file as it lies on disk to the publisher's bytes: what it is, unpacked, with its fingerprint.

What a file is called does not matter; its first bytes say what it is.
"""

from __future__ import annotations

import bz2
import errno
import gzip
import hashlib
import lzma
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, final

from acuerdo.core.errors import IngestRefused, Problem
from acuerdo.core.text import Text
from acuerdo.data.refusal import GET_AGAIN
from acuerdo.data.source import Format

_CHUNK = 1 << 20
# Larger than any publisher's file by far; stops an archive made to fill the disk
_MOST_BYTES = 8 << 30
_MOST_LAYERS = 3
_FULL = (errno.ENOSPC, errno.EDQUOT)
_BROKEN = (
    EOFError,
    OSError,
    lzma.LZMAError,
    zlib.error,
    zipfile.BadZipFile,
    NotImplementedError,
    RuntimeError,
)
_NOT_DATA = {
    b"%PDF": Text("a PDF document", "un documento PDF"),
    b"\xd0\xcf\x11\xe0": Text("an old Excel workbook (.xls)", "un libro de Excel antiguo (.xls)"),
    b"\x89PNG": Text("a picture", "una imagen"),
    b"SQLite": Text("a database", "una base de datos"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Unpacked:
    """A publisher's file without its wrapping.

    Attributes:
        name: The name the user gave it.
        path: The unpacked bytes; the original file itself when it was not packed.
        format: What sort of file it is.
        sha256: Fingerprint of the unpacked bytes.
        bytes: Their number.
    """

    name: str
    path: Path
    format: Format
    sha256: str
    bytes: int


def unpack(path: Path, scratch: Path) -> Unpacked:
    """Unwraps ``.gz``, ``.xz``, ``.bz2`` and one-file ``.zip`` to ``scratch``, however deep.

    Raises:
        IngestRefused: If there is no such file, it is empty, broken, or not data.
    """
    name, inner = str(path), path
    _require_file(path)
    for layer in range(_MOST_LAYERS):
        kind = _packing(inner)
        if kind is None:
            break
        outer, inner = inner, scratch / f"layer{layer}"
        _unwrap(outer, inner, kind=kind, name=name)
    head = _head(inner)
    if not head.strip():
        raise _refused(name, Text("The file is empty.", "El archivo está vacío."), fix=GET_AGAIN)
    return Unpacked(
        name=name,
        path=inner,
        format=_format(head, inner, name=name),
        sha256=sha256_of(inner),
        bytes=inner.stat().st_size,
    )


def sha256_of(path: Path) -> str:
    """The SHA-256 of a file's bytes, in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _require_file(path: Path) -> None:
    if path.is_file():
        return
    what = (
        Text("This is a folder, not a file.", "Es una carpeta, no un archivo.")
        if path.is_dir()
        else Text("There is no such file.", "No existe tal archivo.")
    )
    raise _refused(
        str(path), what, fix=Text("Give the path of a data file.", "Indique la ruta de un archivo de datos.")
    )


def _head(path: Path, size: int = 4096) -> bytes:
    with path.open("rb") as file:
        return file.read(size)


def _packing(path: Path) -> str | None:
    head = _head(path, 6)
    if head[:2] == b"\x1f\x8b":
        return "gzip"
    if head == b"\xfd7zXZ\x00":
        return "xz"
    if head[:3] == b"BZh":
        return "bzip2"
    return "zip" if head[:4] == b"PK\x03\x04" and not _is_workbook(path) else None


def _is_workbook(path: Path) -> bool:
    try:
        with zipfile.ZipFile(path) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except zipfile.BadZipFile:
        return False


def _unwrap(outer: Path, inner: Path, *, kind: str, name: str) -> None:
    written = 0
    try:
        with _opened(outer, kind, name=name) as source, inner.open("wb") as target:
            for chunk in _chunks(source):
                written += len(chunk)
                if written > _MOST_BYTES:
                    raise _refused(
                        name,
                        Text("It unpacks to more than 8 GB.", "Al descomprimirlo pasa de 8 GB."),
                        fix=GET_AGAIN,
                    )
                target.write(chunk)
    except _BROKEN as error:
        if no_room(error):
            raise
        raise _broken(name, kind, reached=written) from error


def no_room(error: Exception) -> bool:
    """Whether the disk was full: no fault of the file that was read."""
    return getattr(error, "errno", None) in _FULL or "No space left on device" in str(error)


def _chunks(source: IO[bytes]) -> Iterator[bytes]:
    while chunk := source.read(_CHUNK):
        yield chunk


@contextmanager
def _opened(path: Path, kind: str, *, name: str) -> Iterator[IO[bytes]]:
    if kind == "zip":
        with zipfile.ZipFile(path) as archive, archive.open(_only_member(archive, name)) as member:
            yield member
        return
    opener = {"gzip": gzip.open, "xz": lzma.open, "bzip2": bz2.open}[kind]
    with opener(path, "rb") as stream:
        yield stream  # type: ignore[misc]


def _only_member(archive: zipfile.ZipFile, name: str) -> str:
    members = [one.filename for one in archive.infolist() if not one.is_dir()]
    if len(members) != 1:
        raise _refused(
            name,
            Text(
                f"The archive holds {len(members)} files; which one is meant is not clear.",
                f"El archivo comprimido contiene {len(members)} archivos; no es claro cuál se quiere.",
            ),
            fix=Text(
                "Unpack it, and give the files by name.",
                "Descomprímalo e indique los archivos por su nombre.",
            ),
        )
    return members[0]


def _format(head: bytes, path: Path, *, name: str) -> Format:
    for magic, kind in _NOT_DATA.items():
        if head.startswith(magic):
            raise _refused(
                name,
                Text(f"This is {kind.en}, not a data file.", f"Es {kind.es}, no un archivo de datos."),
                fix=Text("Save the table as .csv or .xlsx.", "Guarde la tabla como .csv o .xlsx."),
            )
    if head.startswith(b"PAR1"):
        if not _tail(path).endswith(b"PAR1"):
            raise _broken(name, "Parquet", reached=path.stat().st_size)
        return Format.PARQUET
    if head.startswith(b"PK\x03\x04"):
        return Format.XLSX
    if head.startswith((b"RDX2\n", b"RDX3\n")):
        return Format.RDA
    if b"\x00" in head:
        raise _refused(
            name,
            Text(
                "The bytes are neither text nor a format that is read here.",
                "Los bytes no son texto ni un formato que se lea aquí.",
            ),
            fix=Text(
                "Give a .csv (UTF-8 or latin-1), .xlsx, .parquet or .rda file, packed or not.",
                "Indique un archivo .csv (UTF-8 o latin-1), .xlsx, .parquet o .rda, comprimido o no.",
            ),
        )
    return Format.TEXT


def _tail(path: Path) -> bytes:
    with path.open("rb") as file:
        file.seek(-4, 2)
        return file.read()


def _broken(name: str, kind: str, *, reached: int) -> IngestRefused:
    return _refused(
        name,
        Text(
            f"The {kind} file is damaged or cut short: it can be read up to byte {reached:,} and no further.",
            f"El archivo {kind} está dañado o incompleto: se lee hasta el byte {reached:,} y no más.",
        ),
        fix=GET_AGAIN,
    )


def _refused(name: str, what: Text, *, fix: Text) -> IngestRefused:
    return IngestRefused(Problem(what=what, where=name, fix=fix))

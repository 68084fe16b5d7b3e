"""The messages for files of a node that cannot be read, written or believed."""

from __future__ import annotations

import errno
import os
from pathlib import Path
from typing import Final

from acuerdo.core.errors import Problem, RecordRefused, StoreDamaged
from acuerdo.core.text import Text, same

_REASONS: Final = {
    errno.ENOENT: Text("There is no such file or folder.", "No existe tal archivo o carpeta."),
    errno.EACCES: Text("It may not be used by this user.", "Este usuario no tiene permiso."),
    errno.EPERM: Text("It may not be used by this user.", "Este usuario no tiene permiso."),
    errno.EISDIR: Text("It is a folder.", "Es una carpeta."),
    errno.ENOTDIR: Text(
        "A file stands where a folder should.", "Hay un archivo donde debería haber una carpeta."
    ),
    errno.ENOSPC: Text("The disk is full.", "El disco está lleno."),
    errno.EROFS: Text("The disk cannot be written.", "El disco no admite escritura."),
    errno.EADDRINUSE: Text("Another program uses it already.", "Otro programa ya la usa."),
    errno.EADDRNOTAVAIL: Text(
        "It is not an address of this machine.", "No es una dirección de esta máquina."
    ),
    errno.ECONNREFUSED: Text("Nobody answers at that address.", "Nadie responde en esa dirección."),
    errno.ECONNRESET: Text("The other end broke off.", "El otro extremo cortó."),
    errno.EHOSTUNREACH: Text("There is no way to that address.", "No hay camino a esa dirección."),
    errno.ENETUNREACH: Text("There is no way to that address.", "No hay camino a esa dirección."),
}


def reason(error: OSError) -> Text:
    """Why the operating system did not do it, in words; in its own where it has none here."""
    known = _REASONS.get(error.errno) if error.errno is not None else None
    return known or same((error.strerror or str(error)) if error.errno is None else os.strerror(error.errno))


def damaged(path: Path, *, place: int | None = None, why: str = "") -> StoreDamaged:
    """A file of a node does not hold what it must."""
    where = path.name if place is None else f"{path.name}:{place}"
    return StoreDamaged(
        Problem(
            what=Text("This file of the record is not whole.", "Este archivo del registro no está íntegro."),
            where=where,
            why=same(why) if why else None,
            fix=Text(
                "Run acuerdo verify. The other side has a full copy: ask for it, or restore a backup.",
                "Ejecute acuerdo verify. La otra parte tiene copia completa: pídala o restaure un respaldo.",
            ),
        )
    )


def busy(path: Path) -> StoreDamaged:
    """Another process has been writing for too long."""
    return StoreDamaged(
        Problem(
            what=Text("Another process is writing to this log.", "Otro proceso escribe en esta bitácora."),
            where=path.name,
            why=Text("A log has one writer at a time.", "Una bitácora tiene un escritor a la vez."),
            fix=Text("Wait and try again; nothing was written.", "Espere y reintente; nada se escribió."),
        )
    )


def file_refused(path: Path, *, expected: str, found: str) -> RecordRefused:
    """A file holds the log of another side or record."""
    return RecordRefused(
        Problem(
            what=Text(f"This file holds the log '{found}'.", f"Este archivo contiene la bitácora «{found}»."),
            where=path.name,
            why=Text(
                f"The log '{expected}' was expected here.", f"Aquí se esperaba la bitácora «{expected}»."
            ),
        )
    )


def unwritable(path: Path, why: str) -> StoreDamaged:
    """The disk does not take what is to be written."""
    return StoreDamaged(
        Problem(
            what=Text("The record cannot be written.", "El registro no puede escribirse."),
            where=path.name,
            why=same(why),
            fix=Text(
                "Free space on the disk or allow writing there; what was acknowledged before is safe.",
                "Libere espacio en el disco o permita escribir ahí; lo ya confirmado está a salvo.",
            ),
        )
    )

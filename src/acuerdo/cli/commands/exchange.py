"""``acuerdo exchange``: takes what another node has, or hands it over by file."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Column, Table
from acuerdo.cli.signing import asking
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.core.text import Lang
    from acuerdo.record.answers import Record
    from acuerdo.record.signer import AbstractSigner

Action = Annotated[
    Literal["pull", "export", "import", "receipts", "settle"],
    Word(
        about=Text(
            "pull asks a node, export and import go by file, receipts tell who was handed what, settle says that a "
            "contradiction of a side was looked at.",
            "pull pregunta a un nodo, export e import van por archivo, receipts dice a quién se entregó qué, settle "
            "dice que una contradicción de una parte ya se revisó.",
        ),
        label=Text("ACTION", "ACCIÓN"),
    ),
]
What = Annotated[
    str | None,
    Word(
        about=Text(
            "pull: the address, https://HOST:PORT. export, import: the file. receipts: a party. settle: a side.",
            "pull: la dirección, https://SERVIDOR:PUERTO. export, import: el archivo. receipts: un destinatario. "
            "settle: una parte.",
        ),
        label=Text("URL|FILE|PARTY", "URL|ARCHIVO|DESTINATARIO"),
    ),
]
To = Annotated[
    str | None,
    Word(
        about=Text(
            "export: for whom, a side, an agency such as us:gao, or public; not needed with one other side.",
            "export: para quién, una parte, una dependencia como us:gao, o public; sobra si hay una sola.",
        ),
        label=Text("PARTY", "DESTINATARIO"),
    ),
]
LogOf = Annotated[
    str | None,
    Word(
        about=Text(
            "pull: the log of this side, as far as the node asked may pass it on.",
            "pull: la bitácora de esta parte, hasta donde el nodo preguntado pueda transmitirla.",
        ),
        label=Text("SIDE", "PARTE"),
    ),
]
Whole = Annotated[
    bool,
    Word(
        about=Text(
            "export: from the first entry. import: take our own log back too, after a loss.",
            "export: desde el primer asiento. import: recupera también nuestra propia bitácora, tras una pérdida.",
        )
    ),
]


def exchange(
    call: Call,
    action: Action,
    what: What = None,
    /,
    *,
    to: To = None,
    log: LogOf = None,
    whole: Whole = False,
) -> Table | Text:
    """Can be broken off anywhere and made again: what came is kept, and nothing comes twice."""
    record = call.workspace.record
    match action, what:
        case "pull", str(url):
            return _pull(record, url, log=log, lang=call.lang)
        case "export", str(file):
            return _export(record, Path(file), to=to, whole=whole, lang=call.lang)
        case "import", str(file):
            return _import(record, Path(file), whole=whole)
        case "receipts", _:
            return _receipts(record, what)
        case "settle", str(side):
            count = record.node.clear_alarms(record.party(side).side)
            return Text(f"Set aside: {count}", f"Apartadas: {count}")
        case _:
            raise UsageError(Problem(what=_WORDS))


def _signer(record: Record, lang: Lang) -> AbstractSigner:
    return record.key(role="node").open(asking(lang))


def _pull(record: Record, url: str, *, log: str | None, lang: Lang) -> Table:
    found = record.between.pull(url, _signer(record, lang), log=log)
    row = (found.log, found.new, found.late, found.withheld, found.size)
    attested = found.attested.size if found.attested else 0
    return Table(
        title=_TAKEN,
        columns=_TAKES,
        rows=(row,),
        note=Text(
            f"Of our own log the other side has attested {attested} entries.",
            f"De nuestra bitácora la otra parte ha atestiguado {attested} asientos.",
        ),
    )


def _export(record: Record, file: Path, *, to: str | None, whole: bool, lang: Lang) -> Table:
    others = list(record.node.peers)
    if to is None and len(others) != 1:
        raise UsageError(Problem(what=_TO_WHOM, nearest=tuple(others)))
    receiver = to or others[0]
    packed = record.between.export(file, _signer(record, lang), to=receiver, whole=whole)
    tells = Text(f"acuerdo verify {file} tells what it proves.", f"acuerdo verify {file} dice qué prueba.")
    nothing = all(one.end - one.begin == one.withheld and not one.late for one in packed)
    return Table(
        title=Text(f"In {file}, for '{receiver}'", f"En {file}, para «{receiver}»"),
        columns=(
            Column("log", Text("Log of", "Bitácora de")),
            Column("begin", Text("From entry", "Desde el asiento")),
            Column("end", Text("Up to before", "Hasta antes de")),
            Column("withheld", Text("Withheld", "Reservados")),
            Column("late", Text("Given late", "Dados después")),
        ),
        rows=tuple((one.log, one.begin, one.end, one.withheld, one.late) for one in packed),
        note=Text(f"{_ALL_WITHHELD.en} {tells.en}", f"{_ALL_WITHHELD.es} {tells.es}") if nothing else tells,
    )


def _import(record: Record, file: Path, *, whole: bool) -> Table:
    counts: dict[str, tuple[int, int, int]] = {}
    for one in record.between.take(file, recover=whole):
        new, late, _ = counts.get(one.log, (0, 0, 0))
        counts[one.log] = new + one.new, late + one.late, one.size
    rows: list[tuple[Cell, ...]] = [
        (log, new, late, record.between.withheld(log), size) for log, (new, late, size) in counts.items()
    ]
    return Table(title=_TAKEN, columns=_TAKES, rows=rows)


def _receipts(record: Record, receiver: str | None) -> Table:
    found = record.between.receipts(receiver) if record.exists else ()
    return Table(
        title=Text("Who was handed what", "A quién se entregó qué"),
        columns=(
            Column("at", Text("When", "Cuándo")),
            Column("receiver", Text("Receiver", "Destinatario")),
            Column("log", Text("Log of", "Bitácora de")),
            Column("begin", Text("From entry", "Desde el asiento")),
            Column("end", Text("Up to before", "Hasta antes de")),
            Column("withheld", Text("Withheld", "Reservados")),
            Column("late", Text("Given late", "Dados después")),
            Column("way", Text("By", "Por")),
            Column("sha256", same("SHA-256")),
        ),
        rows=tuple(
            (
                *(one.at, one.receiver, one.log, one.begin, one.end),
                *(_places(one.withheld), _places(one.late), _WAYS[one.way], one.sha256),
            )
            for one in found
        ),
        hidden=("sha256",),
        note=record.absence,
    )


def _places(runs: tuple[tuple[int, int], ...]) -> str | None:
    told = (str(begin) if end == begin + 1 else f"{begin}–{end - 1}" for begin, end in runs)
    return " ".join(told) or None


_TAKEN = Text("What came", "Lo que llegó")
_TAKES = (
    Column("log", Text("Log of", "Bitácora de")),
    Column("new", Text("New entries", "Asientos nuevos")),
    Column("late", Text("Given late", "Dados después")),
    Column("withheld", Text("Withheld", "Reservados")),
    Column("size", Text("Entries here", "Asientos aquí")),
)
_WAYS = {"network": Text("network", "red"), "file": Text("file", "archivo")}
_ALL_WITHHELD = Text(
    "There is nothing in it that this receiver may have, or nothing new: only hashes.",
    "No hay en él nada que ese destinatario pueda tener, o nada nuevo: solo resúmenes.",
)
_TO_WHOM = Text("Say with --to for whom the file is.", "Diga con --to para quién es el archivo.")
_WORDS = Text("An address, a file or a side is missing.", "Falta una dirección, un archivo o una parte.")
COMMAND = Command(
    call=exchange,
    section="node",
    about=Text(
        "Take what another side's node has, hand over or take a file, or tell who was handed what.",
        "Toma lo que tiene el nodo de otra parte, entrega o toma un archivo, o dice a quién se entregó qué.",
    ),
    examples=(
        Example(
            call="acuerdo exchange receipts",
            about=Text("Every hand-over so far.", "Cada entrega hasta ahora."),
        ),
    ),
)

"""Checks that every id that a file points to is declared, once, and is of the right kind."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, Final

from pydantic import BaseModel

from acuerdo.core.errors import nearest
from acuerdo.core.text import Text, same
from acuerdo.spec.fault import Fault, LineMap, dotted
from acuerdo.spec.survey import Pointer, Survey, kind_groups

KIND_WORDS: Final[dict[str, Text]] = {
    "agencies": Text("an agency", "una dependencia"),
    "areas": Text("a cooperation area", "un área de cooperación"),
    "bodies": Text("a body", "un órgano"),
    "commitments": Text("a commitment", "un compromiso"),
    "documents": Text("a document", "un documento"),
    "events": Text("an event", "un suceso"),
    "frameworks": Text("a framework", "un marco"),
    "goals": Text("a goal", "una meta"),
    "meetings": Text("a meeting", "una reunión"),
    "money": Text("a money line", "una línea de dinero"),
    "objectives": Text("an objective", "un objetivo"),
    "parties": Text("a party", "una parte"),
    "references": Text("a reference", "una referencia"),
    "unavailable": Text("an unavailable item", "un elemento no disponible"),
}


def pointer_faults(model: type[BaseModel], found: Survey, *, lines: LineMap) -> list[Fault]:
    """Every pointer to nothing or to the wrong kind, and every id that two things share."""
    faults = [fault for pointer in found.pointers for fault in _pointer(pointer, found, lines=lines)]
    return [*faults, *_repeated(kind_groups(model), found, lines=lines)]


def any_of(words: Iterable[Text]) -> Text:
    """Alternatives in words: ``a meeting or a document``."""
    listed = list(words)
    return Text(_joined([one.en for one in listed], "or"), _joined([one.es for one in listed], "o"))


def kinds_in_words(kinds: Iterable[str]) -> Text:
    """Kinds as alternatives, each with its article."""
    return any_of(KIND_WORDS.get(kind, same(f"'{kind}'")) for kind in kinds)


def _joined(words: list[str], last: str) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} {last} {words[-1]}"


def _pointer(pointer: Pointer, found: Survey, *, lines: LineMap) -> Iterator[Fault]:
    points = pointer.points
    if points.across:
        if points.kinds != ("frameworks",) and pointer.target.count(":") != 1:
            yield Fault(kind="foreign_malformed", trail=pointer.trail, values={"given": pointer.target})
        return
    known = {*points.besides, *(name for kind in points.kinds for name in found.declared.get(kind, {}))}
    if pointer.target in known:
        return
    values: dict[str, Any] = {
        "given": pointer.target,
        "kinds": kinds_in_words((*points.kinds, *points.besides)),
        "places": _places(points.kinds, found, lines=lines),
    }
    others = [kind for kind in KIND_WORDS if pointer.target in found.declared.get(kind, {})]
    if others:
        values["found"] = kinds_in_words(others[:1])
    kind = "reference_other_kind" if others else "reference_unknown"
    yield Fault(kind=kind, trail=pointer.trail, values=values, nearest=nearest(pointer.target, known))


def _places(kinds: tuple[str, ...], found: Survey, *, lines: LineMap) -> Text:
    """Where valid ids stand: ``'goals:' (lines 12–40)``."""
    english: list[str] = []
    spanish: list[str] = []
    for kind in kinds:
        for trail in found.tables.get(kind, [])[:3] or [(kind,)]:
            name = f"'{trail[-1]}:'" if len(trail) == 1 else f"'{dotted(trail)}'"
            span = lines.lines(trail)
            english.append(f"{name} (lines {span[0]}–{span[1]})" if span else name)
            spanish.append(f"{name} (líneas {span[0]}–{span[1]})" if span else name)
    return Text(_joined(english, "or"), _joined(spanish, "o"))


def _repeated(groups: Iterable[tuple[str, ...]], found: Survey, *, lines: LineMap) -> Iterator[Fault]:
    for kinds in groups:
        first: dict[str, Any] = {}
        declared = (
            (name, trail)
            for kind in kinds
            for name, trails in found.declared.get(kind, {}).items()
            for trail in trails
        )
        for name, trail in sorted(declared, key=lambda pair: lines.keys.get(pair[1], (0, 0))):
            if name in first:
                line = lines.keys.get(first[name], (0, 0))[0]
                values = {"given": name, "line": str(line) if line else dotted(first[name])}
                yield Fault(kind="id_repeated", trail=trail, at="key", values=values)
            first.setdefault(name, trail)

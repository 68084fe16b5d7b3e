"""What the names and codes in an entry stand for, said beside it before somebody signs it.

An entry binds ids, which are the same in every language; whoever signs is told what this software calls them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.errors import AcuerdoError, NotFound
from acuerdo.core.text import Text

if TYPE_CHECKING:
    from acuerdo.record.entry import Entry
    from acuerdo.record.state import State
    from acuerdo.workspace import Workspace


def with_meanings(told: Text, entry: Entry, *, state: State, workspace: Workspace) -> Text:
    """What is told of an entry, with what the ids in it, or in what it answers, stand for.

    Args:
        told: What is told of it.
        entry: The entry.
        state: What the record comes to.
        workspace: Where the ids are looked up; one that is not known here is left as it is.
    """
    bodies = [entry.body]
    for pointed in ("proposal", "entry", "recommendation"):
        answered = state.entries.get(str(entry.body.get(pointed)))
        bodies += [answered.entry.body] if answered is not None else []
    found = dict(pair for body in bodies for pair in _meanings(body, workspace))
    lines = [Text(f"  {code}: {means.en}", f"  {code}: {means.es}") for code, means in found.items()]
    return Text(
        "\n".join((told.en, *(one.en for one in lines))), "\n".join((told.es, *(one.es for one in lines)))
    )


def _meanings(body: Mapping[str, Any], workspace: Workspace) -> Iterator[tuple[str, Text]]:
    content = body.get("content")
    for fields in (body, content if isinstance(content, dict) else {}):
        for name, look_up in _LOOKED_UP.items():
            code = fields.get(name)
            means = look_up(workspace, code) if isinstance(code, str) else None
            if isinstance(code, str) and means is not None:
                yield code, means


def _indicator(workspace: Workspace, code: str) -> Text | None:
    try:
        return workspace.indicator(code).title
    except NotFound as error:
        near = ", ".join(error.problems[0].nearest)
        return Text(
            "this software knows no indicator of that name" + (f"; did you mean {near}?" if near else ""),
            "este programa no conoce ningún indicador con ese nombre"
            + (f"; ¿quiso decir {near}?" if near else ""),
        )


def _item(workspace: Workspace, code: str) -> Text | None:
    framework_id, _, key = code.partition(":")
    try:
        one = workspace.framework(framework_id)
    except AcuerdoError:
        return None
    if key in one.commitments:
        return one.commitments[key].title
    return next((held.decisions[key].text for held in one.meetings.values() if key in held.decisions), None)


def _level(workspace: Workspace, code: str) -> Text | None:
    levels = workspace.tracking.codebook().axes["level"].codes
    return levels[code].title if code in levels else None


_LOOKED_UP: Final[Mapping[str, Callable[[Workspace, str], Text | None]]] = {
    "indicator": _indicator,
    "item": _item,
    "level": _level,
}

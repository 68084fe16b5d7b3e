"""What differs between two versions of a framework."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, Literal, cast, final

from pydantic import BaseModel

from acuerdo.core.period import Period, day_label
from acuerdo.core.text import Lang, Text
from acuerdo.spec.dump import plain
from acuerdo.spec.fault import Trail, dotted

_VERBS: Final = {
    "added": Text("added", "se agregó"),
    "removed": Text("removed", "se eliminó"),
    "changed": Text("changed", "cambió"),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """One thing that two versions do not share.

    Attributes:
        kind: Added, removed or changed.
        trail: Where it stands.
        old: What the older version says, as plain data; ``None`` when added.
        new: What the newer one says; ``None`` when removed.
    """

    kind: Literal["added", "removed", "changed"]
    trail: Trail
    old: Any = None
    new: Any = None

    @property
    def path(self) -> str:
        """The path as files write it."""
        return dotted(self.trail)

    def render(self, lang: Lang) -> str:
        """The difference in one line."""
        head = f"{self.path}: {_VERBS[self.kind].in_(lang)}"
        if self.kind == "changed":
            return f"{head}: {shown(self.old, lang)} → {shown(self.new, lang)}"
        return f"{head}: {shown(self.new if self.kind == 'added' else self.old, lang)}"


def compare(old: BaseModel, new: BaseModel) -> tuple[Difference, ...]:
    """Everything added, removed or changed from ``old`` to ``new``, in the order of the model."""
    return tuple(_differences(plain(old), plain(new), trail=()))


def shown(value: Any, lang: Lang) -> str:
    """A plain value as a reader sees it; of a mapping its title, name or text if it has one."""
    if isinstance(value, Mapping):
        mapping = cast("Mapping[str, Any]", value)
        if set(mapping) == {"en", "es"}:
            return f"“{mapping[lang]}”" if lang == "en" else f"«{mapping[lang]}»"
        for name in ("title", "name", "text", "what"):
            if isinstance(mapping.get(name), Mapping | str):
                return shown(mapping[name], lang)
        return ", ".join(f"{key}: {shown(part, lang)}" for key, part in mapping.items())
    if isinstance(value, tuple):
        return "[" + ", ".join(shown(part, lang) for part in cast("tuple[Any, ...]", value)) + "]"
    if isinstance(value, date):
        return day_label(value, lang)
    return value.label(lang) if isinstance(value, Period) else str(value)


def _differences(old: Any, new: Any, *, trail: Trail) -> Iterator[Difference]:
    if isinstance(old, Mapping) and isinstance(new, Mapping) and not _is_text(cast("Mapping[str, Any]", old)):
        before, after = cast("Mapping[str, Any]", old), cast("Mapping[str, Any]", new)
        for key in dict.fromkeys((*before, *after)):
            inside = (*trail, key)
            if key not in after:
                yield Difference(kind="removed", trail=inside, old=before[key])
            elif key not in before:
                yield Difference(kind="added", trail=inside, new=after[key])
            else:
                yield from _differences(before[key], after[key], trail=inside)
    elif _are_lists(old, new):
        yield from _list_differences(old, new, trail=trail)
    elif old != new:
        yield Difference(kind="changed", trail=trail, old=old, new=new)


def _list_differences(old: Any, new: Any, *, trail: Trail) -> Iterator[Difference]:
    """What changed inside the entries of two lists; of lists of unequal length, what only one of them holds."""
    before, after = cast("tuple[Any, ...]", old), cast("tuple[Any, ...]", new)
    if len(before) == len(after):
        for number, pair in enumerate(zip(before, after, strict=True)):
            yield from _differences(*pair, trail=(*trail, number))
        return
    for number, entry in enumerate(before):
        if entry not in after:
            yield Difference(kind="removed", trail=(*trail, number), old=entry)
    for number, entry in enumerate(after):
        if entry not in before:
            yield Difference(kind="added", trail=(*trail, number), new=entry)


def _are_lists(old: Any, new: Any) -> bool:
    """Whether both are lists of entries; a list of ids or texts changes as a whole."""
    return all(
        isinstance(one, tuple) and all(isinstance(entry, Mapping) for entry in cast("tuple[Any, ...]", one))
        for one in (old, new)
    )


def _is_text(value: Mapping[str, Any]) -> bool:
    """A bilingual text changes as a whole."""
    return set(value) == {"en", "es"}

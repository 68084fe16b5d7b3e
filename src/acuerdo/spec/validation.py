"""Turns pydantic's errors into faults that are worded in both languages."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final, cast, final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from acuerdo.core.errors import nearest
from acuerdo.core.text import Text, same
from acuerdo.core.unit import UNITS
from acuerdo.spec.fault import Fault, Trail
from acuerdo.spec.pointers import any_of
from acuerdo.spec.survey import Survey, field_annotations

_EXPECTED: Final[dict[str, Text]] = {
    "string": Text("text", "texto"),
    "int": Text("a whole number", "un número entero"),
    "float": Text("a number", "un número"),
    "bool": Text("true or false", "true o false"),
    "date": Text("a date", "una fecha"),
    "tuple": Text("a list", "una lista"),
    "list": Text("a list", "una lista"),
    "dict": Text("a mapping with keys", "un mapa con claves"),
    "mapping": Text("a mapping with keys", "un mapa con claves"),
    "model": Text("a mapping with keys", "un mapa con claves"),
    "model_attributes": Text("a mapping with keys", "un mapa con claves"),
}
_ADVICE: Final[dict[str, Text]] = {
    "text": Text('Put it in quotes, such as "{given}".', 'Póngalo entre comillas, por ejemplo "{given}".'),
    "a whole number": Text("Write digits without quotes.", "Escriba dígitos sin comillas."),
    "a number": Text("Write digits without quotes.", "Escriba dígitos sin comillas."),
    "true or false": Text("Write true or false without quotes.", "Escriba true o false sin comillas."),
    "a date": Text(
        "Write year-month-day without quotes: 2021-10-08.", "Escriba año-mes-día sin comillas: 2021-10-08."
    ),
    "a list": Text(
        "Write [one, two], or a line with '- ' for each.",
        "Escriba [uno, dos] o una línea con '- ' para cada uno.",
    ),
    "a mapping with keys": Text(
        "Write 'key: value' on the lines below.", "Escriba 'clave: valor' en las líneas siguientes."
    ),
}
_LANGUAGES: Final = {"en": Text("English", "inglés"), "es": Text("Spanish", "español")}
_LIMITS: Final[dict[str, tuple[str, Text]]] = {
    "greater_than": ("gt", Text("more than {limit}", "mayor que {limit}")),
    "greater_than_equal": ("ge", Text("{limit} or more", "{limit} o más")),
    "less_than": ("lt", Text("less than {limit}", "menor que {limit}")),
    "less_than_equal": ("le", Text("{limit} or less", "{limit} o menos")),
}
_OWN: Final = frozenset(
    "key_malformed text_not_bilingual text_unknown_language text_language_missing text_side_not_text "
    "text_placeholder text_untranslated date_malformed period_malformed unit_unknown id_inside value_stated".split()
)
_TYPE_ERROR: Final = re.compile(r"(\w+?)_(?:type|parsing|from_float)")
_COMMA_NUMBER: Final = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?")


@final
@dataclass(frozen=True, slots=True)
class _Case:
    """One error, where it is, and what the model allows around it."""

    trail: Trail
    detail: ErrorDetails
    found: Survey


def validation_faults(error: ValidationError, found: Survey, *, data: Any) -> list[Fault]:
    """The faults behind a validation error.

    Args:
        error: What pydantic found.
        found: The survey of the same data; gives the valid names.
        data: The data that were validated.
    """
    by_trail: dict[Trail, list[ErrorDetails]] = {}
    for detail in error.errors(include_url=False):
        missing = detail["type"] in ("missing", "extra_forbidden")
        by_trail.setdefault(_trail(detail["loc"], data, keep_last=missing), []).append(detail)
    return [fault for trail, details in by_trail.items() for fault in _faults_at(trail, details, found=found)]


def _trail(loc: tuple[int | str, ...], data: Any, *, keep_last: bool) -> Trail:
    """The trail of an error without the names that pydantic adds for branches of a union."""
    trail: list[int | str] = []
    here: Any = data
    for part in loc[: len(loc) - keep_last]:
        inside = _parts(here)
        if part in inside:
            here = inside[part]
            trail.append(part)
    return (*trail, *(loc[-1:] if keep_last else ()))


def _parts(here: Any) -> Mapping[int | str, Any]:
    """What a mapping or a list holds, by key or position; nothing for anything else."""
    if isinstance(here, tuple):
        return dict(enumerate(cast("tuple[Any, ...]", here)))
    return cast("Mapping[int | str, Any]", here) if isinstance(here, Mapping) else {}


def _faults_at(trail: Trail, details: list[ErrorDetails], *, found: Survey) -> Iterator[Fault]:
    """One fault for each thing wrong at one place; branches of a union that want other types become one."""
    wrong_types = [detail for detail in details if _TYPE_ERROR.fullmatch(detail["type"])]
    others = [detail for detail in details if detail not in wrong_types]
    if wrong_types and not others:
        yield _wrong_type(trail, wrong_types)
    for detail in others:
        kind = detail["type"]
        yield _WORDED.get(kind, _own if kind in _OWN else _unforeseen)(_Case(trail, detail, found))


def _wrong_type(trail: Trail, details: list[ErrorDetails]) -> Fault:
    given = details[0]["input"]
    names = [match[1] for detail in details if (match := _TYPE_ERROR.fullmatch(detail["type"]))]
    # A whole number is a number: asking for either asks for a number.
    wanted = dict.fromkeys(name for name in names if not (name == "int" and "float" in names))
    if isinstance(given, str) and {"int", "float"} & wanted.keys() and _COMMA_NUMBER.fullmatch(given):
        values = {"given": given, "plain": given.replace(",", "_")}
        return Fault(kind="number_with_comma", trail=trail, values=values)
    expected = [_EXPECTED.get(name, same(f"'{name}'")) for name in wanted]
    return _other_type(trail, given, expected=tuple(dict.fromkeys(expected)))


def _other_type(trail: Trail, given: Any, *, expected: tuple[Text, ...]) -> Fault:
    advice = _ADVICE.get(expected[0].en, _ADVICE["a mapping with keys"])
    values = {
        "expected": any_of(expected),
        "found": found_in_words(given),
        "advice": Text(*(side.replace("{given}", str(given)) for side in (advice.en, advice.es))),
    }
    return Fault(kind="type_wrong", trail=trail, values=values)


def found_in_words(value: Any) -> Text:
    """What a value is, for a reader who does not program."""
    if isinstance(value, bool):
        return Text(f"'{str(value).lower()}'", f"'{str(value).lower()}'")
    if isinstance(value, int | float):
        return Text(f"the number {value}", f"el número {value}")
    if isinstance(value, date):
        return Text(f"the date {value}", f"la fecha {value}")
    if isinstance(value, str):
        shown = value if len(value) <= 40 else value[:39] + "…"
        return Text(f"the text '{shown}'", f"el texto '{shown}'")
    if isinstance(value, tuple | list):
        return Text("a list", "una lista")
    return Text("a mapping", "un mapa") if isinstance(value, Mapping) else Text("nothing", "nada")


def _own(case: _Case) -> Fault:
    values: dict[str, Any] = dict(case.detail.get("ctx", {}))
    if "lang" in values:
        values["language"] = _LANGUAGES[values["lang"]]
    near: tuple[str, ...] = ()
    if case.detail["type"] == "unit_unknown":
        near = nearest(values["given"], UNITS)
    if case.detail["type"] == "id_inside":
        return Fault(kind="id_inside", trail=(*case.trail, values["given"], "id"), at="key", values=values)
    # A malformed key is reported at the key; the error's place is the 'id' that the table made from it.
    at_key = case.detail["type"] == "key_malformed" and case.trail in case.found.items
    return Fault(
        kind=case.detail["type"],
        trail=case.trail,
        at="key" if at_key else "value",
        values=values,
        nearest=near,
    )


def _missing(case: _Case) -> Fault:
    key = str(case.trail[-1])
    kind = {"unit": "unit_missing", "sources": "source_missing", "source": "source_missing"}.get(
        key, "key_missing"
    )
    return Fault(kind=kind, trail=case.trail[:-1], at="key", values={"key": key})


def _unknown_key(case: _Case) -> Fault:
    key = str(case.trail[-1])
    model = case.found.models.get(case.trail[:-1])
    known = (
        [name for name in field_annotations(model) if name != "id" or len(case.trail) == 1] if model else []
    )
    path = ".".join(map(str, case.trail[:-1])) or "—"
    values = {"key": key, "path": path, "known": ", ".join(known)}
    return Fault(kind="key_unknown", trail=case.trail, at="key", values=values, nearest=nearest(key, known))


def _choice(case: _Case) -> Fault:
    context = case.detail.get("ctx", {})
    known = re.findall(r"'([^']*)'", str(context.get("expected") or context.get("expected_tags") or ""))
    given = context.get("tag", case.detail["input"])
    if not isinstance(given, str):
        return _other_type(case.trail, given, expected=(_EXPECTED["string"],))
    values = {"given": given, "known": ", ".join(known)}
    return Fault(kind="choice_unknown", trail=case.trail, values=values, nearest=nearest(given, known))


def _too_short(case: _Case) -> Fault:
    if case.trail and case.trail[-1] in ("sources", "source"):
        return Fault(
            kind="source_missing", trail=case.trail[:-1], at="key", values={"key": str(case.trail[-1])}
        )
    return Fault(kind="list_empty", trail=case.trail)


def _empty_text(case: _Case) -> Fault:
    return Fault(kind="text_empty", trail=case.trail)


def _form(case: _Case) -> Fault:
    values = {
        "given": str(case.detail["input"]),
        "pattern": str(case.detail.get("ctx", {}).get("pattern", "")),
    }
    return Fault(kind="form_wrong", trail=case.trail, values=values)


def _range(case: _Case) -> Fault:
    name, words = _LIMITS[case.detail["type"]]
    limit = str(case.detail.get("ctx", {})[name])
    values = {
        "given": str(case.detail["input"]),
        "limit": Text(words.en.replace("{limit}", limit), words.es.replace("{limit}", limit)),
    }
    return Fault(kind="out_of_range", trail=case.trail, values=values)


def _unforeseen(case: _Case) -> Fault:
    return Fault(
        kind="value_refused", trail=case.trail, values={"found": found_in_words(case.detail["input"])}
    )


_WORDED: Final[dict[str, Callable[[_Case], Fault]]] = {
    "missing": _missing,
    "extra_forbidden": _unknown_key,
    "literal_error": _choice,
    "enum": _choice,
    "union_tag_invalid": _choice,
    "too_short": _too_short,
    "string_too_short": _empty_text,
    "string_pattern_mismatch": _form,
    **dict.fromkeys(_LIMITS, _range),
}


def without_consequences(faults: Iterable[Fault], first: Iterable[Fault]) -> list[Fault]:
    """The faults that are not mere consequences of faults found earlier at the same place."""
    refused = {fault.trail for fault in first if fault.kind != "key_repeated"}
    around = {trail[:-1] for trail in refused}
    return [
        fault
        for fault in faults
        if not any(fault.trail[:length] in refused for length in range(1, len(fault.trail) + 1))
        and not (fault.kind.startswith("text_") and fault.trail in around)
    ]

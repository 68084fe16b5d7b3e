"""Units as words: ``person/year`` is people a year."""

from __future__ import annotations

from typing import Final

from acuerdo.core.text import Text, same

_WORDS: Final = {
    unit: Text(en, es)
    for unit, en, es in (
        ("person", "people", "personas"), ("firearm", "firearms", "armas"), ("dose", "doses", "dosis"),
        ("group", "groups", "grupos"), ("event", "events", "hechos"), ("usd", "dollars", "dólares"),
        ("mxn", "pesos", "pesos"), ("week", "weeks", "semanas"), ("month", "months", "meses"),
        ("quarter", "quarters", "trimestres"), ("year", "years", "años"),
    )
}  # fmt: skip
_PER: Final = {
    unit: Text(en, es)
    for unit, en, es in (
        ("week", "a week", "por semana"), ("month", "a month", "al mes"), ("quarter", "a quarter", "al trimestre"),
        ("year", "a year", "al año"), ("person/week", "per person and week", "por persona y semana"),
        ("usd", "per dollar", "por dólar"), ("person", "per person", "por persona"),
    )
}  # fmt: skip
_NONE: Final = Text("no unit", "sin unidad")


def worded(unit: str) -> Text:
    """A model's unit in words, as they follow a number; as it is written where no word is known.

    >>> worded("person/year").en, worded("1/week").es, worded("").en
    ('people a year', 'por semana', 'no unit')
    """
    if not unit:
        return _NONE
    above, _, below = unit.partition("/")
    if below and below in _PER and (above == "1" or above in _WORDS):
        per = _PER[below]
        return per if above == "1" else Text(f"{_WORDS[above].en} {per.en}", f"{_WORDS[above].es} {per.es}")
    return _WORDS.get(unit, same(unit))

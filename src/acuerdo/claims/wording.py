"""Figures and periods inside the sentences about a claim, as each language writes them."""

from __future__ import annotations

from typing import Final

from acuerdo.core.period import Period, PeriodKind, day_label
from acuerdo.core.text import LANGS, Text, same
from acuerdo.core.unit import UNITS, Unit

_MILLION: Final = 1e6
_MINUS: Final = "−"
_ARTICLES: Final = {
    PeriodKind.HALF: ("the ", "el "),
    PeriodKind.QUARTER: ("", "el "),
    PeriodKind.FISCAL_YEAR: ("", "el "),
}
# What reads by itself, without the name of its unit
_BARE: Final = {"ratio", "index", "index_base_100", "score", "rank", "tier"}


def filled(words: Text, /, **values: Text | str) -> Text:
    """Words with their places filled in, in both languages.

    >>> filled(Text("{n} in May", "{n} en mayo"), n=same("5")).es
    '5 en mayo'
    """
    both = {key: same(value) if isinstance(value, str) else value for key, value in values.items()}
    return Text(
        *(words.in_(lang).format(**{key: one.in_(lang) for key, one in both.items()}) for lang in LANGS)
    )


def joined(parts: list[Text], between: Text) -> Text:
    """Several clauses as one."""
    return Text(*(between.in_(lang).join(one.in_(lang) for one in parts) for lang in LANGS))


def listed(parts: list[Text]) -> Text:
    """Names with commas, and the language's "and" before the last.

    >>> listed([same("2021"), same("2022"), same("2023")]).es
    '2021, 2022 y 2023'
    """
    *most, last = parts
    if not most:
        return last
    return filled(Text("{most} and {last}", "{most} y {last}"), most=joined(most, same(", ")), last=last)


def shown(value: float, unit: Unit | None = None, *, decimals: int | None = None) -> Text:
    """A number as both countries write it: 36,773; 9.7%, in Spanish with a space that does not break.

    Args:
        decimals: Digits after the point; as many as the unit needs, if not given, and none of a whole number.

    >>> shown(36773.0, UNITS["deaths"]).en, shown(9.71, UNITS["percent"]).en
    ('36,773', '9.7%')
    """
    own = 0 if float(value).is_integer() else unit.decimals if unit else 2
    number = f"{value:,.{own if decimals is None else decimals}f}".replace("-", _MINUS)
    return (
        Text(f"{number}%", f"{number}\u00a0%") if unit is not None and unit.id == "percent" else same(number)
    )


def signed(value: float) -> Text:
    """A change in per cent, always with its sign."""
    written = shown(value, UNITS["percent"])
    return Text(f"+{written.en}", f"+{written.es}") if value > 0 else written


def with_unit(value: float, unit: Unit) -> Text:
    """A number with what it counts."""
    if unit.id == "usd" and abs(value) >= _MILLION:
        return with_unit(value / _MILLION, UNITS["usd_million"])
    number = shown(value, unit)
    if unit.id == "percent" or unit.id in _BARE:
        return number
    return filled(same("{number} {unit}"), number=number, unit=unit.label)


def named(period: Period) -> Text:
    """A period with its article: "2020", "el año fiscal 2020"."""
    article = "el " if period.kind in {PeriodKind.DAY, *_ARTICLES} else ""
    return Text(period.label("en"), f"{article}{period.label('es')}")


def which(period: Period) -> Text:
    """Which one it is of: "for 2020", "del año fiscal 2020"."""
    spanish = {PeriodKind.DAY: "del", PeriodKind.TWELVE_MONTHS_ENDING: "de los"}.get(
        period.kind, "del" if period.kind in _ARTICLES else "de"
    )
    return Text(f"for {period.label('en')}", f"{spanish} {period.label('es')}")


def during(period: Period) -> Text:
    """When, as part of a sentence: "in 2020", "on March 15, 2024"."""
    if period.kind is PeriodKind.DAY:
        return Text(f"on {day_label(period.start, 'en')}", f"el {day_label(period.start, 'es')}")
    label = Text(period.label("en"), period.label("es"))
    if period.kind is PeriodKind.TWELVE_MONTHS_ENDING:
        return filled(Text("in the {label}", "en los {label}"), label=label)
    english, spanish = _ARTICLES.get(period.kind, ("", ""))
    return Text(f"in {english}{label.en}", f"en {spanish}{label.es}")

"""Numbers, dates and names as each language writes them: English of the United States, Spanish of Mexico."""

from __future__ import annotations

from datetime import date
from functools import cache
from typing import Final

from babel import Locale
from babel.dates import format_date
from babel.lists import format_list
from babel.numbers import format_decimal

from acuerdo.core.period import Period, PeriodKind, day_label
from acuerdo.core.text import Lang, Text, per_cent, percent
from acuerdo.core.unit import Unit

LOCALES: Final[dict[Lang, Locale]] = {"en": Locale("en", "US"), "es": Locale("es", "MX")}
MINUS: Final = "−"
THIN: Final = "\u00a0"
_BIG = 1000


@cache
def _pattern(decimals: int) -> str:
    return "#,##0" + ("." + "0" * decimals if decimals else "")


@cache
def number(value: float, decimals: int, *, lang: Lang) -> str:
    """A number with grouped thousands and a true minus sign.

    >>> number(-34569.0, 0, lang="es")
    '−34,569'
    """
    written = format_decimal(
        value, format=_pattern(decimals), locale=LOCALES[lang], decimal_quantization=True
    )
    bare = written.lstrip("-")
    return bare if bare == written or not any(digit in bare for digit in "123456789") else MINUS + bare


def amount(value: float, unit: Unit, *, lang: Lang) -> str:
    """A value with as many digits as its unit needs, without the unit; none after the point of a large one."""
    whole = unit.decimals and abs(value) >= _BIG
    return number(value, 0 if whole else unit.decimals, lang=lang)


def measured(value: float, unit: Unit, *, lang: Lang) -> str:
    """A value with its unit: ``34,569 victims``, ``US$ 12.5``, ``25.8%``."""
    written, symbol = amount(value, unit, lang=lang), unit.symbol.in_(lang)
    if symbol.startswith(("US$ (", "US$ m", "MXN")) or symbol == "US$":
        return f"{symbol}{THIN}{written}"
    if symbol == "%":
        return per_cent(written).in_(lang)
    if unit.dimension in {"score", "rank", "tier", "index", "ratio", "index_base_100"}:
        return written
    return f"{written}{THIN}{symbol}"


def change(ratio: float, lang: Lang, *, decimals: int = 1) -> str:
    """A relative change in per cent, always with its sign; from a hundred on without decimals.

    >>> change(-0.0871, "en")
    '−8.7%'
    """
    percent = ratio * 100
    written = number(percent, 0 if abs(percent) >= 100 else decimals, lang=lang)
    sign = "+" if percent > 0 and any(digit in written for digit in "123456789") else ""
    return per_cent(f"{sign}{written}").in_(lang)


def share(part: float | None) -> Text | None:
    """A part of one as whole per cent; None where it is not known."""
    return None if part is None else percent(part)


def difference(value: float, unit: Unit, *, lang: Lang) -> str:
    """A difference with its sign; of shares, in percentage points."""
    written = number(value, unit.decimals, lang=lang)
    sign = "+" if value > 0 and any(digit in written for digit in "123456789") else ""
    points = {"en": f"{THIN}pts", "es": f"{THIN}pp"}[lang] if unit.id == "percent" else ""
    return f"{sign}{written}{points}"


def day(on: date, lang: Lang) -> str:
    """A day in full."""
    return day_label(on, lang)


@cache
def short_day(on: date, lang: Lang) -> str:
    """A day in short: ``Oct 8, 2021``, ``8 oct 2021``."""
    return format_date(on, format="medium" if lang == "en" else "d MMM y", locale=LOCALES[lang]).replace(
        ".", ""
    )


def period(of: Period, lang: Lang) -> str:
    """A period in words."""
    return of.label(lang)


@cache
def short_period(of: Period, lang: Lang) -> str:
    """A period for a narrow column: ``FY2021``, ``12 m to Dec 2020``, ``Jan 2021``."""
    month = format_date(of.end, format="MMM y", locale=LOCALES[lang]).replace(".", "")
    match of.kind:
        case PeriodKind.MONTH:
            return month
        case PeriodKind.DAY:
            return short_day(of.end, lang)
        case PeriodKind.FISCAL_YEAR:
            return f"FY{of.end.year}" if lang == "en" else f"AF {of.end.year}"
        case PeriodKind.TWELVE_MONTHS_ENDING:
            return f"12{THIN}m to {month}" if lang == "en" else f"12{THIN}m a {month}"
        case PeriodKind.HALF:
            half = (of.end.month - 1) // 6 + 1
            return f"H{half} {of.end.year}" if lang == "en" else f"{half}.º sem. {of.end.year}"
        case PeriodKind.QUARTER:
            quarter = (of.end.month - 1) // 3 + 1
            return f"Q{quarter} {of.end.year}" if lang == "en" else f"{quarter}.º trim. {of.end.year}"
        case _:
            return of.label(lang)


def short_period_text(of: Period) -> Text:
    """The same in both languages."""
    return Text(en=short_period(of, "en"), es=short_period(of, "es"))


def during(of: Period, lang: Lang) -> str:
    """A period with the preposition that it takes in a sentence.

    >>> during(Period.parse("2021-04-21"), "en"), during(Period.parse("12M-2020-12"), "es")
    ('on April 21, 2021', 'en los doce meses a diciembre de 2020')
    """
    label = period(of, lang)
    match of.kind:
        case PeriodKind.DAY:
            return f"on {label}" if lang == "en" else f"al {label}"
        case PeriodKind.TWELVE_MONTHS_ENDING:
            month = period(Period.month(of.end.year, of.end.month), lang)
            return f"in the 12 months to {month}" if lang == "en" else f"en los doce meses a {month}"
        case PeriodKind.HALF | PeriodKind.QUARTER if lang == "es":
            return f"en el {label}"
        case PeriodKind.HALF if lang == "en":
            return f"in the {label}"
        case _:
            return f"in {label}" if lang == "en" else f"en {label}"


def during_text(of: Period) -> Text:
    """The same in both languages."""
    return Text(en=during(of, "en"), es=during(of, "es"))


def listed(names: tuple[str, ...], lang: Lang) -> str:
    """Names with commas and the language's "and"."""
    return format_list(names, locale=LOCALES[lang])


def plain(value: object, lang: Lang) -> str:
    """A value inside a sentence."""
    match value:
        case Text():
            return value.in_(lang)
        case Period():
            return period(value, lang)
        case date():
            return day(value, lang)
        case bool():
            return str(value)
        case int():
            return number(float(value), 0, lang=lang)
        case tuple():
            return listed(tuple(plain(one, lang) for one in value), lang)
        case _:
            return str(value)


def axis_number(value: float, lang: Lang) -> str:
    """A value on an axis: as few digits as say it, millions as such."""
    size, tail = (1e6, {"en": "M", "es": f"{THIN}M"}[lang]) if abs(value) >= 1e6 else (1.0, "")
    short = value / size
    decimals = next((digits for digits in (0, 1, 2) if abs(short - round(short, digits)) < 1e-9), 3)
    return number(short, decimals, lang=lang) + tail

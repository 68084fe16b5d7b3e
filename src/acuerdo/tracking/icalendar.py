"""Deadlines as an iCalendar file that any calendar can read.

Reference:
    RFC 5545, Internet Calendaring and Scheduling Core Object Specification: 3.1 folding, 3.3.11 escaping,
    3.6.1 events; RFC 7986 for NAME and the calendar's own description.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, timedelta

from acuerdo.core.text import Lang, Text
from acuerdo.tracking.codebook import codebook
from acuerdo.tracking.deadlines import Duty

_LINE = 75
_NAME = Text("Duties of the agreement", "Deberes del acuerdo")
_DUE = Text("Due", "Vence")


def icalendar(duties: Iterable[Duty], lang: Lang) -> str:
    """A calendar with one all-day event on the last day of each deadline.

    The stamp of an event is the day of the judgement, not that of the writing, so that equal evidence gives equal
    bytes.

    Args:
        duties: Deadlines and rounds.
        lang: Language of the summaries.

    Returns:
        The file's text, lines ended by CRLF and folded at 75 octets.
    """
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        f"PRODID:-//Acuerdo//Acuerdo//{lang.upper()}",
        "CALSCALE:GREGORIAN",
        f"NAME:{escaped(_NAME.in_(lang))}",
        *(line for duty in duties for line in _event(duty, lang)),
        "END:VCALENDAR",
    ]
    return "".join(f"{folded(line)}\r\n" for line in lines)


def _event(duty: Duty, lang: Lang) -> Iterator[str]:
    day = duty.due.end
    yield "BEGIN:VEVENT"
    yield f"UID:{duty.item.framework}.{duty.item.id}.{duty.due.code}@acuerdo"
    yield f"DTSTAMP:{_basic(duty.as_of)}T000000Z"
    yield f"DTSTART;VALUE=DATE:{_basic(day)}"
    yield f"DTEND;VALUE=DATE:{_basic(day + timedelta(days=1))}"
    yield f"SUMMARY;LANGUAGE={lang}:{escaped(duty.item.title.in_(lang))}"
    yield f"DESCRIPTION;LANGUAGE={lang}:{escaped(_description(duty, lang))}"
    yield f"CATEGORIES:{duty.item.framework}"
    yield "TRANSP:TRANSPARENT"
    yield "END:VEVENT"


def _description(duty: Duty, lang: Lang) -> str:
    told = codebook().timeliness(duty.timeliness, duty.days).in_(lang)
    done = f" ({duty.done.label(lang)})" if duty.done else ""
    return f"{_DUE.in_(lang)}: {duty.due.label(lang)}\n{told}{done}"


def _basic(day: date) -> str:
    return day.strftime("%Y%m%d")


def escaped(text: str) -> str:
    """A text value: backslash, semicolon, comma and line break marked off."""
    for plain, marked in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\r\n", "\\n"), ("\n", "\\n")):
        text = text.replace(plain, marked)
    return text


def folded(line: str) -> str:
    """A content line in pieces of at most 75 octets, never cut inside a character."""
    pieces: list[str] = []
    piece, room = "", _LINE
    for character in line:
        size = len(character.encode())
        if size > room:
            pieces.append(piece)
            piece, room = "", _LINE - 1  # the space that marks a continued line counts
        piece += character
        room -= size
    return "\r\n ".join([*pieces, piece])

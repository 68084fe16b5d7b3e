"""The calendar file, read back by a second reader that follows RFC 5545 by its letter."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from acuerdo.core.text import LANGS, Lang
from acuerdo.tracking.coding import codes
from acuerdo.tracking.deadlines import duties
from acuerdo.tracking.icalendar import escaped, folded, icalendar

DUTIES = duties(codes(None, as_of=date(2026, 11, 22)))
# What may stand in a text value: no control characters but the tab and the line break (3.3.11).
TEXTS = st.text(st.characters(exclude_categories=("Cc", "Cs")) | st.sampled_from("\t\n,;\\"))


def unfolded(text: str) -> list[str]:
    assert text.endswith("\r\n")
    assert "\n" not in text.replace("\r\n", "")
    for line in text.split("\r\n"):
        assert len(line.encode()) <= 75
    return re.sub("\r\n[ \t]", "", text).split("\r\n")[:-1]


def unescaped(value: str) -> str:
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value, flags=re.DOTALL)


def events(text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = []
    for line in unfolded(text):
        name, _, value = line.partition(":")
        if line == "BEGIN:VEVENT":
            found.append({})
        elif found:
            found[-1].setdefault(name.partition(";")[0], value)
    return found


@given(TEXTS)
def test_a_text_comes_back_as_it_was(text: str) -> None:
    assert unescaped(escaped(text)) == text
    assert not re.search(r"(?<!\\)(?:\\\\)*[,;\n]", escaped(text))


@given(TEXTS)
def test_a_folded_line_comes_back_as_it_was(text: str) -> None:
    line = f"SUMMARY:{escaped(text)}"
    assert unfolded(f"{folded(line)}\r\n") == [line]


@pytest.mark.parametrize("lang", LANGS)
def test_every_duty_is_an_all_day_event_on_its_last_day(lang: Lang) -> None:
    found = events(icalendar(DUTIES, lang))
    assert len(found) == len(DUTIES) >= 8
    for duty, event in zip(DUTIES, found, strict=True):
        assert unescaped(event["SUMMARY"]) == duty.item.title.in_(lang)
        assert event["DTSTART"] == duty.due.end.strftime("%Y%m%d")
        assert event["DTEND"] == (duty.due.end + timedelta(days=1)).strftime("%Y%m%d")
        assert event["DTSTAMP"] == "20261122T000000Z"
    assert len({event["UID"] for event in found}) == len(found)


def test_the_calendar_begins_and_ends_as_it_must() -> None:
    lines = unfolded(icalendar(DUTIES, "en"))
    assert lines[:2] == ["BEGIN:VCALENDAR", "VERSION:2.0"]
    assert lines[2].startswith("PRODID:")
    assert lines[-1] == "END:VCALENDAR"
    assert lines.count("BEGIN:VEVENT") == lines.count("END:VEVENT")


def test_days_overdue_are_told() -> None:
    told = [unescaped(event["DESCRIPTION"]) for event in events(icalendar(DUTIES, "es"))]
    assert any("vencido hace 691 días" in one for one in told)

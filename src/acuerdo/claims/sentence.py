"""The verdict in one sentence that a journalist could print, in both languages."""

from __future__ import annotations

from datetime import date
from typing import Final

from acuerdo.claims.reading import CAUSES, Reading
from acuerdo.claims.verdict import VERDICTS, Finding, Outcome
from acuerdo.claims.wording import filled, joined
from acuerdo.core.period import day_label
from acuerdo.core.text import Text, same

_MOST_AGAINST: Final = 2
_VERDICT: Final = same("{verdict}: {told}")
_DEPENDS: Final = Text("{verdict} on {causes}: {told}", "{verdict} de {causes}: {told}")
_ON_RECORD: Final = Text("on the record of {day}, {told}", "según lo que constaba al {day}, {told}")
_NOT_KEPT: Final = Text(
    "what was public on {day}, {occasion}, is not kept here",
    "aquí no se conserva lo que era público el {day}, {occasion}",
)
_THEN: Final = Text(
    "on the data of {day}, {occasion}, {told}",
    "con los datos del {day}, {occasion}, {told}",
)
_BUT: Final = Text("but {told}", "pero {told}")
_OTHERWISE: Final = Text("counted otherwise, {told}", "contado de otro modo, {told}")
_UNDERSTATES: Final = Text("the words understate it", "las palabras se quedan cortas")
_LED: Final = same("{lead} {told}")
_SOURCED: Final = same("{told} ({by})")
_ON_EDGE: Final = Text(
    "{told}, so near the limit that a small revision would tip it",
    "{told}, tan cerca del límite que una pequeña revisión lo cambiaría",
)
_AND: Final = Text(" and ", " y de ")


def sentence(outcome: Outcome, *, said: date, occasion: Text) -> Text:
    """The verdict, what it rests on, what speaks against it, and how it looked on the day it was said.

    Args:
        outcome: The verdict.
        said: The latest day on which the claim can have been made.
        occasion: What happened on that day, as far as known.
    """
    clauses = [_led(outcome), *_sides(outcome.shown), *_vintage(outcome, said=said, occasion=occasion)]
    whole = joined(clauses, same("; "))
    return Text(f"{whole.en.rstrip('.')}.", f"{whole.es.rstrip('.')}.")


def _figures(one: Reading, *, near: bool = True) -> Text:
    """The figures of a computation, without a full stop; that they are near the limit is said once."""
    told = Text(one.told.en.rstrip("."), one.told.es.rstrip("."))
    return filled(_ON_EDGE, told=told) if one.on_edge and near else told


def _sourced(one: Reading, told: Text) -> Text:
    """Words about a computation with whose figures they are."""
    if one.by is None:
        return told
    return filled(_SOURCED, told=told, by=Text(_bare(one.by.en), _bare(one.by.es)))


def _clause(one: Reading) -> Text:
    """A computation as a clause that can stand by itself."""
    told = _figures(one)
    return told if one.lead is None else filled(_LED, lead=one.lead, told=told)


def _led(outcome: Outcome) -> Text:
    words = VERDICTS[outcome.verdict]
    capital = Text(_capital(words.en), _capital(words.es))
    told = _sourced(outcome.shown.stated, _clause(outcome.shown.stated))
    if not outcome.depends_on:
        return filled(_VERDICT, verdict=capital, told=told)
    causes = joined([CAUSES[one] for one in outcome.depends_on], _AND)
    return filled(_DEPENDS, verdict=capital, causes=causes, told=told)


def _sides(finding: Finding) -> list[Text]:
    """What speaks against the words' own reading; else another baseline, and what the figure really is."""
    against = finding.against[:_MOST_AGAINST]
    found = [_against(one, near=not number) for number, one in enumerate(against)]
    found[:1] = [filled(_BUT, told=one) for one in found[:1]]
    others = [one for one in finding.readings[1:] if one.role == "baseline" and one.holds is not None]
    if not against and others:
        found.append(_against(others[0]))
    if not finding.stated.holds:
        found += [
            _sourced(one, _clause(one))
            for one in finding.readings[1:]
            if one.role == "shown" and one.cause == "definition" and one.holds
        ]
    if finding.stated.understates and not against:
        found.append(_UNDERSTATES)
    return found


def _against(one: Reading, *, near: bool = True) -> Text:
    """A computation beside the first, whose lead still holds."""
    told = _figures(one, near=near)
    return filled(_OTHERWISE, told=told) if one.role == "baseline" else _sourced(one, told)


def _vintage(outcome: Outcome, *, said: date, occasion: Text) -> list[Text]:
    then, now = outcome.then, outcome.now
    if outcome.verdict == "cannot_be_checked" or outcome.shown is then:
        return []
    day = Text(day_label(said, "en"), day_label(said, "es"))
    if then.standing == "unknown" and now.stated.figures:
        return [filled(_NOT_KEPT, day=day, occasion=occasion)]
    if then.stated.told == now.stated.told and then.standing == now.standing:
        return []
    words = _ON_RECORD if then.standing == "unknown" else _THEN
    return [filled(words, day=day, occasion=occasion, told=_clause(then.stated))]


def _bare(name: str) -> str:
    """A name as it can stand in brackets: its own brackets become a comma."""
    return name.replace(" (", ", ").replace(")", "")


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

"""The verdict in one sentence that a journalist could print, in both languages."""

from __future__ import annotations

from datetime import date

from acuerdo.claims.reading import CAUSES, Reading
from acuerdo.claims.verdict import VERDICTS, Finding, Outcome
from acuerdo.core.period import day_label
from acuerdo.core.text import Text

_MOST_AGAINST = 2
_CHECKED_WITHOUT_FIGURES = Text("on the record of {day}: {told}", "según lo que constaba al {day}: {told}")
_NO_VINTAGE = Text(
    "no vintage of {day}, the day it was said, is stored",
    "no se conserva ninguna versión de los datos del {day}, cuando se dijo",
)
_THEN = Text(
    "on the data of {day}, when it was said, {told}",
    "con los datos del {day}, cuando se dijo, {told}",
)
_AGAINST = {
    "measure": Text("but by {by}, {told}", "pero según {by}, {told}"),
    "baseline": Text("but counted otherwise, {told}", "pero contado de otro modo, {told}"),
}
_BUT = Text("but {told}", "pero {told}")
_OTHERWISE = Text("counted otherwise, {told}", "contado de otro modo, {told}")
_REALLY = Text("{told} ({by})", "{told} ({by})")
_UNDERSTATES = Text("the words understate it", "las palabras se quedan cortas")


def sentence(outcome: Outcome, *, said: date) -> Text:
    """The verdict, what it rests on, what speaks against it, and how it looked on the day it was said.

    Args:
        outcome: The verdict.
        said: The day on which the claim was made.
    """
    clauses = [_led(outcome), *_sides(outcome.shown), *_vintage(outcome, said=said)]
    english = "; ".join(one.en.rstrip(".") for one in clauses)
    spanish = "; ".join(one.es.rstrip(".") for one in clauses)
    return Text(f"{english}.", f"{spanish}.")


def _led(outcome: Outcome) -> Text:
    stated = outcome.shown.stated
    words = VERDICTS[outcome.verdict]
    causes = [CAUSES[one] for one in outcome.depends_on]
    on = (
        (" on " + " and ".join(one.en for one in causes), " de " + " y de ".join(one.es for one in causes))
        if causes
        else ("", "")
    )
    by = (f"{stated.by.en}, ", f"{stated.by.es}, ") if stated.by else ("", "")
    return Text(
        f"{_capital(words.en)}{on[0]}: {by[0]}{stated.told.en}",
        f"{_capital(words.es)}{on[1]}: {by[1]}{stated.told.es}",
    )


def _sides(finding: Finding) -> list[Text]:
    """What speaks against the words' own reading; else another baseline, and what the figure really is."""
    against = finding.against[:_MOST_AGAINST]
    found = [_filled(_AGAINST.get(one.role, _OTHERWISE), one) for one in against]
    if not against:
        others = [one for one in finding.readings[1:] if one.role == "baseline" and one.holds is not None]
        found += [_filled(_OTHERWISE, one) for one in others[:1]]
    if not finding.stated.holds:
        really = [
            one
            for one in finding.readings[1:]
            if one.role == "shown" and one.cause == "definition" and one.holds
        ]
        found += [_filled(_REALLY, one) for one in really]
    if finding.stated.understates and not against:
        found.append(_UNDERSTATES)
    return found


def _vintage(outcome: Outcome, *, said: date) -> list[Text]:
    then, now = outcome.then, outcome.now
    if outcome.verdict == "cannot_be_checked" or outcome.shown is then:
        return []
    if then.standing == "unknown":
        if now.stated.figures:
            return [_dated(_NO_VINTAGE, said, reading=then.stated)]
        return [_dated(_CHECKED_WITHOUT_FIGURES, said, reading=then.stated)]
    if then.stated.told == now.stated.told and then.standing == now.standing:
        return []
    return [_dated(_THEN, said, reading=then.stated)]


def _filled(words: Text, reading: Reading) -> Text:
    if reading.by is None:
        words = _BUT
        return Text(words.en.format(told=reading.told.en), words.es.format(told=reading.told.es))
    return Text(
        words.en.format(by=reading.by.en, told=reading.told.en),
        words.es.format(by=reading.by.es, told=reading.told.es),
    )


def _dated(words: Text, day: date, *, reading: Reading) -> Text:
    return Text(
        words.en.format(day=day_label(day, "en"), told=reading.told.en),
        words.es.format(day=day_label(day, "es"), told=reading.told.es),
    )


def _capital(words: str) -> str:
    return words[:1].upper() + words[1:]

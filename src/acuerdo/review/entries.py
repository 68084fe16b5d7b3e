"""The pieces that several kinds of page share: references, titles, states, the row of an indicator."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any, Final

from acuerdo.core.text import LANGS, Text, same
from acuerdo.indicators.indicator import DIRECTIONS, VINTAGE_RULES
from acuerdo.indicators.value import Value
from acuerdo.review import writing
from acuerdo.review.charts.spark import Spark
from acuerdo.review.dossier import Dossier
from acuerdo.review.page import Amount, Change, Column, Link, Short, Small, State, Table
from acuerdo.review.reading import Comparison, Reading, comparisons, firm, middle, stretches
from acuerdo.review.wording import say
from acuerdo.spec.commitment import Commitment, Recurring
from acuerdo.spec.model import Framework
from acuerdo.spec.source import ABSENCES, Withheld
from acuerdo.spec.timing import Timing, timings
from acuerdo.tracking.codebook import Timeliness, codebook
from acuerdo.tracking.timeliness import timeliness

TIMELINESS_SIGNS: Final[dict[Timeliness, str]] = {
    "on_time": "kept",
    "late": "late",
    "overdue": "no_evidence",
    "cannot_tell": "no_evidence",
    "not_due": "pending",
    "no_deadline": "pending",
    "deadline_not_public": "pending",
}
MEETING_SIGNS: Final = {
    "held": "held",
    "not_held": "not_held",
    "outcome_not_found": "not_found",
    "due_none_found": "not_found",
}


def refs(framework: Framework, keys: Iterable[str]) -> tuple[Link, ...]:
    """The sources of a statement, each leading to its entry in the list of references."""
    found: list[Link] = []
    for key in keys:
        ref = framework.references[key]
        dated = (
            (lambda lang, ref=ref: f", {writing.short_period(ref.date, lang)}")
            if ref.date
            else (lambda _: "")
        )
        text = Text(*(f"{ref.publisher}{dated(lang)}" for lang in LANGS))
        found.append(Link(text, f"documents#{key}"))
    return tuple(found)


def title(framework: Framework, given: Text | Withheld) -> Text:
    """A title; where it is not public, what is missing and why."""
    if isinstance(given, Text):
        return given
    absent = framework.unavailable.get(given.not_public)
    return say("value.title_absent", why=ABSENCES[absent.why]) if absent else say("value.title_not_public")


def numbered(number: str | None, text: Text) -> Text:
    """A title with its number before it."""
    return Text(*(f"{number} {text.in_(lang)}" for lang in LANGS)) if number else text


def structure_names(framework: Framework) -> dict[str, tuple[Text, str]]:
    """Name and page of every goal, area and objective."""
    found: dict[str, tuple[Text, str]] = {}
    for goal in framework.goals.values():
        found[goal.id] = (numbered(goal.number, title(framework, goal.title)), f"goals/{goal.id}")
        for objective in goal.objectives.values():
            found[objective.id] = (
                numbered(objective.number, title(framework, objective.title)),
                f"objectives/{objective.id}",
            )
        for area in goal.areas.values():
            found[area.id] = (
                numbered(area.number, title(framework, area.title)),
                f"goals/{goal.id}#{area.id}",
            )
            for objective in area.objectives.values():
                found[objective.id] = (
                    numbered(objective.number, title(framework, objective.title)),
                    f"objectives/{objective.id}",
                )
    return found


def structure_links(framework: Framework, ids: Iterable[str]) -> list[Link]:
    """Goals, areas and objectives, each leading to its page."""
    names = structure_names(framework)
    return [Link(*names[one]) for one in ids if one in names]


def judged(dossier: Dossier, commitment: Commitment) -> tuple[Timing, ...]:
    """How a commitment's deadlines were met on the day of the review.

    By the coded statements; in a framework that nobody coded, by the record in its own file.
    """
    code = dossier.standing.codes.get(commitment.id)
    return code.rounds if code else timings(dossier.framework, commitment, as_of=dossier.day)


def met(dossier: Dossier, commitment: Commitment) -> list[dict[str, Any]]:
    """How each deadline of a commitment was met; of a recurring one also which deadline it is."""
    recurs = isinstance(commitment.deadline, Recurring)
    return [
        {"state": timing_state(one, as_of=dossier.day), "due": one.due if recurs else None}
        for one in judged(dossier, commitment)
    ]


def timing_state(timing: Timing, *, as_of: date) -> State:
    """How one deadline was met; without a deadline, when it was done."""
    if timing.outcome in {"no_deadline", "deadline_not_public"} and timing.done is not None:
        return State("done", say(f"timing.done_{timing.outcome}", day=timing.done))
    return timeliness_state(*timeliness(timing, as_of=as_of))


def timeliness_state(code: Timeliness, days: int | None) -> State:
    """A code of timeliness with its sign, in the words of the codebook."""
    return State(TIMELINESS_SIGNS[code], codebook().timeliness(code, days))


def source_line(dossier: Dossier, values: Sequence[Value]) -> tuple[Any, ...]:
    """Who published the figures, as known on which day, with a link to each source."""
    ids = sorted({release.partition("/")[0] for value in values for release in value.releases})
    newest = max((value.known_from for value in values if value.value is not None), default=None)
    links = tuple(Link(_source_name(dossier, one), f"sources#{one}") for one in ids if one in dossier.sources)
    known = (say("chart.as_known", day=newest),) if newest else ()
    return (say("chart.source"), *_separated(links), *known) if links else known


def _separated(links: tuple[Link, ...]) -> tuple[Link, ...]:
    last = len(links) - 1
    return tuple(
        Link(Text(*(link.text.in_(lang) + (";" if number < last else ".") for lang in LANGS)), link.to)
        for number, link in enumerate(links)
    )


def _source_name(dossier: Dossier, source_id: str) -> Text:
    about = dossier.sources[source_id].about
    return Text(*(f"{about.publisher.in_(lang)}, {about.title.in_(lang)}" for lang in LANGS))


INDICATOR_COLUMNS: Final = ("indicator", "spark", "baseline", "latest", "change", "other")


def indicator_table(readings: Sequence[Reading], caption: Text) -> Table:
    """Indicators with their line, baseline, latest value, and change against two baselines."""
    numeric = {"baseline", "latest", "change", "other"}
    columns = tuple(Column(key, say(f"table.{key}"), key in numeric) for key in INDICATOR_COLUMNS)
    return Table(caption=caption, columns=columns, rows=[indicator_row(one) for one in readings], stacks=True)


def indicator_row(reading: Reading) -> dict[str, Any]:
    """One indicator of such a table."""
    indicator = reading.indicator
    found = comparisons(reading)
    stated = bool(found) and found[0].baseline is indicator.baseline
    first, others = (found[0], found[1:]) if stated else (None, found)
    other = next((one for one in others if one.difference is not None), None)
    latest = reading.latest
    return {
        "indicator": (Link(indicator.short, f"indicators/{indicator.id}"), _unit_and_direction(reading)),
        "spark": small_line(reading),
        "baseline": _dated_amount(first.before if first else None),
        "latest": _latest((first.after if first else None) or latest, reading),
        "change": changed(first, reading) if first else None,
        "other": (Change(other.ratio, other.difference, reading.unit), _against(other)) if other else None,
    }


def _unit_and_direction(reading: Reading) -> Text:
    unit, direction = reading.unit.label, DIRECTIONS[reading.indicator.direction]
    return Text(*(f"{unit.in_(lang)} · {direction.in_(lang)}" for lang in LANGS))


def _dated_amount(value: Value | None) -> tuple[Any, ...] | None:
    if value is None or value.value is None:
        return None
    return (
        Amount(value.value, value.unit, with_unit=value.unit.id == "percent", firm=firm(value)),
        Short(value.period),
    )


def _latest(value: Value | None, reading: Reading) -> tuple[Any, ...] | None:
    """The latest value; where its period ended before the framework began, said to be older."""
    written = _dated_amount(value)
    if written is None or value is None or value.period.end >= reading.launched:
        return written
    return (*written, say("value.before_launch"))


def changed(one: Comparison, reading: Reading) -> Change | Text:
    """The change from a baseline; where the latest value is the baseline's own, that there is no later one."""
    if one.before is not None and one.after is not None and one.before.period == one.after.period:
        return say("value.no_later")
    return Change(one.ratio, one.difference, reading.unit)


def _against(one: Comparison) -> Text:
    rule = "" if one.baseline.vintage == "latest" else "_rule"
    named = VINTAGE_RULES[one.baseline.vintage]
    period = Text(*(writing.short_period(one.baseline.period, lang) for lang in LANGS))
    return say(f"table.against{rule}", period=period, rule=named)


def at(value: Value) -> float:
    """Where a value stands in time."""
    return float(middle(value.period).toordinal())


def spark_parts(values: tuple[Value, ...]) -> tuple[tuple[tuple[float, float], ...], ...]:
    """The stretches of a small line; between two there is no value."""
    return tuple(tuple((at(one), one.value or 0.0) for one in part) for part in stretches(values))


def small_line(reading: Reading) -> Small | None:
    """The shape of an indicator from its earliest baseline on."""
    since = min((one.baseline.period.start for one in comparisons(reading)), default=date.min)
    values = tuple(one for one in reading.national if one.period.start >= since)
    known = [one for one in values if one.value is not None]
    if not known:
        return None
    period = reading.indicator.baseline.period
    line = Spark(
        parts=spark_parts(values),
        baseline=next(
            ((at(one), one.value) for one in known if one.period == period and one.value is not None), None
        ),
        since=reading.launched.toordinal(),
        hollow_end=not firm(known[-1]),
    )
    unit = reading.unit
    text = Text(
        *(
            say(
                "chart.from_to",
                title=reading.indicator.short,
                first=writing.measured(known[0].value or 0.0, unit, lang=lang),
                start=known[0].period,
                last=writing.measured(known[-1].value or 0.0, unit, lang=lang),
                end=known[-1].period,
            ).in_(lang)
            for lang in LANGS
        )
    )
    return Small(line, text)


def foreign_name(dossier: Dossier, pointer: str) -> Text:
    """The name of a goal, an area or an objective of any framework, after the framework's own."""
    framework_id, _, key = pointer.rpartition(":")
    framework = dossier.others.get(framework_id, dossier.framework)
    name = structure_names(framework).get(key)
    if name is None:
        return same(pointer)
    return Text(*(f"{framework.short_name.in_(lang)}: {name[0].in_(lang)}" for lang in LANGS))


def anchor(sha256: str) -> str:
    """The anchor of a file on the page of sources."""
    return f"file-{sha256[:16]}"

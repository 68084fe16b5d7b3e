"""One page per indicator: what it counts, how it moved, how it was revised, what else measures the same."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.core.text import Text, same
from acuerdo.indicators.attributes import ATTRIBUTES, MET, Answer
from acuerdo.indicators.indicator import DIRECTIONS, KINDS, VINTAGE_RULES
from acuerdo.review.dossier import Dossier, public_on
from acuerdo.review.entries import anchor, changed, structure_links
from acuerdo.review.geography import by_state, multiples
from acuerdo.review.outlooks import outlook
from acuerdo.review.page import Amount, Change, Code, Link, Page, Short, State, Table, headed
from acuerdo.review.pictures import over_time, revised, rivals
from acuerdo.review.reading import BY_DIFFERENCE, Reading, comparisons, firm, revisions
from acuerdo.review.wording import say
from acuerdo.review.writing import change, during_text, measured

_MET_SIGNS = {"yes": "kept", "partly": "late", "no": "no_evidence"}
_MOST_REVISIONS = 24


def pages(dossier: Dossier) -> Iterator[Page]:
    """The pages of the indicators that speak to the framework."""
    for reading in dossier.readings.values():
        yield _page(dossier, reading)


def _page(dossier: Dossier, reading: Reading) -> Page:
    indicator = reading.indicator
    known = bool(reading.known_national)
    found = revisions(reading)
    return Page(
        kind="indicator",
        path=f"indicators/{indicator.id}",
        title=dossier.as_written(indicator.title) or indicator.short,
        summary=_summary(dossier, reading),
        label=say("indicator.label", kind=KINDS[indicator.kind]),
        parents=(Link(say("nav.indicators"), "indicators/index"),),
        content={
            "country": indicator.country,
            "facts": _facts(dossier, reading),
            "series": over_time(dossier, reading) if known else None,
            "outlook": outlook(dossier, reading),
            "rivals": rivals(dossier, reading) if known else None,
            "rival_links": _links(dossier, indicator.rivals),
            "map": by_state(dossier, reading),
            "multiples": [
                {"name": one.name, "line": one.line, "latest": one.latest, "period": one.period}
                for one in multiples(reading)
            ],
            "baselines": _baselines(dossier, reading),
            "only_baseline": dossier.as_written(indicator.only_baseline) if indicator.only_baseline else None,
            "revisions": revised(dossier, reading, found=found) if found else None,
            "revision_table": _revision_table(reading, found) if found else None,
            "vintages": len(reading.history),
            "definition": dossier.as_written(indicator.definition),
            "caveats": [one for one in indicator.caveats if dossier.as_written(one)],
            "attributes": _attributes(dossier, reading),
            "sources": _sources(dossier, reading),
        },
    )


def _summary(dossier: Dossier, reading: Reading) -> Text:
    first = next(iter(comparisons(reading)), None)
    latest = (first.after if first else None) or reading.latest
    short = reading.indicator.short
    if latest is None or latest.value is None:
        return say("indicator.nothing", day=dossier.day)
    now = {"short": short, "period": during_text(latest.period), "value": _written(latest.value, reading)}
    if len(reading.known_national) == 1:
        return say("indicator.summary_only", **now)
    if first is None or first.before is None or first.before.value is None or first.difference is None:
        return say("indicator.summary_latest", **now)
    then = {"base": during_text(first.before.period), "before": _written(first.before.value, reading)}
    if first.ratio is None or reading.unit.id in BY_DIFFERENCE:
        return say("indicator.summary_level", **now, **then)
    kind = "same" if abs(first.ratio) < 5e-4 else "rose" if first.ratio > 0 else "fell"
    then["change"] = _size(first.ratio)
    return say(f"indicator.summary_{kind}", **now, **then)


def _written(value: float, reading: Reading) -> Text:
    return Text(measured(value, reading.unit, lang="en"), measured(value, reading.unit, lang="es"))


def _size(ratio: float) -> Text:
    return Text(change(abs(ratio), "en").lstrip("+"), change(abs(ratio), "es").lstrip("+"))


def _facts(dossier: Dossier, reading: Reading) -> list[tuple[Text, Any]]:
    indicator = reading.indicator
    latest = reading.latest
    own = [
        one.partition(":")[2] for one in indicator.objectives if one.partition(":")[0] == dossier.framework.id
    ]
    rows: list[tuple[Text, Any]] = [
        (say("indicator.kind"), KINDS[indicator.kind]),
        (say("indicator.direction"), DIRECTIONS[indicator.direction]),
        (say("indicator.unit"), reading.unit.label),
        (say("indicator.speaks_to"), structure_links(dossier.framework, own)),
    ]
    if indicator.companion:
        rows.append((say("indicator.companion"), _links(dossier, (indicator.companion,))))
    if latest is not None:
        rows.append(
            (
                say("indicator.latest"),
                (Amount(latest.value, latest.unit, with_unit=True, firm=firm(latest)), latest.period),
            )
        )
        rows.append((say("indicator.known_from"), Short(latest.known_from)))
    rows.append((say("indicator.vintages"), len(reading.history)))
    rows.append((say("indicator.attributes_met"), say("indicator.of_nine", n=_met(dossier, reading))))
    rows.append((say("indicator.id"), Code(indicator.id)))
    return rows


def _links(dossier: Dossier, ids: tuple[str, ...]) -> tuple[Link, ...]:
    return tuple(
        Link(dossier.readings[one].indicator.short, f"indicators/{one}")
        for one in ids
        if one in dossier.readings
    )


def _baselines(dossier: Dossier, reading: Reading) -> Table:
    numeric = {"before", "after", "change"}
    columns = ("baseline", "rule", "before", "latest_period", "after", "change", "reason")
    rows = []
    for one in comparisons(reading):
        after = one.after
        rows.append(
            {
                "baseline": (one.baseline.period, say("baseline.stated"))
                if one.baseline is reading.indicator.baseline
                else one.baseline.period,
                "rule": VINTAGE_RULES[one.baseline.vintage],
                "before": Amount(one.before.value if one.before else None, reading.unit),
                "latest_period": Short(after.period) if after else None,
                "after": Amount(
                    after.value if after else None, reading.unit, firm=firm(after) if after else True
                ),
                "change": changed(one, reading),
                "reason": dossier.as_written(one.baseline.reason),
            }
        )
    return Table(
        caption=say("baseline.caption", name=reading.indicator.short),
        columns=headed("baseline", *columns, numeric=numeric),
        rows=rows,
        stacks=True,
    )


def _revision_table(reading: Reading, found: Any) -> Table:
    numeric = {"first", "last", "change", "times"}
    columns = ("period", "first", "first_on", "last", "last_on", "change", "times")
    return Table(
        caption=say("revisions.table", n=min(len(found), _MOST_REVISIONS), total=len(found)),
        columns=headed("revisions", *columns, numeric=numeric),
        rows=[
            {
                "period": one.period,
                "first": Amount(one.first.value, reading.unit, firm=firm(one.first)),
                "first_on": Short(one.first.known_from),
                "last": Amount(one.last.value, reading.unit, firm=firm(one.last)),
                "last_on": Short(one.last.known_from),
                "change": Change(one.ratio, one.difference, reading.unit),
                "times": one.times,
            }
            for one in found[:_MOST_REVISIONS]
        ],
        stacks=True,
    )


def _answers(dossier: Dossier, reading: Reading) -> dict[str, Answer]:
    """The answers that could have been given on the day of the review."""
    answers = reading.indicator.answers.items()
    return {name: one for name, one in answers if one.known_from is None or one.known_from <= dossier.day}


def _met(dossier: Dossier, reading: Reading) -> int:
    """How many attributes it had in full, as far as one could say so on the day of the review."""
    return sum(one.met == "yes" for one in _answers(dossier, reading).values())


def _attributes(dossier: Dossier, reading: Reading) -> Table:
    return Table(
        caption=say("attributes.caption"),
        columns=headed("attributes", "attribute", "met", "why"),
        rows=[
            {
                "attribute": ATTRIBUTES[name],
                "met": State(_MET_SIGNS[answer.met], MET[answer.met]),
                "why": dossier.as_written(answer.why),
            }
            for name, answer in _answers(dossier, reading).items()
        ],
        stacks=True,
    )


def _sources(dossier: Dossier, reading: Reading) -> Table | None:
    """Every published file that the figures of this page rest on, of the day and of the earlier vintages."""
    vintages = (reading.series, *reading.history)
    used = {release for series in vintages for value in series.values for release in value.releases}
    found = [one for one in dossier.releases if one.id in used]
    if not found:
        return None
    return Table(
        caption=say("indicator.sources_caption", n=len(found)),
        columns=headed("sources", "file", "publisher", "published", "hash"),
        rows=[
            {
                "file": Link(same(one.name), f"sources#{anchor(one.sha256)}"),
                "publisher": one.publisher,
                "published": (Short(public_on(one, dossier.day)), one.published.basis.label),
                "hash": Code(one.sha256),
            }
            for one in found
        ],
        stacks=True,
    )

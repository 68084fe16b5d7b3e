"""The audit view: the auditor's checklist of every objective, and the same record as a MIR and a results framework."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from acuerdo.core.period import Period
from acuerdo.core.text import same
from acuerdo.indicators.attributes import MET, Met
from acuerdo.indicators.value import Value
from acuerdo.review import promise
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import structure_names, title
from acuerdo.review.page import Amount, Column, Link, Page, Short, State, Table, headed
from acuerdo.review.reading import Reading, comparisons, firm
from acuerdo.review.wording import say
from acuerdo.tracking.audit import PRACTICES, Audit, Check
from acuerdo.tracking.matrix import MirRow, ResultsRow

_SIGNS: Final[dict[Met, str]] = {"yes": "kept", "partly": "late", "no": "not_held"}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of the audit."""
    audits = dossier.standing.audits
    counts = Counter(check.met for one in audits for check in one.checks)
    yield Page(
        kind="audit",
        path="audit",
        title=say("audit.title"),
        summary=say(
            "audit.summary", n=counts.total(), objectives=len(audits), yes=counts["yes"],
            partly=counts["partly"], no=counts["no"],
        ),
        content={
            "legend": [(_SIGNS[key], words) for key, words in MET.items()],
            "grid": _grid(dossier),
            "reasons": [_reasons(dossier, one) for one in audits],
            "mir": _mir(dossier),
            "results": _results(dossier),
        },
    )  # fmt: skip


def _name(dossier: Dossier, one: Audit) -> Link:
    name, path = structure_names(dossier.framework)[one.objective.id]
    return Link(name, path)


def _grid(dossier: Dossier) -> Table | None:
    """Objectives by practices: met, in part or not."""
    if not dossier.standing.audits:
        return None
    return Table(
        caption=say("audit.grid_caption"),
        columns=(
            Column("objective", say("audit.objective")),
            *(Column(key, words) for key, words in PRACTICES.items()),
        ),
        rows=[
            {"objective": _name(dossier, one), **{check.practice: _state(check) for check in one.checks}}
            for one in dossier.standing.audits
        ],
        stacks=True,
    )


def _state(check: Check) -> State:
    return State(_SIGNS[check.met], check.met_label)


def _reasons(dossier: Dossier, one: Audit) -> dict[str, Any]:
    name = _name(dossier, one)
    return {
        "id": f"why-{one.objective.id}",
        "name": name,
        "table": Table(
            caption=say("audit.reasons_caption", name=name.text),
            columns=headed("audit", "practice", "met", "why"),
            rows=[
                {"practice": check.label, "met": _state(check), "why": dossier.as_written(check.why)}
                for check in one.checks
            ],
            stacks=True,
        ),
    }


def _mir(dossier: Dossier) -> Table | None:
    if not dossier.standing.mir:
        return None
    columns = ("level", "what", "indicator", "verification", "assumption")
    return Table(
        caption=say("audit.mir_caption", name=dossier.framework.short_name),
        columns=headed("audit", *columns),
        rows=[_mir_row(dossier, one) for one in dossier.standing.mir],
        stacks=True,
    )


def _mir_row(dossier: Dossier, one: MirRow) -> dict[str, Any]:
    names = structure_names(dossier.framework)
    code = dossier.standing.codes.get(one.id)
    if code is not None:
        told = [dossier.standing.statements[key] for key in one.verification]
        cell: Any = promise.level_state(code)
        where: Any = [Link(said.said_by, f"{promise.path(one.id)}#{said.id}") for said in told]
        what = promise.promise_link(code)
    else:
        cell = _indicators(dossier, one.indicators)
        where = [
            Link(dossier.sources[key].about.publisher, f"sources#{key}")
            for key in one.verification
            if key in dossier.sources
        ]
        what = Link(*names[one.id])
    return {
        "level": one.label,
        "what": what,
        "indicator": cell or say("audit.none_published"),
        "verification": where or say("audit.none_published"),
        "assumption": one.assumption,
    }


def _indicators(dossier: Dossier, ids: tuple[str, ...]) -> list[Link]:
    return [
        Link(dossier.readings[key].indicator.short, f"indicators/{key}")
        for key in ids
        if key in dossier.readings
    ]


def _results(dossier: Dossier) -> Table | None:
    rows = [_result(dossier, one) for one in dossier.standing.results]
    if not rows:
        return None
    columns = ("goal", "objective", "measure", "baseline", "target", "result", "kept")
    return Table(
        caption=say("audit.results_caption", name=dossier.framework.short_name),
        columns=headed("audit", *columns, numeric=("kept",)),
        rows=rows,
        stacks=True,
    )


def _valued(value: Value | None, period: Period | None, *, reading: Reading | None) -> Any:
    """A value with its unit and period; the period alone of one that is not known."""
    if value is None or reading is None:
        return (period, say("value.none")) if period else None
    return (Amount(value.value, reading.unit, with_unit=True, firm=firm(value)), Short(value.period))


def _result(dossier: Dossier, one: ResultsRow) -> dict[str, Any]:
    names = structure_names(dossier.framework)
    reading = dossier.readings.get(one.indicator or "")
    first = next(iter(comparisons(reading)), None) if reading else None
    goal = dossier.framework.goals[one.goal]
    return {
        "goal": title(dossier.framework, goal.title) if not goal.number else same(goal.number),
        "objective": Link(*names[one.objective]),
        "measure": Link(reading.indicator.short, f"indicators/{reading.indicator.id}") if reading else None,
        "baseline": _valued(first.before, first.baseline.period, reading=reading) if first else None,
        "target": dossier.as_written(one.target),
        "result": _valued(first.after, None, reading=reading) if first else None,
        "kept": say("audit.kept_of", n=one.kept[0], total=one.kept[1]),
    }

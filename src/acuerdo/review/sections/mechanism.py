"""One page per mechanism model: equations, assumptions with sources, what it reproduces, what the data decide."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.text import LANGS, Text, same
from acuerdo.foresight import kept
from acuerdo.foresight.declaring import ASSUMED
from acuerdo.foresight.notation import symbol, titled
from acuerdo.foresight.playbook import plays
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import numbered, title
from acuerdo.review.foreseen import amount, measured, with_unit
from acuerdo.review.foretold import foretold
from acuerdo.review.formulas import formulas
from acuerdo.review.page import Letter, Link, Page, State, Table, headed
from acuerdo.review.profiled import profiles
from acuerdo.review.wording import say
from acuerdo.review.writing import number

if TYPE_CHECKING:
    from acuerdo.foresight.model import Constant, Input, Model, Parameter
    from acuerdo.spec.model import Framework


_SIGNS: Final = {True: State("kept", say("foresight.yes")), False: State("not_held", say("foresight.no"))}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of each model."""
    serving = _objectives(dossier.framework)
    yield from (_page(one, serving) for one in dossier.models.values())


def _objectives(framework: Framework) -> dict[str, Link]:
    """Every objective of the framework by its full id, leading to its page."""
    return {
        f"{framework.id}:{one.id}": Link(
            numbered(one.number, title(framework, one.title)), f"objectives/{one.id}"
        )
        for goal in framework.goals.values()
        for group in (goal, *goal.areas.values())
        for one in group.objectives.values()
    }


def _page(one: Model, serving: Mapping[str, Link]) -> Page:
    return Page(
        kind="mechanism",
        path=f"foresight/models/{one.id}",
        title=one.title,
        summary=one.summary,
        parents=(Link(say("foresight.title"), "foresight/index"),),
        content={
            "published": _published(one),
            "equations": formulas(one),
            "parameters": _parameters(one),
            "fixed": _fixed(one),
            "levers": _levers(one, serving),
            "behaviours": _behaviours(one),
            "foretold": foretold(kept.read(one.id, "forecasts")),
            "calibration": _calibration(one),
            "profiles": profiles(one),
            "sensitivity": _sensitivity(one),
            "sources": [Text(*(cited.text(lang) for lang in LANGS)) for cited in one.references],
        },
    )


def _of(words: Mapping[str, str]) -> Text:
    return Text(words["en"], words["es"])


def _published(one: Model) -> Table | None:
    found = kept.read(one.id, "published")
    if found is None or not found.answer["rows"]:
        return None
    return Table(
        caption=say("foresight.published_table"),
        columns=headed(
            "foresight", "quantity", "printed", "here", "within", "reproduced", numeric=("printed",)
        ),
        rows=[
            {
                "quantity": _of(row["title"]),
                "printed": _of(row["published"]),
                "here": with_unit(row["value"], _of(row["unit"])),
                "within": _bounds(row["low"], row["high"]),
                "reproduced": _SIGNS[row["reproduced"]],
            }
            for row in found.answer["rows"]
        ],
        stacks=True,
    )


def _bounds(low: float, high: float) -> Text:
    """The bounds of what counts as reproduced; one that only keeps from zero is told as zero."""
    ends = [0.0 if abs(one) < 1e-6 * max(abs(low), abs(high)) else one for one in (low, high)]
    return say("foresight.range", low=amount(ends[0]), high=amount(ends[1]))


def _parameters(one: Model) -> Table:
    return Table(
        caption=say("foresight.parameters_table"),
        columns=headed("foresight", "parameter", "letter", "value", "within", "source"),
        rows=[
            _quantity(one, parameter)
            | {"within": say("foresight.range", low=amount(parameter.low), high=amount(parameter.high))}
            for parameter in one.parameters
        ],
        stacks=True,
    )


def _fixed(one: Model) -> Table | None:
    """What is not drawn: constants, and what stands in for another model where none is joined."""
    every = (*one.constants, *one.inputs)
    if not every:
        return None
    return Table(
        caption=say("foresight.fixed"),
        columns=headed("foresight", "parameter", "letter", "value", "source"),
        rows=[_quantity(one, each) for each in every],
        stacks=True,
    )


def _quantity(model: Model, one: Parameter | Constant | Input) -> dict[str, Any]:
    return {
        "parameter": titled(model, ("quantity", one.name), title=one.title),
        "letter": Letter(symbol(model, ("quantity", one.name))),
        "value": measured(one.value, unit=one.unit),
        "source": _source(model, one.source),
    }


def _source(one: Model, key: str) -> Text:
    if key == ASSUMED:
        return say("foresight.assumed")
    cited = {reference.key: reference for reference in one.references}[key]
    year = f" ({cited.date})" if cited.date else ""
    return Text(*(f"{cited.authors(lang) or cited.publisher}{year}" for lang in LANGS))


def _behaviours(one: Model) -> Table | None:
    """What must hold whatever the numbers: directions, extremes, conservation."""
    found = kept.read(one.id, "published")
    if found is None:
        return None
    told: dict[tuple[Text, str], bool] = {}
    for row in found.answer["behaviours"]:
        key = (_of(row["title"]), row["kind"])
        told[key] = told.get(key, True) and row["holds"]
    return Table(
        caption=say("foresight.behaviours"),
        columns=headed("foresight", "must_hold", "kind", "holds"),
        rows=[
            {"must_hold": title, "kind": say(f"foresight.{kind}"), "holds": _SIGNS[holds]}
            for (title, kind), holds in told.items()
        ],
        stacks=True,
    )


def _levers(one: Model, serving: Mapping[str, Link]) -> Table | None:
    if not one.levers:
        return None
    return Table(
        caption=say("foresight.levers"),
        columns=headed("foresight", "lever", "letter", "within", "objectives", "evidence"),
        rows=[
            {
                "lever": lever.title,
                "letter": Letter(symbol(one, ("quantity", lever.name))),
                "within": say("foresight.range", low=amount(lever.low), high=amount(lever.high)),
                "objectives": [serving.get(name, same(name)) for name in lever.objectives],
                "evidence": (lever.evidence, _source(one, lever.source)),
            }
            for lever in one.levers
        ],
        stacks=True,
    )


def _calibration(one: Model) -> dict[str, Any] | None:
    found = kept.read(one.id, "calibration")
    if found is None:
        return None
    answer, titles = found.answer, {parameter.name: parameter.title for parameter in one.parameters}
    chains = answer["chains"]
    rows = [
        {
            "parameter": titles[name],
            "sought": say("foresight.range", low=amount(sought["low"]), high=amount(sought["high"])),
            "fits": say("foresight.range", low=amount(ends[0]), high=amount(ends[1])),
            "decided": say("foresight.decided_yes" if sought["solved"] else "foresight.decided_no"),
            "r_hat": Text(*(number(chains["r_hat"][name], 3, lang=lang) for lang in LANGS)),
        }
        for name, sought in answer["sought"].items()
        for ends in (answer["members"]["ranges"][name],)
    ]
    return {
        "lede": say(
            "foresight.fitted", observed=_of(answer["observed"]["title"]), n=answer["observed"]["published"],
            error=amount(answer["error"]), tolerance=round(100 * answer["tolerance"]),
        ),
        "source": answer["observed"]["source"],
        "table": Table(
            caption=say("foresight.fit_table"),
            columns=headed("foresight", "parameter", "sought", "fits", "decided", "r_hat", numeric=("r_hat",)),
            rows=rows,
            stacks=True,
        ),
        "chains": say(
            "foresight.chains", steps=chains["steps"],
            times=round(chains["steps"] / max(chains["correlation"].values()))
        ),
    }  # fmt: skip


def _sensitivity(one: Model) -> list[Table]:
    found = kept.read(one.id, "sensitivity")
    titles = {parameter.name: parameter.title for parameter in one.parameters}
    return [
        Table(
            caption=say("foresight.sensitivity_of", scenario=plays()[name].title),
            columns=headed(
                "foresight", "parameter", "first", "total", "effect", numeric=("first", "total", "effect")
            ),
            rows=[
                {
                    "parameter": titles[row["parameter"]],
                    "first": amount(max(0.0, round(row["first"] or 0.0, 2))),
                    "total": amount(max(0.0, round(row["total"] or 0.0, 2))),
                    "effect": amount(round(row["effect"] or 0.0, 1)),
                }
                for row in rows[:6]
            ],
            stacks=True,
        )
        for name, rows in (found.answer if found else {}).items()
        if name in plays() and any(row["total"] for row in rows)
    ]

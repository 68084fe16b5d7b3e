"""A comparison of scenarios, told: ranges over everything that fits, chances, regret, and what turns them around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING

from acuerdo.cli.output import Cell, Coded, Column, Table, facts
from acuerdo.core.text import LANGS, Text, percent

if TYPE_CHECKING:
    from acuerdo.foresight.identified.comparing import Comparison, Spread
    from acuerdo.foresight.identified.hinging import Hinge
    from acuerdo.foresight.model import Model

Facts = tuple[tuple[Column, Cell | tuple[Cell, ...] | Table], ...]
_SCENARIO = Column("scenario", Text("Scenario", "Escenario"))
_STRUCTURE = Column("structure", Text("Structure", "Estructura"))
_RANGE = (
    Column("low", Text("From", "De")),
    Column("median", Text("Middle", "Mitad")),
    Column("high", Text("To", "A")),
)
_BETTER = Column("better", Text("Chance of less", "Probabilidad de menos"))


def comparison_facts(
    model: Model, found: Comparison, *, titles: Mapping[str, Text], hinges: Sequence[Hinge]
) -> Facts:
    """Everything that one comparison says; ``titles`` are the names of its structures."""
    outcome = {one.name: one.title for one in model.outcomes}[found.outcome]
    fits = tuple(flips(model, hinges, titles=titles))
    days = Text(
        f"from {found.begins}, compared on {found.compared}", f"desde {found.begins}, al {found.compared}"
    )
    return facts(
        {
            Column(f"{found.model}.model", Text("Model", "Modelo")): Coded(
                found.model,
                Text(*(f"{model.title.in_(lang)}: {outcome.in_(lang)}; {days.in_(lang)}" for lang in LANGS)),
            ),
            Column(f"{found.model}.change", _against(found)): _ranges(found, titles),
            Column(
                f"{found.model}.growth",
                Text("Against its own level at the beginning, %", "Contra su propio nivel al empezar, %"),
            ): _growth(found, titles),
            Column(
                f"{found.model}.regret", Text("At the worst for each", "En lo peor para cada uno")
            ): _regrets(found, titles),
            Column(
                f"{found.model}.flips", Text("What the answer hangs on", "De qué depende la respuesta")
            ): fits,
            Column(
                f"{found.model}.failed",
                Text("Draws that did not stay finite", "Sorteos que no fueron finitos"),
            ): sum(arm.failed for arm in found.arms),
        }
    )


def _against(found: Comparison) -> Text:
    return Text(f"Change against '{found.base}', %", f"Cambio contra '{found.base}', %")


def _ranges(found: Comparison, titles: Mapping[str, Text]) -> Table:
    rows = [
        (arm.scenario, titles[arm.structure], *_three(arm.change), _percent(arm.better))
        for arm in found.arms
        if arm.change is not None
    ]
    return Table(
        title=_against(found),
        columns=(_SCENARIO, _STRUCTURE, *_RANGE, _BETTER),
        rows=rows,
        note=Text(
            "From and to: over all parameter values that fit, or all declared ones where nothing can be fitted.",
            "De y a: sobre todos los valores que ajustan, o todos los declarados donde nada puede ajustarse.",
        ),
    )


def _growth(found: Comparison, titles: Mapping[str, Text]) -> Table:
    shares = {(turn.scenario, turn.structure): turn.share for turn in found.turns}
    rows = [
        (
            arm.scenario,
            titles[arm.structure],
            *_three(arm.growth),
            _percent(shares[arm.scenario, arm.structure]),
        )
        for arm in found.arms
    ]
    return Table(
        title=Text("Against their own level", "Contra su propio nivel"),
        columns=(_SCENARIO, _STRUCTURE, *_RANGE, Column("falls", Text("Share that falls", "Parte que baja"))),
        rows=rows,
    )


def _regrets(found: Comparison, titles: Mapping[str, Text]) -> Table:
    return Table(
        title=Text("Regret", "Arrepentimiento"),
        columns=(
            _SCENARIO,
            Column("regret", Text("Most lost against the best, %", "Lo más que pierde ante el mejor, %")),
            Column("where", Text("Under", "Bajo")),
            Column("worst", Text("Worst change, %", "Peor cambio, %")),
            Column("wins", Text("Is the best", "Es el mejor")),
        ),
        rows=[
            (one.scenario, round(one.most, 1), titles[one.structure], round(one.worst, 1),
             _percent(one.wins))
            for one in sorted(found.regrets, key=lambda one: one.most)
        ],
        note=Text("Costs are not compared.", "No se comparan costos."),
    )  # fmt: skip


def flips(model: Model, hinges: Sequence[Hinge], *, titles: Mapping[str, Text]) -> Iterator[Text]:
    """The assumptions that turn an answer around, each in a sentence that names the structures where it does."""
    for one in hinges:
        needed = _needs(model, one)
        said = (
            Text(
                f"'{one.scenario}' needs {needed.en} to give less than '{one.other}'",
                f"'{one.scenario}' requiere {needed.es} para dar menos que '{one.other}'",
            )
            if one.other
            else Text(
                f"'{one.scenario}' needs {needed.en} to bring it below its level at the beginning",
                f"'{one.scenario}' requiere {needed.es} para bajarlo de su nivel inicial",
            )
        )
        listed = [titles[label] for label in one.structures]
        # Under every structure alike needs no saying
        under = "" if len(listed) == len(titles) else " ({})"
        yield Text(
            *(
                f"{said.in_(lang)}{under.format('; '.join(each.in_(lang) for each in listed))}."
                for lang in LANGS
            )
        )


def _needs(model: Model, one: Hinge) -> Text:
    parameter = {known.name: known for known in model.parameters}[one.parameter]
    written = f"{one.threshold:,.0f}" if abs(one.threshold) >= 1000 else f"{one.threshold:.3g}"
    sides = {
        "below": Text("below about", "por debajo de aproximadamente"),
        "above": Text("above about", "por encima de aproximadamente"),
    }
    share, side = percent(one.right), sides[one.side]
    return Text(
        f"“{parameter.title.en}” {side.en} {written} (right in {share.en} of cases)",
        f"«{parameter.title.es}» {side.es} {written} (acierta en {share.es} de los casos)",
    )


def _three(spread: Spread | None) -> tuple[Cell, ...]:
    if spread is None:
        return (None, None, None)
    return tuple(round(one, 1) for one in (spread.low, spread.median, spread.high))


def _percent(share: float | None) -> Text | None:
    return None if share is None else percent(share)

"""A comparison of scenarios, told: ranges over everything that fits, chances, regret, and what turns them around."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, final

from acuerdo.cli.output import Cell, Coded, Column, Table, facts
from acuerdo.core.period import day_label
from acuerdo.core.text import LANGS, Text, percent, same

if TYPE_CHECKING:
    from acuerdo.foresight.answers import Foresight
    from acuerdo.foresight.asking import Question
    from acuerdo.foresight.identified.comparing import Comparison
    from acuerdo.foresight.identified.hinging import Hinge
    from acuerdo.foresight.identified.spreading import Spread
    from acuerdo.foresight.model import Lever, Model
    from acuerdo.foresight.playbook import Move, Play

Facts = tuple[tuple[Column, Cell | tuple[Cell, ...] | Table], ...]
SCENARIO: Final = Column("scenario", Text("Scenario", "Escenario"))
STRUCTURE: Final = Column("structure", Text("If", "Si"))
_RANGE: Final = (
    Column("low", Text("From", "De")),
    Column("median", Text("Middle", "Mitad")),
    Column("high", Text("To", "A")),
)
_FITTED: Final = Text(
    "Ranges run over all values of the assumptions that fit what was observed, {n} draws under each structure. "
    "Observed: {observed}.",
    "Los intervalos recorren todos los valores de los supuestos que se ajustan a lo observado, {n} sorteos bajo cada "
    "estructura. Observado: {observed}.",
)
_DECLARED: Final = Text(
    "There is nothing that this could be fitted to: ranges run over all declared values of the assumptions, {n} draws "
    "under each structure. Of {all} assumptions, {assumed} rest on no published figure.",
    "No hay a qué ajustarlo: los intervalos recorren todos los valores declarados de los supuestos, {n} sorteos bajo "
    "cada estructura. De {all} supuestos, {assumed} no descansan en ninguna cifra publicada.",
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """How a comparison's scenarios and structures are called.

    Attributes:
        plays: The scenarios by id.
        titles: The names of structures by label.
        groups: The same, where those that say the same of every scenario share one name.
        alike: The labels that share one.
    """

    foresight: Foresight
    model: Model
    plays: Mapping[str, Play]
    titles: Mapping[str, Text]
    groups: Mapping[str, Text]
    alike: tuple[tuple[str, ...], ...]

    def scenario(self, name: str) -> Coded:
        """A scenario's cell."""
        return Coded(name, self.plays[name].title)


def naming(foresight: Foresight, found: Comparison) -> Naming:
    """The names for a comparison."""
    titles, alike = foresight.structures(found.model), foresight.alike(found)
    groups = {label: _group(titles[labels[0]], len(labels) - 1) for labels in alike for label in labels}
    return Naming(
        foresight=foresight, model=foresight.model(found.model), plays=foresight.scenarios(), titles=titles,
        groups=groups, alike=alike,
    )  # fmt: skip


def _group(first: Text, others: int) -> Text:
    return Text(f"{first.en} (and {others} more)", f"{first.es} (y {others} más)") if others else first


def comparison_facts(foresight: Foresight, question: Question, found: Comparison, /) -> Facts:
    """Everything that one comparison says."""
    how = naming(foresight, found)
    return named(
        found.model,
        {
            **asked_facts(how, question, found),
            "change": (against(how, found), change_table(how, found)),
            "duels": (_DUELS, _duels(how, found)),
            "growth": (_OWN, _growth(how, found)),
            "alike": (
                Text("Structures that say the same", "Estructuras que dicen lo mismo"),
                tuple(_same(how)),
            ),
            "regret": (Text("At the worst for each", "En lo peor para cada uno"), _regrets(how, found)),
            "flips": (
                Text("What the answer hangs on", "De qué depende la respuesta"),
                tuple(flips(how, found)),
            ),
            "failed": failed_fact(how, found),
        },
    )


def named(model_id: str, values: Mapping[str, tuple[Text, Any]]) -> Facts:
    """The facts about one model that there are, each under the model's name for machines."""
    return facts({Column(f"{model_id}.{key}", title): value for key, (title, value) in values.items()})


def asked_facts(how: Naming, question: Question, found: Comparison, /) -> dict[str, tuple[Text, Any]]:
    """What is asked, of which model, and over what it is answered."""
    return {
        "model": (Text("Model", "Modelo"), Coded(found.model, how.model.title)),
        "outcome": (Text("What is compared", "Qué se compara"), _outcome(how, found)),
        "levers": (Text("What is done", "Qué se hace"), tuple(_levers(how, found))),
        "basis": (Text("What the ranges are", "Qué son los intervalos"), _basis(how, question)),
    }


def failed_fact(how: Naming, found: Comparison) -> tuple[Text, Coded]:
    """How many draws are in none of the ranges, and under which scenarios."""
    title = Text(
        "Draws left out, because a count fell below zero or grew beyond all bounds",
        "Sorteos omitidos, porque una cuenta bajó de cero o creció sin límite",
    )
    failed = dict.fromkeys(found.scenarios, 0)
    for arm in found.arms:
        failed[arm.scenario] += arm.failed
    told = f"{sum(failed.values())}/{sum(arm.count for arm in found.arms)}"
    some = {how.plays[name].title: count for name, count in failed.items() if count}
    if not some:
        return title, Coded(told, same(told))
    en, es = ("; ".join(f"{one.in_(lang)}: {count}" for one, count in some.items()) for lang in LANGS)
    return title, Coded(
        told,
        Text(
            f"{told} ({en}). The ranges are of the others, so what these would have shown is in none.",
            f"{told} ({es}). Los intervalos son de los demás: lo que estos habrían mostrado no está en ninguno.",
        ),
    )


def _same(how: Naming) -> Iterator[Text]:
    """Each group of structures in full."""
    for labels in how.alike:
        if len(labels) > 1:
            yield Text(*(" = ".join(how.titles[one].in_(lang) for one in labels) for lang in LANGS))


def _outcome(how: Naming, found: Comparison) -> Text:
    outcome = next(one for one in how.model.outcomes if one.name == found.outcome)
    unit = how.foresight.words(outcome.unit)
    begins, compared = (
        Text(*(day_label(day, lang) for lang in LANGS)) for day in (found.begins, found.compared)
    )
    return Text(
        f"{outcome.title.en} ({unit.en}) on {compared.en}; policies begin on {begins.en}",
        f"{outcome.title.es} ({unit.es}), al {compared.es}; las políticas empiezan el {begins.es}",
    )


def _levers(how: Naming, found: Comparison) -> Iterator[Text]:
    """What each scenario does in the model, and on whose word."""
    levers = {one.name: one for one in how.model.levers}
    cited = {one.key for one in how.model.references}
    for name in found.scenarios:
        moves = how.plays[name].moves(how.model.id)
        done = [
            _move(levers[lever], move, assumed=move.source not in cited) for lever, move in moves.items()
        ] or [Text("nothing", "nada")]
        title = how.plays[name].title
        yield Text(
            *(f"{title.in_(lang)} [{name}]: " + "; ".join(one.in_(lang) for one in done) for lang in LANGS)
        )


def _move(lever: Lever, move: Move, *, assumed: bool) -> Text:
    since = move.since or move.on[0]
    days = Text(*(day_label(since, lang) for lang in LANGS))
    source = Text("assumed", "supuesto") if assumed else same(move.source)
    value, usual = f"{float(move.value):,g}", f"{lever.default:,g}"
    return Text(
        f"{lever.title.en}: {value} instead of {usual}, from {days.en} ({source.en})",
        f"{lever.title.es}: {value} en vez de {usual}, desde el {days.es} ({source.es})",
    )


def _basis(how: Naming, question: Question) -> Text:
    draws, model = f"{question.draws:,}", how.model
    observed = how.foresight.observed(model.id)
    if observed is not None:
        return Text(
            *(_FITTED.in_(lang).format(n=draws, observed=_lower(observed.title.in_(lang))) for lang in LANGS)
        )
    assumed = sum(one.source not in {cited.key for cited in model.references} for one in model.parameters)
    return Text(
        *(_DECLARED.in_(lang).format(n=draws, all=len(model.parameters), assumed=assumed) for lang in LANGS)
    )


_OWN: Final = Text("Against its own level at the beginning, %", "Contra su propio nivel al empezar, %")


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:]


def against(how: Naming, found: Comparison) -> Text:
    """The heading of what each scenario changes."""
    base = how.plays[found.base].title
    return Text(f"Change against “{base.en}”, %", f"Cambio contra «{base.es}», %")


def change_table(how: Naming, found: Comparison) -> Table:
    """What each scenario changes under each structure, and how often it gives less."""
    rows = [
        (how.groups[arm.structure], how.scenario(arm.scenario), *_three(arm.change), share_cell(arm.better))
        for labels in how.alike
        for arm in found.arms
        if arm.structure == labels[0] and arm.change is not None
    ]  # fmt: skip
    return Table(
        title=against(how, found),
        columns=(
            STRUCTURE,
            SCENARIO,
            *_RANGE,
            Column("better", Text("Chance of less", "Probabilidad de menos")),
        ),
        rows=rows,
        note=Text(
            "From and to: the least and the most of all draws. Chance of less: the share of them that give less.",
            "De y a: lo menos y lo más de todos los sorteos. Probabilidad de menos: la parte de ellos que da menos.",
        ),
    )


_DUELS: Final = Text("One policy against another", "Una política frente a otra")
_SAME: Final = Coded("same", Text("the same", "lo mismo"))


def _duels(how: Naming, found: Comparison) -> Table | None:
    """How often one policy gives less than another; against the base that is the chance of less."""
    first = {labels[0] for labels in how.alike}
    rows = [
        (
            how.groups[one.structure],
            how.scenario(one.one),
            how.scenario(one.other),
            share_cell(one.chance) or _SAME,
        )
        for one in how.foresight.contests(found)
        if one.structure in first
    ]
    if not rows:
        return None
    return Table(
        title=_DUELS,
        columns=(
            STRUCTURE,
            Column("one", Text("This", "Esta")),
            Column("other", Text("gives less than", "da menos que")),
            Column("chance", Text("in", "en")),
        ),
        rows=rows,
        note=Text(
            "The share of draws in which it does, each draw being the same assumptions for both.",
            "La parte de los sorteos en que es así; en cada sorteo los supuestos son los mismos para ambas.",
        ),
    )


def _growth(how: Naming, found: Comparison) -> Table:
    shares = {(turn.scenario, turn.structure): turn.share for turn in found.turns}
    rows = [
        (how.groups[arm.structure], how.scenario(arm.scenario), *_three(arm.growth),
         share_cell(shares[arm.scenario, arm.structure]))
        for labels in how.alike
        for arm in found.arms
        if arm.structure == labels[0]
    ]  # fmt: skip
    return Table(
        title=_OWN,
        columns=(STRUCTURE, SCENARIO, *_RANGE, Column("falls", Text("Falls in", "Baja en"))),
        rows=rows,
    )


def _regrets(how: Naming, found: Comparison) -> Table:
    return Table(
        title=Text("Regret", "Arrepentimiento"),
        columns=(
            SCENARIO,
            Column("regret", Text("Most lost against the best, points", "Lo más que pierde ante el mejor, puntos")),
            Column("where", Text("If", "Si")),
            Column("worst", Text("Worst change, %", "Peor cambio, %")),
            Column("wins", Text("Best in", "Mejor en")),
        ),
        rows=[
            (how.scenario(one.scenario), round(one.most, 1), how.titles[one.structure],
             round(one.worst, 1), share_cell(one.wins))
            for one in sorted(found.regrets, key=lambda one: one.most)
        ],
        note=Text("Costs are not compared.", "No se comparan costos."),
    )  # fmt: skip


def flips(how: Naming, found: Comparison) -> Iterator[Text]:
    """The assumptions that turn an answer around, each in a sentence that names the structures where it does."""
    outcome = next(one.title for one in how.model.outcomes if one.name == found.outcome)
    named = {name: one.title for name, one in how.plays.items()}
    for one in how.foresight.hinges(found):
        needed, scenario = _needs(how, one), named[one.scenario]
        said = (
            Text(
                f"“{scenario.en}” needs {needed.en} to give less than “{named[one.other].en}”",
                f"«{scenario.es}» requiere {needed.es} para dar menos que «{named[one.other].es}»",
            )
            if one.other
            else Text(
                f"“{scenario.en}” needs {needed.en} to bring “{outcome.en}” below its level at the beginning",
                f"«{scenario.es}» requiere {needed.es} para bajar «{outcome.es}» de su nivel inicial",
            )
        )
        listed = dict.fromkeys(how.groups[label] for label in one.structures)
        # Under every structure alike needs no saying
        under = "" if len(one.structures) == len(how.groups) else " ({})"
        yield Text(
            *(
                f"{said.in_(lang)}{under.format('; '.join(each.in_(lang) for each in listed))}."
                for lang in LANGS
            )
        )


def _needs(how: Naming, one: Hinge) -> Text:
    parameter = {known.name: known for known in how.model.parameters}[one.parameter]
    number = f"{one.threshold:,.0f}" if abs(one.threshold) >= 1000 else f"{one.threshold:.3g}"
    unit = how.foresight.words(parameter.unit) if parameter.unit else None
    written = Text(*(f"{number} {unit.in_(lang)}" if unit else number for lang in LANGS))
    sides = {
        "below": Text("below about", "por debajo de aproximadamente"),
        "above": Text("above about", "por encima de aproximadamente"),
    }
    share, side = percent(one.right), sides[one.side]
    return Text(
        f"“{parameter.title.en}” {side.en} {written.en} (tells {share.en} of draws rightly)",
        f"«{parameter.title.es}» {side.es} {written.es} (acierta en {share.es} de los sorteos)",
    )


def _three(spread: Spread | None) -> tuple[Cell, ...]:
    if spread is None:
        return (None, None, None)
    return tuple(round(one, 1) + 0.0 for one in (spread.low, spread.median, spread.high))


def share_cell(share: float | None) -> Text | None:
    """A share in per cent."""
    return None if share is None else percent(share)

"""What chance adds to what is not known, told: how it acts, how much it does, and beside what."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Final

from acuerdo.cli.entries.comparison import (
    SCENARIO,
    STRUCTURE,
    Facts,
    Naming,
    against,
    asked_facts,
    change_table,
    failed_fact,
    named,
    naming,
    share_cell,
)
from acuerdo.cli.output import Cell, Coded, Column, Table
from acuerdo.core.period import day_label
from acuerdo.core.text import LANGS, Text, percent

if TYPE_CHECKING:
    from acuerdo.foresight.answers import Foresight
    from acuerdo.foresight.asking import Question
    from acuerdo.foresight.identified.comparing import Comparison
    from acuerdo.foresight.identified.spreading import Spread

_HOW: Final = Text(
    "Every flow moves whole people or things: one at a time where fewer than {small:.0f} leave or receive, elsewhere "
    "many at once, in leaps of at most {days} days. The same chances serve every scenario, so differences are the "
    "policies'. They act from {begins} on, in years already observed too.",
    "Cada flujo mueve personas o cosas enteras: de una en una donde salen de menos de {small:.0f} o llegan a menos de "
    "{small:.0f}; si no, muchas a la vez, en saltos de {days} días a lo sumo. Los mismos azares sirven a todo "
    "escenario, así que las diferencias son de las políticas. Actúan desde el {begins}, también en años ya observados.",
)
_BESIDE: Final = Text("Chance beside what is not known", "El azar junto a lo que no se sabe")
# A share below this, half a per cent, would be told as nothing
_LEAST: Final = 0.005


def chance_facts(foresight: Foresight, question: Question, found: Comparison, /) -> Facts:
    """Everything that a comparison says of chance."""
    how = naming(foresight, found)
    return named(
        found.model,
        {
            **asked_facts(how, question, found),
            "chance": (Text("What is left to chance", "Qué se deja al azar"), tuple(_acts(how, question))),
            "change": (against(how, found), change_table(how, found)),
            "by_chance": (_BESIDE, _beside(how, found)),
            "adds": (Text("What chance adds", "Qué agrega el azar"), _adds(found)),
            "failed": failed_fact(how, found),
        },
    )


def _acts(how: Naming, question: Question) -> Iterator[Text]:
    plan = how.foresight.plan(question)
    if plan.noise is None:
        return
    small, begins = plan.noise.exact_below, how.model.starts
    yield Text(
        *(
            _HOW.in_(lang).format(small=small, days=plan.leap, begins=day_label(begins, lang))
            for lang in LANGS
        )
    )
    if plan.study.fit is not None:
        yield Text("What fits was found without chance.", "Lo que se ajusta se halló sin azar.")


def _adds(found: Comparison) -> Text | None:
    """How far chance moves an answer at most, and how wide it is anyway."""
    moved = [max(-one.moved.low, one.moved.high) for one in found.by_chance if one.moved]
    apart = [one.still.high - one.still.low for one in found.by_chance if one.still]
    if not moved or not apart:
        return None
    return Text(
        f"In no draw does chance move what a policy changes by more than {max(moved):,.2f} points; what is not known "
        f"leaves that open over up to {max(apart):,.1f} points.",
        f"En ningún sorteo mueve el azar más de {max(moved):,.2f} puntos lo que cambia una política; lo que no se sabe "
        f"lo deja abierto en hasta {max(apart):,.1f} puntos.",
    )


def _beside(how: Naming, found: Comparison) -> Table:
    first = {labels[0] for labels in how.alike}
    return Table(
        title=_BESIDE,
        columns=(
            STRUCTURE,
            SCENARIO,
            Column("still_low", Text("Without: from", "Sin azar: de")),
            Column("still_high", Text("to", "a")),
            Column("moved_low", Text("Chance: from", "Azar: de")),
            Column("moved_high", Text("to", "a")),
            Column("share", Text("Its part", "Su parte")),
        ),
        rows=[
            (how.groups[one.structure], how.scenario(one.scenario), *_ends(one.still, decimals=1),
             *_ends(one.moved, decimals=2), _part(one.share))
            for one in found.by_chance
            if one.structure in first
        ],
        note=Text(
            "Without: the change in per cent if nothing is left to chance, where draws differ by what is not known "
            "alone. Chance: the points by which it moves that in a draw, what its leaps get wrong among them. Its "
            "part: of the variance of both.",
            "Sin azar: el cambio en por ciento si nada se deja al azar; los sorteos difieren solo por lo que no se "
            "sabe. Azar: los puntos en que lo mueve en un sorteo, con el error de sus saltos. Su parte: de la varianza "
            "de ambos.",
        ),
    )  # fmt: skip


def _ends(spread: Spread | None, *, decimals: int) -> tuple[Cell, Cell]:
    if spread is None:
        return None, None
    return round(spread.low, decimals) + 0.0, round(spread.high, decimals) + 0.0


def _part(share: float | None) -> Cell:
    """A share; one too small for a whole per cent is not told as none."""
    if share is not None and 0.0 < share < _LEAST:
        least = percent(2.0 * _LEAST)
        return Coded(f"{share:.2g}", Text(f"under {least.en}", f"menos de {least.es}"))
    return share_cell(share)

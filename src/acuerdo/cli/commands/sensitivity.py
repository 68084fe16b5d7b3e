"""``acuerdo sensitivity``: which assumption moves what a scenario changes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Annotated, Final

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Coded, Column, Table, Unfinished
from acuerdo.cli.watching import watching
from acuerdo.cli.words import ScenarioId
from acuerdo.core.errors import CheckFailed
from acuerdo.core.text import LANGS, Text, percent, same

if TYPE_CHECKING:
    from acuerdo.foresight.identified.influence import Influence
    from acuerdo.foresight.model import Model

# Below this share of the variance, and this many points, an assumption moves nothing that is told
_LEAST: Final = 0.005
_NOTE: Final = Text(
    "“Explains”: the share of the spread of the answers, by Sobol's method; alone, and with all that it does through "
    "others. “Moves it by”: how far the change moves, in percentage points, when the assumption crosses its range, by "
    "Morris's method; unevenly, if this hangs on the others.",
    "«Explica»: la parte de la dispersión de las respuestas, por el método de Sobol; solo, y con todo lo que hace a "
    "través de otros. «Lo mueve»: cuánto se mueve el cambio, en puntos porcentuales, cuando el supuesto recorre su "
    "intervalo, por el método de Morris; desigual, si depende de los otros.",
)
InModel = Annotated[
    str | None,
    Word(
        about=Text(
            "Id of a model; if not given, the one where the scenario moves something.",
            "Id de un modelo; si se omite, el único donde el escenario mueve algo.",
        ),
        label=Text("MODEL", "MODELO"),
    ),
]
Sample = Annotated[
    int | None,
    Word(
        about=Text(
            "Size of the base sample, a power of two; if not given, one that settles the models here.",
            "Tamaño de la muestra base, potencia de dos; si se omite, uno que basta para los modelos de aquí.",
        ),
        label=same("N"),
    ),
]


_TITLE: Final = Text("Sampling", "Muestreando")


def sensitivity(
    call: Call,
    scenario: ScenarioId,
    /,
    *,
    model: InModel = None,
    sample: Sample = None,
) -> Table | Unfinished:
    """One row per assumption that moves the answer, the strongest first; an error beside it if too few were tried."""
    foresight = call.workspace.foresight
    chosen = model or foresight.only_model(scenario)
    with watching(call, _TITLE, models=(chosen,)) as told:
        found = foresight.sensitivity(scenario, model=chosen, sample=sample, advance=told)
    one, title = foresight.model(chosen), foresight.scenarios()[scenario].title
    table = _told(found, one, of=_of(one, title))
    try:
        foresight.settled(found)
    except CheckFailed as error:
        return Unfinished(done=table, error=error)
    return table


def _of(model: Model, scenario: Text) -> Text:
    return Text(
        f"Which assumption moves what “{scenario.en}” changes in “{model.title.en}”",
        f"Qué supuesto mueve lo que «{scenario.es}» cambia en «{model.title.es}»",
    )


def _told(found: Sequence[Influence], model: Model, *, of: Text) -> Table:
    """Those that move it in a table, those that do not in one sentence below it."""
    known = {each.name: each for each in model.parameters}
    moving = [one for one in found if one.total >= _LEAST or one.effect >= _LEAST]
    still = [known[one.parameter].title for one in found if one not in moving]
    listed = Text(*("; ".join(each.in_(lang) for each in still) for lang in LANGS)) if still else None
    none = (
        Text(f" These move nothing: {listed.en}.", f" Estos no mueven nada: {listed.es}.") if listed else None
    )
    return Table(
        title=of,
        columns=(
            Column("parameter", same("Id")),
            Column("title", Text("Assumption", "Supuesto")),
            Column("first", Text("Explains alone", "Explica solo")),
            Column("total", Text("Explains in all", "Explica en total")),
            Column("interval", same("±")),
            Column("effect", Text("Moves it by, points", "Lo mueve, puntos")),
            Column("bend", Text("Unevenly, ±", "Desigual, ±")),
            Column("source", Text("Source", "Fuente")),
        ),
        rows=[
            (one.parameter, known[one.parameter].title, _share(one.first), _share(one.total),
             _share(one.total_interval), round(one.effect, 2) + 0.0, round(one.bend, 2) + 0.0,
             _source(model, known[one.parameter].source))
            for one in moving
        ],
        note=Text(*(_NOTE.in_(lang) + (none.in_(lang) if none else "") for lang in LANGS)),
        hidden=("parameter",),
    )  # fmt: skip


def _share(value: float) -> Coded:
    """A share of the variance; sampling may give one a little below nothing."""
    return Coded(f"{value:.4f}", percent(max(0.0, value)))


def _source(one: Model, key: str) -> Coded | str:
    return key if key in {cited.key for cited in one.references} else Coded(key, Text("assumed", "supuesto"))


COMMAND = Command(
    call=sensitivity,
    section="next",
    about=Text(
        "Show which assumptions move what a scenario changes in a model, by Sobol's and Morris's methods.",
        "Muestra qué supuestos mueven lo que cambia un escenario en un modelo, por los métodos de Sobol y Morris.",
    ),
    examples=(
        Example(
            call="acuerdo sensitivity southbound_inspection --model arms_flow",
            about=Text(
                "What the effect of inspection hangs on.", "De qué depende el efecto de la inspección."
            ),
        ),
    ),
)

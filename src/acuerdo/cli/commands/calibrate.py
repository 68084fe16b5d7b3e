"""``acuerdo calibrate``: what the data decide about a model, and what they do not."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Annotated

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.entries.model import number
from acuerdo.cli.output import Cell, Coded, Column, Entry, Table, facts
from acuerdo.cli.watching import watching
from acuerdo.cli.words import ModelId
from acuerdo.core.text import Text, same

if TYPE_CHECKING:
    from acuerdo.foresight.answers import Foresight
    from acuerdo.foresight.computing import Fitted
    from acuerdo.foresight.identified.sampling import Chains
    from acuerdo.foresight.model import Model
    from acuerdo.foresight.study import Observed


Starts = Annotated[
    int | None,
    Word(
        about=Text(
            "Starts of the fit; if not given, several that must agree.",
            "Arranques del ajuste; si se omite, varios que deben coincidir.",
        ),
        label=same("N"),
    ),
]
Tried = Annotated[
    int | None,
    Word(
        about=Text(
            "Values tried of what the data do not decide; if not given, as many as for a comparison.",
            "Valores que se prueban de lo que los datos no deciden; si se omite, los de una comparación.",
        ),
        label=same("N"),
    ),
]


Steps = Annotated[
    int,
    Word(
        about=Text(
            "Run Markov chains of so many steps and refuse the answer if they have not come to rest; "
            "if 0, tell of those that were kept.",
            "Corre cadenas de Markov de tantos pasos y rechaza la respuesta si no llegan al reposo; "
            "si es 0, habla de las guardadas.",
        ),
        label=same("N"),
    ),
]


_TITLE = Text("Fitting", "Ajustando")


def calibrate(
    call: Call,
    model: ModelId,
    /,
    *,
    starts: Starts = None,
    tried: Tried = None,
    steps: Steps = 0,
) -> Entry:
    """One entry: the best fit, its profiles, everything that fits as well, and whether chains came to rest."""
    foresight = call.workspace.foresight
    with watching(call, _TITLE, models=(model,)) as told:
        found = foresight.fitted(model, starts=starts, tried=tried, steps=steps, advance=told)
    one, observed = foresight.model(model), foresight.observed(model)
    values: dict[Column, Cell | tuple[Cell, ...] | Table | None] = {
        Column("model", Text("Model", "Modelo")): Coded(model, one.title),
        Column("observed", Text("Fitted to", "Ajustado a")): _observed(observed) if observed else None,
        Column("error", Text("Best fit", "Mejor ajuste")): _error(
            found, _unit(foresight, one, observed=observed)
        ),
        Column(
            "starts", Text("Starts that reached it", "Arranques que llegaron a él")
        ): f"{found.reached}/{len(found.starts)}",
        Column("fits", Text("Values that fit as well", "Valores que ajustan igual")): _members(found),
        Column("parameters", Text("Assumptions", "Supuestos")): _parameters(foresight, one, found=found),
        Column(
            "profiles", Text("One assumption held, the rest fitted", "Un supuesto fijo, lo demás ajustado")
        ): _profiles(one, found),
    }
    return Entry(
        title=Text("What the data decide, and what they do not", "Qué deciden los datos, y qué no"),
        facts=facts({**values, **_at_rest(foresight, model, chains=found.chains)}),
    )


def _observed(one: Observed) -> Text:
    return Text(
        f"{one.title.en}; {one.published} published figures.",
        f"{one.title.es}; {one.published} cifras publicadas.",
    )


def _unit(foresight: Foresight, model: Model, *, observed: Observed | None) -> Text:
    units = {one.name: one.unit for one in model.outcomes}
    return foresight.words(units[observed.outcome] if observed else "")


def _error(found: Fitted, unit: Text) -> Coded:
    return Coded(
        f"{found.error:.4f}",
        Text(
            f"{found.error:,.1f} {unit.en} off on average",
            f"se aparta {found.error:,.1f} {unit.es} en promedio",
        ),
    )


def _members(found: Fitted) -> Coded:
    """How many fit as well, and what that means."""
    most = f"{found.most:,.1f}"
    return Coded(
        str(found.members.count),
        Text(
            f"{found.members.count} of those tried: at most {most} off on average",
            f"{found.members.count} de los probados: se apartan a lo sumo {most} en promedio",
        ),
    )


def _at_rest(
    foresight: Foresight, model: str, *, chains: Chains | None
) -> dict[Column, Cell | tuple[Cell, ...]]:
    """What the chains came to: those just run, or those that were kept with what has changed since."""
    if chains is not None:
        return _chains(chains.r_hat, chains.correlation, steps=chains.steps)
    kept = foresight.kept(model, "calibration")
    if kept is None:
        return {
            Column("chains", Text("Chains", "Cadenas")): Text(
                "None are kept; run them with --steps.", "No hay guardadas; córralas con --steps."
            )
        }
    told = kept.answer["chains"]
    changed = foresight.changed(model, "calibration")
    kept_since = {
        Column(
            "changed", Text("Changed since the chains were kept", "Cambió desde que se guardaron")
        ): changed
    }
    return _chains(told["r_hat"], told["correlation"], steps=told["steps"]) | (kept_since if changed else {})


def _parameters(foresight: Foresight, model: Model, *, found: Fitted) -> Table:
    known = {one.name: one for one in model.parameters}
    return Table(
        title=Text("Assumptions", "Supuestos"),
        columns=(
            Column("name", Text("Assumption", "Supuesto")),
            Column("sought_low", Text("Sought from", "Buscado de")),
            Column("sought_high", Text("to", "a")),
            Column("best", Text("Best", "Mejor")),
            Column("low", Text("Fits from", "Ajusta de")),
            Column("high", Text("to", "a")),
            Column("unit", Text("Unit", "Unidad")),
            Column("decided", Text("Decided?", "¿Decidido?")),
        ),
        rows=[
            (Coded(name, known[name].title), number(one.low), number(one.high), number(found.best[name]),
             *(number(end) for end in found.fits(name)), foresight.words(known[name].unit), one.solved)
            for name, one in found.sought.items()
        ],
        note=Text(
            "Decided: the data give it once the others are given. The others range as widely as “fits from … to” says.",
            "Decidido: los datos lo dan una vez dados los demás. Los demás varían tanto como dice «ajusta de … a».",
        ),
    )  # fmt: skip


def _profiles(model: Model, found: Fitted) -> Table:
    titles = {one.name: one.title for one in model.parameters}
    return Table(
        title=Text("Profiles", "Perfiles"),
        columns=(
            Column("name", Text("Held", "Se fija")),
            Column("value", Text("at", "en")),
            Column("error", Text("Least error of the rest", "Menor error de lo demás")),
            Column("fits", Text("Fits as well", "Ajusta igual")),
        ),
        rows=[
            (Coded(name, titles[name]), number(value), number(error), bool(error <= found.most))
            for name, rows in found.profiles.items()
            for value, error in rows.tolist()
        ],
        note=Text(
            "Where the error hardly changes along an assumption, the data do not decide it.",
            "Donde el error casi no cambia a lo largo de un supuesto, los datos no lo deciden.",
        ),
    )


def _chains(
    r_hat: Mapping[str, float], correlation: Mapping[str, float], *, steps: int
) -> dict[Column, Cell | tuple[Cell, ...]]:
    times = steps / max(correlation.values())
    return {
        Column(
            "r_hat", Text("Chains: largest R-hat (at most 1.05)", "Cadenas: mayor R-hat (máximo 1.05)")
        ): f"{max(r_hat.values()):.3f}",
        Column(
            "length",
            Text(
                "Chains: steps, and times the autocorrelation time (at least 50)",
                "Cadenas: pasos, y veces el tiempo de autocorrelación (mínimo 50)",
            ),
        ): f"{steps}; {times:.0f}",
    }


COMMAND = Command(
    call=calibrate,
    section="next",
    about=Text(
        "Fit a model to its observations, and show everything that fits as well as the best.",
        "Ajusta un modelo a sus observaciones y muestra todo lo que ajusta tan bien como lo mejor.",
    ),
    examples=(
        Example(
            call="acuerdo calibrate cartel_recruitment --starts 2 --tried 8",
            about=Text("A quick look.", "Una mirada rápida."),
        ),
    ),
)

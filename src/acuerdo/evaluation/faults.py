"""What must hold inside a contract beyond the shape of each part."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from acuerdo.core.errors import nearest
from acuerdo.core.place import places
from acuerdo.core.text import Text
from acuerdo.evaluation.contract import Contract, Design, Plan
from acuerdo.evaluation.library import METHODS, method, settings_of
from acuerdo.evaluation.outcome import Outcome, Selected
from acuerdo.indicators.coverage import objectives_of
from acuerdo.indicators.load import FOLDER as INDICATORS
from acuerdo.indicators.setting import series_units
from acuerdo.spec.fault import Fault, Trail
from acuerdo.spec.library import FRAMEWORKS, framework

_TOLERANCE = 1e-9


def faults_of(contract: Contract) -> Iterator[Fault]:
    """Every fault of a contract whose parts are all well formed."""
    plan = contract.plan
    if (plan is None) == (contract.not_evaluable is None):
        yield stated(
            ("plan",) if plan else ("question",),
            Text(
                "A contract has a plan, or says why the question is not evaluable; never both, never neither.",
                "Un contrato tiene un plan, o dice por qué la pregunta no es evaluable; nunca ambos ni ninguno.",
            ),
            fix=Text("Keep 'plan' or 'not_evaluable'.", "Deje «plan» o «not_evaluable»."),
        )
    yield from _positions(contract)
    yield from _objectives(contract)
    yield from _versions(contract)
    if plan is not None:
        yield from _plan(plan)


def stated(trail: Trail, what: Text, *, fix: Text, known: tuple[str, Iterable[str]] | None = None) -> Fault:
    """A fault in its own words; ``known`` is the name given with the valid ones."""
    near = nearest(*known) if known else ()
    return Fault(kind="value_stated", trail=trail, values={"what": what, "fix": fix}, nearest=near)


def _positions(contract: Contract) -> Iterator[Fault]:
    for side, one in contract.positions.items():
        if (one.says is not None or one.prediction is not None) and not one.sources:
            yield stated(
                ("positions", side),
                Text(
                    "A position or a prediction is stated without a source.",
                    "Se afirma una postura o una predicción sin fuente.",
                ),
                fix=Text(
                    "Cite where it was said in public, or leave the side out: it is then shown as not stated.",
                    "Cite dónde se dijo en público o quite la parte: se mostrará como no declarada.",
                ),
            )


def _objectives(contract: Contract) -> Iterator[Fault]:
    for number, given in enumerate(contract.objectives):
        name, _, key = given.partition(":")
        if name not in FRAMEWORKS.files():
            yield _unknown(("objectives", number), name, known=FRAMEWORKS.files())
            continue
        known = [one.id for one in objectives_of(framework(name))]
        if key not in known:
            yield _unknown(("objectives", number), key, known=known)


def _versions(contract: Contract) -> Iterator[Fault]:
    told = {one.version for one in contract.deviations}
    if told != set(range(2, contract.version + 1)):
        yield stated(
            ("version",),
            Text(
                f"Version {contract.version} needs one deviation for each version from 2 on; told: "
                f"{sorted(told) or '–'}.",
                f"La versión {contract.version} requiere una desviación por cada versión desde la 2; hay: "
                f"{sorted(told) or '–'}.",
            ),
            fix=Text(
                "Say under 'deviations' what changed, when and why.",
                "Diga en «deviations» qué cambió, cuándo y por qué.",
            ),
        )


def _plan(plan: Plan) -> Iterator[Fault]:
    yield from _outcome(plan.outcome, ("plan", "outcome"))
    yield from _window(plan)
    yield from _comparison(plan)
    yield from _rule(plan)
    yield from _design(plan.primary, ("plan", "primary"))
    for variant in plan.robustness.values():
        trail: Trail = ("plan", "robustness", variant.id)
        if variant.design is not None:
            yield from _design(variant.design, (*trail, "design"))
        if variant.outcome is not None:
            yield from _outcome(variant.outcome, (*trail, "outcome"))
    yield from _predictors(plan)


def _predictors(plan: Plan) -> Iterator[Fault]:
    """One span or two, and nothing of the outcome behind the cut-off under another name."""
    outcomes = {plan.outcome.of.series, *(one.of.series for one in plan.beside.values())}
    for one in plan.predictors.values():
        spans = (*(one.mean or ()), *(one.change or ()))
        if one.of.series in outcomes and any(span.end > plan.window.cut_off for span in spans):
            yield stated(
                ("plan", "predictors", one.id),
                Text(
                    "A predictor shows the outcome after the cut-off under another name.",
                    "Un predictor muestra con otro nombre el resultado posterior al corte.",
                ),
                fix=Text(
                    "End its span before the cut-off, or take another series.",
                    "Termine su lapso antes del corte o tome otra serie.",
                ),
            )
        if (one.mean is None) == (one.change is None):
            yield stated(
                ("plan", "predictors", one.id),
                Text("A predictor is a mean or a change.", "Un predictor es una media o un cambio."),
                fix=Text("Keep one of the two.", "Deje uno de los dos."),
            )


def _outcome(outcome: Outcome, trail: Trail) -> Iterator[Fault]:
    if outcome.indicator is not None and outcome.indicator not in INDICATORS.files():
        yield _unknown((*trail, "indicator"), outcome.indicator, known=INDICATORS.files())
    yield from _series(outcome.of, (*trail, "of"))


def _series(selected: Selected, trail: Trail) -> Iterator[Fault]:
    known = series_units()
    if selected.series not in known:
        yield _unknown((*trail, "series"), selected.series, known=known)
    if selected.per is not None and selected.per.series not in known:
        yield _unknown((*trail, "per", "series"), selected.per.series, known=known)


def _window(plan: Plan) -> Iterator[Fault]:
    window, treatment = plan.window, plan.treatment
    if window.since.kind is not window.until.kind or window.until <= window.since:
        yield stated(
            ("plan", "window", "until"),
            Text(
                f"The window runs from {window.since} to {window.until}: not two periods of one kind in order.",
                f"La ventana va de {window.since} a {window.until}: no son dos periodos del mismo tipo y en orden.",
            ),
            fix=Text("Check both ends.", "Revise ambos extremos."),
        )
        return
    starts = [one.since.start for one in treatment.units.values()] if treatment else []
    if starts and window.cut_off >= min(starts):
        yield stated(
            ("plan", "window", "cut_off"),
            Text(
                f"The cut-off {window.cut_off} does not lie before the first treatment ({min(starts)}): a blind "
                "reader would see the outcome.",
                f"El corte {window.cut_off} no es anterior al primer tratamiento ({min(starts)}): un lector a ciegas "
                "vería el resultado.",
            ),
            fix=Text("Choose an earlier day.", "Elija un día anterior."),
        )
    if not window.since.end < window.cut_off < window.until.end:
        yield stated(
            ("plan", "window", "cut_off"),
            Text("The cut-off lies outside of the window.", "El corte queda fuera de la ventana."),
            fix=Text("Choose a day inside of it.", "Elija un día dentro de ella."),
        )


def _comparison(plan: Plan) -> Iterator[Fault]:
    treated = set(plan.treatment.units) if plan.treatment else set[str]()
    for number, one in enumerate(plan.comparison.only):
        if one in treated:
            yield stated(
                ("plan", "comparison", "only", number),
                Text(
                    f"'{one}' is treated and cannot be a donor.",
                    f"«{one}» está tratada y no puede ser donante.",
                ),
                fix=Text("Take it out.", "Quítela."),
            )
    if plan.outcome.of.by is not None:
        return
    named = [(("plan", "treatment", "units", one), one) for one in treated]
    named += [(("plan", "comparison", "leave_out", one), one) for one in plan.comparison.leave_out]
    for trail, one in named:
        if one not in places():
            yield _unknown(trail, one, known=places())


def _rule(plan: Plan) -> Iterator[Fault]:
    rule = plan.decision
    if rule.equivalence_margin > rule.smallest_effect:
        yield stated(
            ("plan", "decision", "equivalence_margin"),
            Text(
                "The equivalence margin is larger than the smallest effect of interest: one finding could be both "
                "supported and refuted.",
                "El margen de equivalencia es mayor que el menor efecto de interés: un hallazgo podría quedar "
                "respaldado y refutado a la vez.",
            ),
            fix=Text("Make it smaller or equal.", "Hágalo menor o igual."),
        )
    given = plan.primary.settings.get("level")
    if given is not None and abs(float(given) - (1 - 2 * float(rule.level))) > _TOLERANCE:
        yield stated(
            ("plan", "primary", "settings", "level"),
            Text(
                f"The interval covers {given}; two one-sided tests at {rule.level} need {1 - 2 * float(rule.level):g}.",
                f"El intervalo cubre {given}; dos pruebas de una cola al {rule.level} requieren "
                f"{1 - 2 * float(rule.level):g}.",
            ),
            fix=Text(
                "Leave the level out: it follows from the rule.", "Quite el nivel: se sigue de la regla."
            ),
        )


def _design(design: Design, trail: Trail) -> Iterator[Fault]:
    if design.method not in METHODS.files():
        yield _unknown((*trail, "method"), design.method, known=METHODS.files())
        return
    _, wrong = settings_of(method(design.method), design.settings)
    yield from (replace(one, trail=(*trail, "settings", *one.trail)) for one in wrong)


def _unknown(trail: Trail, given: str, *, known: Iterable[str]) -> Fault:
    return stated(
        trail,
        Text(f"'{given}' is not known here.", f"«{given}» no se conoce aquí."),
        fix=Text("Check the spelling.", "Revise cómo está escrito."),
        known=(given, known),
    )

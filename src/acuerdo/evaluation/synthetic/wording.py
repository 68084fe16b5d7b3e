"""What the answer about a treated unit says in words."""

from __future__ import annotations

from collections.abc import Sequence

from acuerdo.core.text import Text
from acuerdo.evaluation.naming import some
from acuerdo.evaluation.synthetic.case import Case
from acuerdo.evaluation.synthetic.placebo import Placebos, is_perfect
from acuerdo.evaluation.synthetic.settings import AbstractSyntheticSettings

NO_INTERVAL = Text(
    "There is no interval: at this level no effect, however great, would be rejected by so few units or periods.",
    "No hay intervalo: a este nivel, con tan pocas unidades o periodos no se rechazaría ningún efecto, por grande "
    "que fuera.",
)
ALMOST_OVERFITTED = Text(
    "There are more donors than periods to match, so part of the fit is chance.",
    "Hay más donantes que periodos por igualar, así que parte del ajuste es azar.",
)


def estimated(case: Case, ranks: Placebos) -> Text:
    """How the estimate was reached."""
    standing = round(ranks.p_value * ranks.count)
    return Text(
        f"Estimated from {len(case.donors)} donors matched over {case.comparison.start} periods; "
        f"{standing} of {ranks.count} units, itself among them, stand out as far.",
        f"Estimado con {len(case.donors)} donantes igualados en {case.comparison.start} periodos; "
        f"{standing} de {ranks.count} unidades, ella incluida, sobresalen tanto.",
    )


def perfect_placebos(perfect: int, ranked: int) -> Text:
    """Some placebos are matched so well that they stand out whatever they do afterwards."""
    return Text(
        f"Matched without error before the treatment, by having many donors for few periods: {perfect} of {ranked} "
        "that the rank is taken among. They stand out however little they depart afterwards, so that p is too great.",
        f"Igualados sin error antes del tratamiento, por haber muchos donantes para pocos periodos: {perfect} de los "
        f"{ranked} entre los que se toma el rango. Sobresalen por poco que se aparten después, de modo que p es "
        "demasiado grande.",
    )


def overfitted(donors: int, periods: int) -> Text:
    """The match is perfect, so its error cannot be judged."""
    return Text(
        f"A mixture of {donors} donors matches {periods} periods without any error. Such a fit is made by having too "
        "many donors for too few periods; what it says about later periods cannot be judged.",
        f"Una mezcla de {donors} donantes iguala {periods} periodos sin error alguno. Ese ajuste resulta de tener "
        "demasiados donantes para tan pocos periodos; lo que diga de los periodos posteriores no puede juzgarse.",
    )


def poor_fit(misfit: float, limit: float) -> Text:
    """No mixture resembles the unit."""
    return Text(
        f"No mixture of donors resembles the unit: the misfit before the treatment is {misfit:.2f} standard deviations "
        f"of its own outcome; the settings allow {limit:g}.",
        f"Ninguna mezcla de donantes se parece a la unidad: el desajuste previo al tratamiento es de {misfit:.2f} "
        f"desviaciones estándar de su propio resultado; los ajustes permiten {limit:g}.",
    )


def without(donor: str) -> Text:
    """An effect without one donor."""
    return Text(f"Estimated without {donor}.", f"Estimado sin {donor}.")


def at_date(code: str, p_value: float) -> Text:
    """An effect at a date at which nothing happened."""
    return Text(
        f"At {code} nothing had happened; the ranks give p = {p_value:.3f}.",
        f"En {code} no había ocurrido nada; los rangos dan p = {p_value:.3f}.",
    )


def left_out(units: Sequence[str]) -> Text:
    """Some that could have been compared with are not complete."""
    return Text(
        f"Left out because a value is missing: {some(units)}.",
        f"Quedan fuera porque les falta un valor: {some(units)}.",
    )


def warnings(
    case: Case, ranks: Placebos, *, wanted: AbstractSyntheticSettings, ends: tuple[float, float] | None
) -> tuple[Text, ...]:
    """What a reader must know though the run succeeded."""
    found: list[Text] = []
    if case.dropped:
        found.append(left_out(case.dropped))
    if wanted.interval != "none" and ends is None:
        found.append(NO_INTERVAL)
    if len(case.donors) >= case.comparison.start:
        found.append(ALMOST_OVERFITTED)
    matched = is_perfect(case.comparison.outcomes, ranks.gaps, start=case.comparison.start)
    perfect = int((matched & ranks.ranked).sum())
    if perfect:
        found.append(perfect_placebos(perfect, ranks.count))
    if 1 / ranks.count > 1 - wanted.level:
        found.append(
            Text(
                f"With {ranks.count} units no p-value can be below {1 / ranks.count:.3f}.",
                f"Con {ranks.count} unidades ningún valor p puede ser menor de {1 / ranks.count:.3f}.",
            )
        )
    return tuple(found)

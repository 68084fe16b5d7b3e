"""The rule by which a probability is told or withheld; it stands here and nowhere else.

It was set before the back-test was run. A coefficient of a logistic regression is seldom badly off from five events
on (Vittinghoff, E. and McCulloch, C. E. 2007, "Relaxing the rule of ten events per variable in logistic and Cox
regression", American Journal of Epidemiology 165(6)), and here priors and pooling steady it further; below five
completions nobody has seen often enough the thing that is foretold; and an interval wider than half of all that is
possible tells a reader nothing that was not known before.
"""

from __future__ import annotations

from typing import Final

from acuerdo.core.text import Text
from acuerdo.tracking.prospects.hazard import Chance, Hazard
from acuerdo.tracking.prospects.trials import COLUMNS, Trials

FEWEST_RISES: Final = 5 * len(COLUMNS)
FEWEST_COMPLETIONS: Final = 5
WIDEST: Final = 0.5
RULE: Final = Text(
    f"A probability is told once levels have risen {FEWEST_RISES} times and {FEWEST_COMPLETIONS} commitments have "
    f"been completed after their first day, and only if its 90% interval is at most {100 * WIDEST:.0f} points wide.",
    f"Se da una probabilidad cuando los niveles han subido {FEWEST_RISES} veces y {FEWEST_COMPLETIONS} compromisos se "
    "han cumplido después de su primer día, y solo si su intervalo de 90\u00a0% mide "
    f"{100 * WIDEST:.0f} puntos o menos.",
)
WORTH: Final = Text(
    "Tried on past days, these probabilities cannot be told from giving every commitment the rate at which commitments "
    "had been completed until then: take them as no more than that.",
    "Puestas a prueba en fechas pasadas, estas probabilidades no se distinguen de dar a todo compromiso la tasa con "
    "que hasta entonces se habían cumplido: tómense como eso y nada más.",
)
"""What the back-test says of the probabilities, at every horizon; a test holds it."""


def too_few(recorded: Trials) -> Text | None:
    """Why nothing can be told yet of any promise; None where there is enough to go by."""
    if recorded.rises >= FEWEST_RISES and recorded.completions >= FEWEST_COMPLETIONS:
        return None
    return Text(
        f"Cannot tell yet: rises of a level so far, {recorded.rises}; commitments completed after their first day, "
        f"{recorded.completions}; at least {FEWEST_RISES} and {FEWEST_COMPLETIONS} are needed.",
        f"Aún no puede saberse: subidas de nivel hasta ahora, {recorded.rises}; compromisos cumplidos después de su "
        f"primer día, {recorded.completions}; se requieren al menos {FEWEST_RISES} y {FEWEST_COMPLETIONS}.",
    )


def too_wide(chance: Chance) -> Text | None:
    """Why nothing can be told yet of one promise; None where its interval is narrow enough."""
    if chance.high - chance.low <= WIDEST:
        return None
    low, high = round(100 * chance.low), round(100 * chance.high)
    return Text(
        f"Cannot tell yet: anything from {low} to {high}% is compatible with what has been seen.",
        f"Aún no puede saberse: cualquier valor de {low} a {high}\u00a0% es compatible con lo visto.",
    )


def told(model: Hazard, chance: Chance) -> bool:
    """Whether a probability may be told."""
    return too_few(model.trials) is None and too_wide(chance) is None

"""Whether somebody who is offered a place in a cartel takes it: wages, social programmes and risks weighed.

    p = π_v · σ(α + B·(r − w − v) − δ·κ_P − η·κ_K) + π_f

with the cartel's wage r, the lawful wage w, the programme's payment v, and the weekly risks of prison κ_P and death
κ_K. Those forced (π_f) join whatever the offer; those willing (π_v) weigh it.
"""

from __future__ import annotations

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.foresight.expression import Expression, logistic
from acuerdo.foresight.model import Constant
from acuerdo.foresight.tracing import Equations

SOURCE = Citation(
    key="prieto_2025",
    title="[Participation model of cartel recruitment, R script, May 2025]",
    publisher="Complexity Science Hub",
    author="Rafael Prieto-Curiel",
    kind="software",
    date="2025-05",
    note=Text(
        "no licence stated; equations and numbers used, code written anew",
        "sin licencia declarada; se usaron las ecuaciones y los números, el código se escribió de nuevo",
    ),
)
# 800 arrested and 700 killed a year among 25,000 members, as the script has it
_PRISON_RISK, _DEATH_RISK = 800 / (52 * 25_000), 700 / (52 * 25_000)
PROGRAMME = 832.0
WAGE = 13_000.0


def _constant(name: str, title: Text, *, value: float, unit: str) -> Constant:
    return Constant(name=name, title=title, value=value, unit=unit, source=SOURCE.key)


# fmt: off
CONSTANTS = (
    _constant("willing", Text("Share who weigh the offer", "Proporción que sopesa la oferta"), value=0.8, unit=""),
    _constant("forced", Text("Share who are forced", "Proporción que es forzada"), value=0.1, unit=""),
    _constant("inclination", Text("Inclination α", "Inclinación α"), value=2.6494486105937747, unit=""),
    _constant("money_weight", Text("Weight of money B", "Peso del dinero B"), value=1e-3, unit="year/usd"),
    _constant("prison_weight", Text("Weight of the risk of prison δ", "Peso del riesgo de prisión δ"),
              value=5_000.0, unit="week"),
    _constant("death_weight", Text("Weight of the risk of death η", "Peso del riesgo de muerte η"),
              value=10_000.0, unit="week"),
    _constant("prison_risk", Text("Risk of prison", "Riesgo de prisión"), value=_PRISON_RISK, unit="1/week"),
    _constant("death_risk", Text("Risk of death", "Riesgo de muerte"), value=_DEATH_RISK, unit="1/week"),
    _constant("usual_wage", Text("Wage in the cartel, as estimated", "Paga en el cártel, según se estima"), value=WAGE,
              unit="usd/year"),
    _constant("usual_programme", Text("Social programme, as it is", "Programa social, como es"), value=PROGRAMME,
              unit="usd/year"),
    _constant("lawful_wage", Text("Lawful wage", "Salario lícito"), value=14.7 * 300, unit="usd/year"),
)
# fmt: on


def weighed(
    m: Equations, *, wage: Expression, programme: Expression, arrests: Expression | float
) -> Expression:
    """The probability of joining, from the quantities in :data:`CONSTANTS`.

    Args:
        m: The model's equations.
        wage: What the cartel pays, US$ a year.
        programme: What the social programme pays, US$ a year.
        arrests: The risk of prison as a multiple of the script's.
    """
    gain = m["money_weight"] * (wage - m["lawful_wage"] - programme)
    risk = m["prison_weight"] * m["prison_risk"] * arrests + m["death_weight"] * m["death_risk"]
    return m["willing"] * logistic(m["inclination"] + gain - risk) + m["forced"]

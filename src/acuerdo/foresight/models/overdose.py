"""Opioid use, disorder, treatment, remission and overdose in the United States, with a supply of changing potency."""

from __future__ import annotations

from datetime import date

from acuerdo.core.text import Text
from acuerdo.foresight.declaring import ASSUMED, figure, share
from acuerdo.foresight.expression import Expression
from acuerdo.foresight.model import (
    Alternative,
    Balance,
    Input,
    Lever,
    Mechanism,
    Model,
    Outcome,
    State,
)
from acuerdo.foresight.overdose_table import BEHAVIOURS, CDC, FDA, HOMER, INPUTS, PUBLISHED, REFERENCES
from acuerdo.foresight.tracing import Equations

_HEALTH, _SUPPLY = ("us_mx_bicentennial:launch_1a",), ("us_mx_bicentennial:launch_2c",)
_ASSUMED = Text("Assumed.", "Supuesto.")


def equations(m: Equations) -> None:
    """People move between use, disorder, treatment and remission; the dead of each are its stock times its risk."""
    _starts(m)
    m.derivative("spread", m["spread_rate"] * m["spread"] * (1.0 - m["spread"] / m["reach"]))
    other, synthetic = _risks(m)
    users, untreated, treated = m["users"], m["untreated"], m["treated"]
    at_risk = m["user_risk"] * users + untreated + m["treated_risk"] * treated
    deaths = (other + synthetic) * at_risk
    new = m["beginning_a_year"] * (1.0 - m["by_prescription"] * m["prescribing"])
    begin = new * m["available"] ** m["availability_effect"] * _seen(m, deaths)
    m.flow("beginning", begin, into="users")
    m.flow("quitting", m["quitting_rate"] * users, out_of="users")
    m.flow(
        "developing", m["developing_rate"] * (1.0 - m["prevention"]) * users, out_of="users", into="untreated"
    )
    room = 1.0 - treated / (m["capacity"] * (1.0 + m["treatment_capacity"]))
    m.flow("entering", m["seeking_rate"] * untreated * room, out_of="untreated", into="treated")
    leaving = m["leaving_rate"] * treated
    m.flow("dropping_out", leaving * (1.0 - m["completing"]), out_of="treated", into="untreated")
    m.flow("completing_treatment", leaving * m["completing"], out_of="treated", into="remission")
    m.flow("recovering", m["recovery_rate"] * untreated, out_of="untreated", into="remission")
    back = m["return_rate"] * (1.0 - m["recovery_support"]) * m["remission"]
    m.flow("returning", back, out_of="remission", into="untreated")
    m.flow("staying_well", m["remission"] / m["time_to_stable"], out_of="remission")
    for stock, risk in (("users", m["user_risk"]), ("untreated", 1.0), ("treated", m["treated_risk"])):
        m.flow(f"{stock}_overdosing", (other + synthetic) * risk * m[stock], out_of=stock)
        m.flow(f"{stock}_dying_otherwise", m["other_mortality"] * m[stock], out_of=stock)
    m.outcome("deaths", deaths)
    m.outcome("synthetic_deaths", synthetic * at_risk)
    m.outcome("with_disorder", untreated + treated)
    m.outcome("treated_share", treated / (untreated + treated))
    m.outcome("demand", (users + untreated + treated) / _everyone_at_start(m))


def _starts(m: Equations) -> None:
    for stock in ("users", "untreated", "treated", "remission", "spread"):
        m.start(stock, m[f"{stock}_at_start"])


def _everyone_at_start(m: Equations) -> Expression:
    return m["users_at_start"] + m["untreated_at_start"] + m["treated_at_start"]


def _risks(m: Equations) -> tuple[Expression, Expression]:
    """Fatal overdoses a year of someone with an untreated disorder: without fentanyl, and with it."""
    reversed_today = m["naloxone_works"] * m["naloxone_use"]
    left = 1.0 - m["naloxone_works"] * (1.0 - (1.0 - m["naloxone_use"]) ** m["naloxone"])
    fatal = m["overdose_rate"] * (1.0 - m["survival"]) * left / (1.0 - reversed_today)
    strength = (m["potency"] * (1.0 - m["weaker_supply"])) ** m["potency_effect"]
    exposed = m["spread"] * m["fentanyl_effect"] * (1.0 - m["safer_use"]) * strength
    return fatal * (1.0 - m["spread"]), fatal * exposed


def _seen(m: Equations, deaths: Expression) -> Expression | float:
    """How far deaths seen in recent years keep people from beginning."""
    if m.chosen("perceived_risk") == "none":
        return 1.0
    m.start("seen", m["seen_at_start"])
    m.derivative("seen", (deaths - m["seen"]) / m["seeing_time"])
    return (m["seen"] / m["seen_at_start"]) ** (-m["deterrence"])


def _stock(name: str, title: Text, *, unit: str = "person") -> State:
    return State(name=name, title=title, unit=unit)


def _outcome(name: str, title: Text, *, unit: str = "", falls: bool = True) -> Outcome:
    return Outcome(name=name, title=title, unit=unit, direction="down" if falls else "ambiguous")


# fmt: off
MODEL = Model(
    id="overdose",
    title=Text("Opioid use and overdose in the United States", "Consumo de opioides y sobredosis en Estados Unidos"),
    summary=Text(
        "People begin to use opioids, some develop a disorder, some are treated, recover or relapse; what they take "
        "holds ever more fentanyl, which multiplies the risk of dying. How potent the supply is, and how much of it "
        "there is, can be given from outside. It is a sketch of a published model with twenty stocks: it has one kind "
        "of user and no regions; naloxone given out before 2022 is part of the fitted risk; why deaths fell after 2023 "
        "is not in it unless a potency is given.",
        "La gente empieza a consumir opioides, algunos desarrollan un trastorno, algunos se tratan, se recuperan o "
        "recaen; lo que toman contiene cada vez más fentanilo, que multiplica el riesgo de morir. Qué tan potente es "
        "la oferta, y cuánta hay, puede darse desde fuera. Es un bosquejo de un modelo publicado con veinte "
        "poblaciones: tiene un solo tipo de consumidor y ninguna región; la naloxona repartida antes de 2022 es parte "
        "del riesgo ajustado; por qué bajaron las muertes después de 2023 no está en él si no se le da una potencia.",
    ),
    time_unit="year", starts=date(2015, 1, 1), span=17.0, report_every=0.25, longest_step=0.25,
    states=(
        _stock("users", Text("Use without disorder", "Consumo sin trastorno")),
        _stock("untreated", Text("Disorder, untreated", "Trastorno, sin tratamiento")),
        _stock("treated", Text("Disorder, in treatment", "Trastorno, en tratamiento")),
        _stock("remission", Text("In remission", "En remisión")),
        _stock("spread", Text("Share of the supply with fentanyl", "Parte de la oferta con fentanilo"), unit=""),
        _stock("seen", Text("Deaths as they are seen", "Muertes tal como se perciben"), unit="person/year"),
    ),
    parameters=(
        figure("users_at_start", Text("Use without disorder, 2015", "Consumo sin trastorno, 2015"),
               spread=(10.2e6, 8.5e6, 11.5e6), unit="person", source=INPUTS),
        figure("untreated_at_start", Text("Untreated disorder, 2015", "Trastorno sin tratamiento, 2015"),
               spread=(3.4e6, 2.6e6, 4.2e6), unit="person", source=INPUTS),
        figure("treated_at_start", Text("In treatment, 2015", "En tratamiento, 2015"),
               spread=(0.9e6, 0.6e6, 1.3e6), unit="person", source=INPUTS),
        figure("remission_at_start", Text("In remission, 2015", "En remisión, 2015"),
               spread=(1.5e6, 0.8e6, 2.5e6), unit="person"),
        figure("spread_at_start", Text("Supply with fentanyl, start of 2015", "Oferta con fentanilo, inicio de 2015"),
               spread=(0.085, 0.06, 0.11), source=INPUTS),
        figure("spread_rate", Text("Spread of fentanyl", "Propagación del fentanilo"),
               spread=(0.52, 0.42, 0.65), unit="1/year", source=INPUTS),
        figure("reach", Text("How much of the supply fentanyl reaches", "A cuánta oferta llega el fentanilo"),
               spread=(0.92, 0.75, 1.0)),
        figure("fentanyl_effect", Text("Risk of dying with fentanyl, times that without",
                                       "Riesgo de morir con fentanilo, veces el riesgo sin él"),
               spread=(3.9, 3.0, 5.0), source=CDC),
        figure("beginning_a_year", Text("Beginning to misuse, a year", "Empiezan a hacer mal uso, al año"),
               spread=(1.6e6, 1.1e6, 2.1e6), unit="person/year", source=INPUTS),
        figure("by_prescription", Text("Of these, with an own prescription", "De ellos, con receta propia"),
               spread=(0.45, 0.15, 0.5), source=INPUTS),
        figure("quitting_rate", Text("Quitting use without disorder", "Dejan el consumo sin trastorno"),
               spread=(0.2, 0.12, 0.3), unit="1/year"),
        figure("developing_rate", Text("Developing a disorder", "Desarrollan un trastorno"),
               spread=(0.0297, 0.0251, 0.0322), unit="1/year", source=FDA),
        figure("seeking_rate", Text("Entering treatment where there is room", "Entran a tratamiento si hay lugar"),
               spread=(0.65, 0.4, 1.0), unit="1/year"),
        figure("capacity", Text("Places in treatment", "Lugares de tratamiento"),
               spread=(2.0e6, 1.5e6, 3.0e6), unit="person"),
        figure("leaving_rate", Text("Leaving treatment", "Salen de tratamiento"), spread=(0.8, 0.5, 1.2),
               unit="1/year"),
        figure("completing", Text("Of these, into remission", "De ellos, a remisión"), spread=(0.3, 0.15, 0.45)),
        figure("recovery_rate", Text("Remission without treatment", "Remisión sin tratamiento"),
               spread=(0.3, 0.2, 0.4), unit="1/year"),
        figure("return_rate", Text("Return to disorder", "Recaída en el trastorno"),
               spread=(0.583, 0.45, 0.7), unit="1/year", source=FDA),
        figure("time_to_stable", Text("Time until remission is stable", "Tiempo hasta una remisión estable"),
               spread=(9.74, 7.0, 13.0), unit="year", source=FDA),
        figure("overdose_rate", Text("Overdoses a year, untreated", "Sobredosis al año, sin tratamiento"),
               spread=(0.16737, 0.14, 0.19), unit="1/year", source=FDA),
        figure("survival", Text("Survived without fentanyl", "Sobreviven sin fentanilo"),
               spread=(0.9734, 0.97, 0.976), source=FDA),
        figure("user_risk", Text("Risk without disorder, times that with one",
                                 "Riesgo sin trastorno, veces el riesgo con él"),
               spread=(0.24, 0.15, 0.33), source=INPUTS),
        figure("treated_risk", Text("Risk in treatment, times that without",
                                    "Riesgo en tratamiento, veces el riesgo sin él"), spread=(0.5, 0.3, 0.7)),
        figure("other_mortality", Text("Dying of something else", "Mueren por otra causa"),
               spread=(0.01, 0.005, 0.02), unit="1/year"),
        figure("naloxone_works", Text("Deaths averted where naloxone is given",
                                      "Muertes evitadas donde se da naloxona"), spread=(0.73, 0.6, 0.85),
               source=HOMER),
        figure("naloxone_use", Text("Overdoses where a bystander gives it today",
                                    "Sobredosis en que hoy la da un testigo"), spread=(0.15, 0.04, 0.25),
               source=HOMER),
        figure("potency_effect", Text("How risk follows potency", "Cómo sigue el riesgo a la potencia"),
               spread=(1.0, 0.5, 1.5)),
        figure("availability_effect", Text("How beginning follows availability",
                                           "Cómo sigue el inicio a la disponibilidad"), spread=(0.5, 0.0, 1.0)),
        figure("seen_at_start", Text("Deaths seen in 2015", "Muertes percibidas en 2015"),
               spread=(33_203.0, 30_000.0, 36_000.0), unit="person/year", source=INPUTS),
        figure("seeing_time", Text("Time in which deaths are noticed", "Tiempo en que se notan las muertes"),
               spread=(2.0, 0.5, 5.0), unit="year"),
        figure("deterrence", Text("How beginning follows deaths seen", "Cómo sigue el inicio a las muertes percibidas"),
               spread=(0.3, 0.0, 0.8)),
    ),
    levers=(
        share("safer_use", Text("Risk of fentanyl avoided by users", "Riesgo del fentanilo que evitan los usuarios"),
              objectives=_HEALTH, source=FDA,
              evidence=Text("The published table moves the same risk by a fifth; by what means is not said.",
                            "La tabla publicada mueve el mismo riesgo en un quinto; no dice por qué medios.")),
        Lever(name="naloxone", title=Text("Naloxone given out, times today's", "Naloxona repartida, veces la actual"),
              unit="", default=1.0, low=0.0, high=5.0, objectives=_HEALTH, source=HOMER,
              evidence=Text("Each further kit reaches fewer overdoses that no kit reached before.",
                            "Cada dosis adicional llega a menos sobredosis a las que no llegaba ninguna.")),
        share("recovery_support", Text("Returns to disorder prevented", "Recaídas que se evitan"), objectives=_HEALTH,
              source=FDA, evidence=Text("The published table prevents a fifth; how is assumed.",
                                         "La tabla publicada evita un quinto; cómo es un supuesto.")),
        share("treatment_capacity", Text("Places in treatment added, as a share of today's",
                                         "Lugares de tratamiento que se suman, como parte de los actuales"),
              objectives=_HEALTH, evidence=_ASSUMED),
        share("prescribing", Text("Beginning by an own prescription prevented", "Inicios por receta que se evitan"),
              objectives=_HEALTH, source=INPUTS,
              evidence=Text("Acts on the share that begins with an own prescription.",
                            "Actúa sobre la parte que empieza con receta propia.")),
        share("prevention", Text("New disorders prevented", "Trastornos nuevos que se evitan"), objectives=_HEALTH,
              evidence=_ASSUMED),
        share("weaker_supply", Text("Potency taken from the supply", "Potencia que se quita a la oferta"),
              objectives=_SUPPLY,
              evidence=Text("Assumed, unless the supply model gives the potency.",
                            "Supuesto, salvo que el modelo de oferta dé la potencia.")),
    ),
    inputs=(
        Input(name="potency", title=Text("Potency of the supply, times 2022's",
                                    "Potencia de la oferta, veces la de 2022"),
              unit="", value=1.0, source=ASSUMED),
        Input(name="available", title=Text("Supply to be had, times 2022's", "Oferta disponible, veces la de 2022"),
              unit="", value=1.0, source=ASSUMED),
    ),
    outcomes=(
        _outcome("deaths", Text("Deaths by opioid overdose, a year", "Muertes por sobredosis de opioides, al año"),
                 unit="person/year"),
        _outcome("synthetic_deaths", Text("Deaths with synthetic opioids, a year",
                 "Muertes con opioides sintéticos, al año"), unit="person/year"),
        _outcome("with_disorder", Text("People with a disorder", "Personas con un trastorno"), unit="person"),
        _outcome("treated_share", Text("Of these, in treatment", "De ellas, en tratamiento"), falls=False),
        _outcome("demand", Text("People who use, times the start", "Personas que consumen, veces el inicio")),
    ),
    mechanisms=(
        Mechanism(name="perceived_risk", title=Text("Whether deaths keep people from beginning",
                                                    "Si las muertes disuaden de empezar"), alternatives=(
            Alternative(id="none", title=Text("They do not", "No disuaden"), source=ASSUMED),
            Alternative(id="fewer_begin", title=Text("They do, with delay", "Disuaden, con retraso"), source=FDA))),
    ),
    balances=(
        Balance(states=("users", "untreated", "treated", "remission"), inflows=("beginning",),
                outflows=("quitting", "staying_well", *(f"{one}_{how}" for one in ("users", "untreated", "treated")
                                                        for how in ("overdosing", "dying_otherwise")))),
    ),
    behaviours=BEHAVIOURS,
    published=PUBLISHED,
    references=REFERENCES,
    equations=equations,
)
# fmt: on

"""Firearms from the United States in Mexico: how many come, how many are in use, and what they add to the killing."""

from __future__ import annotations

from datetime import date

import numpy as np

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text, per_cent, same
from acuerdo.foresight.declaring import figure
from acuerdo.foresight.model import (
    Balance,
    Behaviour,
    Constant,
    Lever,
    Model,
    Outcome,
    Published,
    State,
)
from acuerdo.foresight.tracing import Equations
from acuerdo.foresight.trial import Setting, Trial

_FLOW, _BAN, _CHICOINE = "mcdougal_2014", "dube_2013", "chicoine_2011"
_EBRARD, _INEGI = "ebrard_2022", "inegi_2026"
_TRAFFICKED, _TRAFFICKED_LOW, _TRAFFICKED_HIGH = 0.022, 0.009, 0.037
_A_YEAR, _A_YEAR_LOW, _A_YEAR_HIGH = 212_887.0, 89_816.0, 359_205.0
# The paper prints the flow and its share of sales; sales are the one divided by the other.
_SALES = _A_YEAR / _TRAFFICKED
# Ebrard, 13 October 2022: 55,996 weapons seized from January 2020 to September 2022
_SEIZED = 55_996 / 2.75
# INEGI, deaths by homicide by place and year of occurrence, mean of 2002 and 2003: Sonora, Chihuahua, Coahuila, Nuevo
# León and Tamaulipas. The papers take municipalities near the border; states are the nearest that is published by year.
_NEAR_BORDER = (1_257 + 1_241) / 2
# INEGI 2004, the year before the rise that Chicoine explains, times the 45 % by which it is said to have risen
_RISE_TO_2008 = 0.45 * 9_327
# The ban lapsed on 13 September 2004, and the deaths counted are those of 2005 and 2006.
_COUNTED = np.linspace(0.3, 2.3, 201)
_MIDDLE_OF_2008 = 3.8


_SHARE = Text("Share of U.S. sales that is trafficked", "Parte de las ventas en EE. UU. que se trafica")
_LIFETIME = Text("Years that a firearm stays in use", "Años que un arma sigue en uso")
_STOPPED = Text("Share stopped at the border today", "Parte que hoy se detiene en la frontera")
_LAPSE = Text(
    "What the lapse of the U.S. ban added to the flow",
    "Lo que el fin de la prohibición en EE. UU. sumó al flujo",
)
_ELASTICITY = Text("How lethality follows the stock", "Cómo sigue la letalidad al acervo")
_DEATHS = Text(
    "Homicides in five border states under the ban",
    "Homicidios en cinco estados fronterizos con la prohibición",
)
_LOWERS = Text(
    "Whatever keeps firearms away leaves fewer in use and less lethality.",
    "Todo lo que aleja las armas deja menos en uso y menos letalidad.",
)
_BALANCE = Text("Stock at the start against its balance", "Acervo inicial frente a su equilibrio")


def equations(m: Equations) -> None:
    """What is sold to be trafficked, less what the border stops, adds to the stock; seizures and wear take from it."""
    stock = m["stock"]
    trafficked = m["sales"] * m["trafficked_share"] * (1.0 - m["dealer_regulation"])
    allowed = 1.0 / (1.0 + m["lapse_effect"] * m["assault_weapon_law"])
    sent = trafficked * allowed
    in_balance = m["sales"] * m["trafficked_share"] * (1.0 - m["border_share"]) * m["lifetime"]
    m.start("stock", m["starting_balance"] * in_balance)
    stopped = sent * (m["border_share"] + (1.0 - m["border_share"]) * m["southbound_inspection"])
    entering = m.flow("entering", sent - stopped, into="stock")
    # Seizures are a share of the stock, set so that today's stock gives today's seizures; the rest of its life is wear.
    seized_share = m["seized_a_year"] / in_balance
    m.flow("seized", seized_share * m["seizures_in_mexico"] * stock, out_of="stock")
    m.flow("worn", (1.0 / m["lifetime"] - seized_share) * stock, out_of="stock")
    relative = stock / in_balance
    under_the_law = relative * (1.0 + m["lapse_effect"])
    m.outcome("sent", sent)
    m.outcome("stopped_at_border", stopped)
    m.outcome("stock", stock)
    m.outcome("inflow", entering / (m["sales"] * m["trafficked_share"] * (1.0 - m["border_share"])))
    m.outcome("lethality", relative ** m["lethality_elasticity"])
    m.outcome("deaths_by_lapse", m["deaths_near_border"] * (under_the_law ** m["lethality_elasticity"] - 1.0))


def _after_the_lapse(trial: Trial) -> Setting:
    """In 2004 the stock was what the law allowed; then the law is gone."""
    effect = next(one.value for one in trial.model.parameters if one.name == "lapse_effect")
    return Setting(parameters={"starting_balance": 1.0 / (1.0 + effect)}, span=5.0, every=0.05)


def _deaths_counted(trial: Trial) -> float:
    run = trial.run(_after_the_lapse(trial))
    return float(np.mean([run.at("deaths_by_lapse", float(time)) for time in _COUNTED]))


def _share_of_rise(trial: Trial) -> float:
    run = trial.run(_after_the_lapse(trial))
    return 100.0 * run.at("deaths_by_lapse", _MIDDLE_OF_2008) / _RISE_TO_2008


def _less_with(lever: str, value: float, *, outcome: str) -> Behaviour:
    def holds(trial: Trial) -> bool:
        return trial.run(Setting(levers={lever: value})).end(outcome) < trial.run().end(outcome)

    return Behaviour(name=f"{lever}_lowers_{outcome}", kind="direction", holds=holds, title=_LOWERS)


def _nothing_sent(trial: Trial) -> bool:
    run = trial.run(Setting(levers={"dealer_regulation": 1.0, "seizures_in_mexico": 0.0}, span=100.0))
    return run.end("sent") == 0.0 and run.end("stock") < 1e-6 * run.at("stock", 0.0)


def _stays_in_balance(trial: Trial) -> bool:
    run = trial.run(Setting(span=30.0))
    return abs(run.end("stock") / run.at("stock", 0.0) - 1.0) < 1e-12


MODEL = Model(
    id="arms_flow",
    title=Text("Firearms from north to south", "Armas de fuego de norte a sur"),
    summary=Text(
        "Firearms sold in the United States to be trafficked enter a stock in use in Mexico, which seizures and wear "
        "draw down; the more there are, the more lethal a conflict is. It has one kind of firearm and no map. How much "
        "lethality follows the stock is fitted to one published effect and tried on another; how long a firearm stays "
        "in use is assumed.",
        "Armas vendidas en Estados Unidos para el tráfico entran a un acervo en uso en México, que los decomisos y el "
        "desgaste reducen; cuantas más hay, más letal es un conflicto. Hay un solo tipo de arma y ningún mapa. Cuánto "
        "sigue la letalidad al acervo se ajusta a un efecto publicado y se prueba con otro; cuánto dura un arma en "
        "uso es un supuesto.",
    ),
    time_unit="year",
    starts=date(2022, 1, 1),
    span=10.0,
    report_every=0.25,
    longest_step=0.5,
    states=(
        State(
            name="stock", title=Text("Trafficked firearms in use", "Armas traficadas en uso"), unit="firearm"
        ),
    ),
    parameters=(
        figure(
            "trafficked_share", _SHARE, spread=(_TRAFFICKED, _TRAFFICKED_LOW, _TRAFFICKED_HIGH), source=_FLOW
        ),
        figure("lifetime", _LIFETIME, spread=(5.0, 2.0, 15.0), unit="year"),
        figure("border_share", _STOPPED, spread=(0.01, 0.002, 0.03)),
        figure(
            "seized_a_year",
            Text("Seized in Mexico a year", "Decomisadas en México al año"),
            spread=(_SEIZED, 0.8 * _SEIZED, 1.2 * _SEIZED),
            unit="firearm/year",
            source=_EBRARD,
        ),
        figure("lapse_effect", _LAPSE, spread=(0.5, 0.2, 1.0)),
        figure("lethality_elasticity", _ELASTICITY, spread=(1.65, 0.5, 3.0), source=_BAN),
        figure(
            "deaths_near_border",
            _DEATHS,
            spread=(_NEAR_BORDER, 0.9 * _NEAR_BORDER, 1.1 * _NEAR_BORDER),
            unit="person/year",
            source=_INEGI,
        ),
        figure("starting_balance", _BALANCE, spread=(1.0, 0.7, 1.3)),
    ),
    constants=(
        Constant(
            name="sales",
            title=Text(
                "Firearms sold in the United States a year, as the paper implies",
                "Armas vendidas al año en EE. UU., según implica el artículo",
            ),
            value=_SALES,
            unit="firearm/year",
            source=_FLOW,
        ),
    ),
    levers=(
        Lever(
            name="southbound_inspection",
            title=Text(
                "Share of what now crosses that inspection would stop",
                "Parte de lo que hoy cruza que la inspección detendría",
            ),
            unit="",
            default=0.0,
            low=0.0,
            high=0.5,
            objectives=("us_mx_bicentennial:launch_2a", "us_mx_bicentennial:launch_2b"),
            evidence=Text(
                "Assumed: no count of what crosses uninspected is published.",
                "Supuesto: no se publica cuánto cruza sin inspección.",
            ),
        ),
        Lever(
            name="dealer_regulation",
            title=Text(
                "Share of trafficked sales that dealers and tracing prevent",
                "Parte de las ventas traficadas que evitan armerías y rastreo",
            ),
            unit="",
            default=0.0,
            low=0.0,
            high=1.0,
            objectives=("us_mx_bicentennial:launch_2b",),
            evidence=Text("Assumed.", "Supuesto."),
        ),
        Lever(
            name="assault_weapon_law",
            title=Text(
                "A U.S. ban on assault weapons, as in 1994–2004",
                "Una prohibición de armas de asalto en EE. UU., como en 1994-2004",
            ),
            unit="",
            default=0.0,
            low=0.0,
            high=1.0,
            objectives=("us_mx_bicentennial:launch_2b",),
            source=_BAN,
            evidence=Text(
                "Takes back what its lapse added to the flow, with the deaths that the lapse was found to bring.",
                "Revierte lo que su fin sumó al flujo, con las muertes que se halló que trajo.",
            ),
        ),
        Lever(
            name="seizures_in_mexico",
            title=Text("Seizures in Mexico, times today's", "Decomisos en México, veces los actuales"),
            unit="",
            default=1.0,
            low=0.0,
            high=5.0,
            objectives=("us_mx_bicentennial:launch_2b",),
            source=_EBRARD,
            evidence=Text(
                "A multiple of the seizures reported for January 2020 to September 2022.",
                "Un múltiplo de los decomisos informados de enero de 2020 a septiembre de 2022.",
            ),
        ),
    ),
    outcomes=(
        Outcome(
            name="sent",
            title=Text("Firearms sent south a year", "Armas enviadas al sur al año"),
            unit="firearm/year",
            direction="down",
        ),
        Outcome(
            name="stopped_at_border",
            title=Text("Stopped at the border a year", "Detenidas en la frontera al año"),
            unit="firearm/year",
        ),
        Outcome(
            name="stock", title=Text("Firearms in use", "Armas en uso"), unit="firearm", direction="down"
        ),
        Outcome(
            name="inflow",
            title=Text("What enters, times today's", "Lo que entra, veces lo actual"),
            unit="",
            direction="down",
        ),
        Outcome(
            name="lethality",
            title=Text("Lethality, times today's", "Letalidad, veces la actual"),
            unit="",
            direction="down",
        ),
        Outcome(
            name="deaths_by_lapse",
            title=Text(
                "Homicides near the border above those under the ban",
                "Homicidios cerca de la frontera por encima de los que había con la prohibición",
            ),
            unit="person/year",
            direction="down",
        ),
    ),
    balances=(Balance(states=("stock",), inflows=("entering",), outflows=("seized", "worn")),),
    behaviours=(
        _less_with("southbound_inspection", 0.3, outcome="stock"),
        _less_with("dealer_regulation", 0.3, outcome="lethality"),
        _less_with("assault_weapon_law", 1.0, outcome="deaths_by_lapse"),
        _less_with("seizures_in_mexico", 3.0, outcome="stock"),
        Behaviour(
            name="nothing_sent_nothing_left",
            kind="extreme",
            holds=_nothing_sent,
            title=Text("With nothing sent, the stock wears out.", "Si no se envía nada, el acervo se acaba."),
        ),
        Behaviour(
            name="balance_lasts",
            kind="conservation",
            holds=_stays_in_balance,
            title=Text(
                "Where nothing is moved, the stock stays what it is.",
                "Si nada se mueve, el acervo se mantiene.",
            ),
        ),
    ),
    published=(
        Published(
            name="firearms_a_year",
            title=Text(
                "Firearms sent south a year, 2010–12; the model's sales are taken from this row",
                "Armas enviadas al sur al año, 2010-2012; las ventas del modelo se toman de esta fila",
            ),
            published=same("212,887 (89,816–359,205)"),
            low=_A_YEAR_LOW,
            high=_A_YEAR_HIGH,
            unit=Text("firearms a year", "armas al año"),
            source=_FLOW,
            measure=lambda trial: trial.run(Setting(span=1.0)).end("sent"),
        ),
        Published(
            name="deaths_by_the_lapse_of_the_ban",
            title=Text(
                "Homicides a year near the border by the lapse of the ban; the model is fitted to this row",
                "Homicidios al año cerca de la frontera por el fin de la prohibición; a esto se ajusta el modelo",
            ),
            published=Text("at least 239", "al menos 239"),
            low=0.7 * 239,
            high=1.3 * 239,
            unit=Text("deaths a year", "muertes al año"),
            source=_BAN,
            measure=_deaths_counted,
        ),
        Published(
            name="share_of_the_rise_to_2008",
            title=Text(
                "Share of the rise in homicides from 2004 to 2008; not used in fitting",
                "Parte del aumento de homicidios de 2004 a 2008; no se usó en el ajuste",
            ),
            published=per_cent("16.4"),
            low=12.4,
            high=20.4,
            unit=Text("per cent of the rise", "por ciento del aumento"),
            source=_CHICOINE,
            measure=_share_of_rise,
        ),
    ),
    references=(
        Citation(
            key=_FLOW,
            title="The Way of the Gun: Estimating Firearms Trafficking across the US–Mexico Border",
            kind="article",
            publisher="Journal of Economic Geography",
            author="Topher McDougal and David A. Shirk and Robert Muggah and John H. Patterson",
            date="2014",
            note=Text(
                "2.2 per cent of U.S. sales (0.9–3.7); 212,887 firearms a year (89,816–359,205)",
                "2.2 por ciento de las ventas de EE. UU. (0.9–3.7); 212,887 armas de fuego al año (89,816–359,205)",
            ),
        ),
        Citation(
            key=_BAN,
            title="Cross-Border Spillover: U.S. Gun Laws and Violence in Mexico",
            kind="article",
            publisher="American Political Science Review",
            author="Arindrajit Dube and Oeindrila Dube and Omar García-Ponce",
            date="2013",
            note=Text(
                "at least 239 deaths a year near the border; the draft of 2011 says 158",
                "al menos 239 muertes al año cerca de la frontera; el borrador de 2011 dice 158",
            ),
        ),
        Citation(
            key=_CHICOINE,
            title="[Effect of the lapse of the U.S. assault weapons ban on homicide in Mexico]",
            kind="article",
            publisher="Luke Chicoine",
            date="2011",
            note=Text(
                "16.4 per cent of the 45 per cent rise in homicides, 2004–08",
                "16.4 por ciento del alza de 45 por ciento en los homicidios, 2004–08",
            ),
        ),
        Citation(
            key=_EBRARD,
            title="[Statement of the Mexican foreign minister after the second High-Level Security Dialogue]",
            publisher="Secretaría de Relaciones Exteriores",
            kind="misc",
            date="2022-10-13",
            note=Text(
                "55,996 weapons seized from January 2020 to September 2022",
                "55,996 armas aseguradas de enero de 2020 a septiembre de 2022",
            ),
        ),
        Citation(
            key=_INEGI,
            title="Defunciones por homicidio, por entidad y año de ocurrencia",
            publisher="INEGI",
            kind="dataset",
            note=Text(
                "sum of five states, mean of 2002 and 2003, from the packaged evidence",
                "suma de cinco entidades, media de 2002 y 2003, de la evidencia empaquetada",
            ),
        ),
    ),
    equations=equations,
)

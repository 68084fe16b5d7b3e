"""Recruitment as a choice: one cartel of average size, what it pays, what the state offers, and the risks."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

from acuerdo.core.text import Text, same
from acuerdo.foresight.model import (
    Balance,
    Behaviour,
    Constant,
    Lever,
    Model,
    Outcome,
    Parameter,
    Published,
    State,
)
from acuerdo.foresight.participation import CONSTANTS, PROGRAMME, SOURCE, WAGE, weighed
from acuerdo.foresight.tracing import Equations
from acuerdo.foresight.trial import Setting, Trial

_KEY = SOURCE.key
_PRINTED = Text("as the script gives it", "como lo da el guion")


def equations(m: Equations) -> None:
    """Of those exposed each week some join; some are arrested, killed, or leave as the trade fills up."""
    members = m["members"]
    chance = weighed(m, wage=m["cartel_wage"], programme=m["social_programme"], arrests=m["arrests"])
    m.start("members", m["starting_size"])
    joining = m.flow("joining", m["exposure"] * chance * members, into="members")
    m.flow("arrested", m["prison_risk"] * m["arrests"] * members, out_of="members")
    killed = m.flow("killed", m["death_risk"] * members, out_of="members")
    m.flow("leaving", m["crowding"] * members * members, out_of="members")
    m.outcome("members", members)
    m.outcome("joining", joining)
    m.outcome("killed", killed)
    m.outcome("participation", chance)


def _at(programme: float, *, arrests: float = 1.0) -> Setting:
    return Setting(levers={"social_programme": programme, "arrests": arrests}, span=52.0)


def _chance(trial: Trial, programme: float, *, arrests: float = 1.0) -> float:
    return trial.run(_at(programme, arrests=arrests)).end("participation")


def _less_joining(trial: Trial) -> bool:
    return trial.run(_at(4_000.0)).end("joining") < trial.run(_at(PROGRAMME)).end("joining")


def _only_the_forced(trial: Trial) -> bool:
    return abs(_chance(trial, 60_000.0) - 0.1) < 1e-9


def _row(
    name: str, title: Text, *, value: float, within: float, measure: Callable[[Trial], float]
) -> Published:
    return Published(
        name=name, title=title, published=same(f"{value:,}"), low=value * (1 - within), high=value * (1 + within),
        unit=_PRINTED, source=_KEY, measure=measure,
    )  # fmt: skip


def _size(week: int, value: float) -> Published:
    """The script changes the size once a week, one cause after the other; here it changes all the time."""
    return _row(
        f"size_week_{week}", Text(f"Members after {week:,} weeks", f"Integrantes a las {week:,} semanas"), value=value,
        within=0.01, measure=lambda trial: trial.run(Setting(span=float(week))).end("members"),
    )  # fmt: skip


def _joins(programme: int, value: float, *, arrests: float = 1.0) -> Published:
    more = "" if arrests == 1.0 else "_arrests_doubled"
    en, es = (", arrests doubled", ", el doble de detenciones") if more else ("", "")
    return _row(
        f"chance_at_{programme}{more}",
        Text(f"Chance of joining, programme of US${programme:,}{en}",
             f"Probabilidad de entrar, programa de {programme:,} dólares{es}"),
        value=value, within=0.00005 / value, measure=lambda trial: _chance(trial, programme, arrests=arrests),
    )  # fmt: skip


# fmt: off
MODEL = Model(
    id="cartel_participation",
    title=Text("Joining a cartel as a choice", "Entrar a un cártel como elección"),
    summary=Text(
        "One cartel of average size recruits among those it meets; whether they join depends on its wage, the "
        "lawful wage, what a social programme pays, and the risks of prison and death. It shows what social "
        "spending can do; it has no rivals and no geography.",
        "Un cártel de tamaño medio recluta entre quienes encuentra; que entren depende de su paga, del "
        "salario lícito, de lo que paga un programa social y de los riesgos de prisión y de muerte. Muestra "
        "lo que puede hacer el gasto social; no tiene rivales ni geografía.",
    ),
    time_unit="week", starts=date(2022, 1, 1), span=520.0, report_every=13.0, longest_step=26.0,
    states=(State(name="members", title=Text("Members", "Integrantes"), unit="person"),),
    parameters=(
        Parameter(name="starting_size", title=Text("Members at the start", "Integrantes al inicio"), value=25_000.0,
                  low=20_000.0, high=30_000.0, unit="person", source=_KEY, licence="facts"),
        Parameter(name="exposure", title=Text("People met by each member", "Personas que trata cada integrante"),
                  value=150 / 25_000, low=100 / 25_000, high=200 / 25_000, unit="1/week", source=_KEY,
                  licence="facts"),
        Parameter(name="cartel_wage", title=Text("Wage in the cartel", "Paga en el cártel"), value=WAGE, low=8_000.0,
                  high=18_000.0, unit="usd/year", source=_KEY, licence="facts"),
    ),
    constants=(
        *CONSTANTS,
        Constant(name="crowding", title=Text("Leaving as it grows", "Salida al crecer"), value=50 / 25_000**2,
                 unit="1/person/week", source=_KEY),
    ),
    levers=(
        Lever(name="social_programme", title=Text("Social programme, a year", "Programa social, al año"),
              unit="usd/year", default=PROGRAMME, low=0.0, high=100_000.0,
              objectives=("us_mx_bicentennial:launch_1b",),
              evidence=Text("The script's own programme pays US$832 a year.",
                            "El programa del guion paga 832 dólares al año."),
              source=_KEY),
        Lever(name="arrests", title=Text("Arrests, times today's", "Detenciones, veces las actuales"), unit="",
              default=1.0, low=0.0, high=5.0, objectives=("us_mx_bicentennial:launch_3b",),
              evidence=Text("A multiple of 800 arrests a year among 25,000 members; arrests deter here.",
                            "Un múltiplo de 800 detenciones al año entre 25,000 integrantes; aquí disuaden."),
              source=_KEY),
    ),
    outcomes=(
        Outcome(name="members", title=Text("Members", "Integrantes"), unit="person", direction="down"),
        Outcome(name="joining", title=Text("Joining a week", "Entran por semana"), unit="person/week",
                direction="down"),
        Outcome(name="killed", title=Text("Killed a week", "Muertos por semana"), unit="person/week",
                direction="down"),
        Outcome(name="participation", title=Text("Chance of joining", "Probabilidad de entrar"), unit="",
                direction="down"),
    ),
    balances=(Balance(states=("members",), inflows=("joining",), outflows=("arrested", "killed", "leaving")),),
    behaviours=(
        Behaviour(name="more_paid_fewer_join", kind="direction", holds=_less_joining,
                  title=Text("A programme that pays more has fewer join.",
                             "Con un programa que paga más entran menos.")),
        Behaviour(name="only_the_forced", kind="extreme", holds=_only_the_forced,
                  title=Text("Where the programme pays far more than the cartel, only the forced join.",
                             "Donde el programa paga mucho más que el cártel, solo entran los forzados.")),
    ),
    published=(
        _joins(832, 0.8), _joins(1_664, 0.7023), _joins(4_000, 0.2821), _joins(8_000, 0.1043),
        _joins(832, 0.2952, arrests=2.0), _size(52, 27_087.5), _size(520, 40_292.7), _size(1_500, 45_029.0),
    ),
    references=(SOURCE,),
    equations=equations,
)
# fmt: on

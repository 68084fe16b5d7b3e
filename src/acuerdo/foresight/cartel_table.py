"""What the model of cartel recruitment must reproduce: the published table, row by row, and what must always hold.

Times are weeks since 2012. The paper's "recruits" of 2021 are net of saturation: no other reading gives its sum of
7,000 more members. Its printed changes "by 2027" are compared at week 780, five years after 2021.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text, same
from acuerdo.foresight.model import Behaviour, Floats, Published
from acuerdo.foresight.network import network
from acuerdo.foresight.scenario import Schedule
from acuerdo.foresight.trial import Setting, Trajectory, Trial

START = date(2012, 1, 1)
NOW, LATER = 520.0, 780.0
PAPER = Citation(
    key="prieto_2023",
    title="Reducing cartel recruitment is the only way to lower violence in Mexico",
    publisher="Science 381 (6664): 1312–1316",
    author="Rafael Prieto-Curiel and Gian Maria Campedelli and Alejandro Hope",
    kind="article",
    date="2023",
    url="https://arxiv.org/abs/2307.06302",
)
CODE = Citation(
    key="prieto_2023_code",
    title="[Code and inputs of the paper]",
    publisher="Rafael Prieto-Curiel",
    kind="software",
    url="https://github.com/rafaelprietocuriel/Recruitment",
    note=Text(
        "commit a1db30c; no licence stated; parameters used, code written anew",
        "commit a1db30c; sin licencia declarada; se usaron los parámetros, el código se escribió de nuevo",
    ),
)
DRYAD = Citation(
    key="prieto_2023_data",
    title="[Inputs of the paper]",
    publisher="Dryad",
    kind="dataset",
    url="https://doi.org/10.5061/dryad.zw3r228d7",
    note=same("CC0 1.0"),
)
_PERSONS, _A_WEEK = Text("members", "integrantes"), Text("a week", "por semana")
_PERCENT, _YEARS = Text("per cent", "por ciento"), Text("years", "años")


def _from(time: float, value: float) -> Schedule:
    return Schedule(((START + timedelta(weeks=time), value),))


def _run(trial: Trial, *, span: float = LATER, **levers: float) -> Trajectory:
    """A run with levers moved from 2022 on."""
    return trial.run(
        Setting(levers={name: _from(NOW, value) for name, value in levers.items()}, span=span, every=1.0)
    )


def _change(outcome: str, **levers: float) -> Callable[[Trial], float]:
    """Percentage change of an outcome from 2022 to 2027."""

    def measure(trial: Trial) -> float:
        run = _run(trial, **levers)
        return 100.0 * (run.at(outcome, LATER) / run.at(outcome, NOW) - 1.0)

    return measure


def _sum(run: Trajectory, outcome: str, *, first: float, last: float) -> float:
    inside = (run.times >= first) & (run.times <= last)
    return float(np.trapezoid(run.values[outcome][inside], run.times[inside]))


def _net_recruits_2021(trial: Trial) -> float:
    run = _run(trial, span=NOW)
    return _sum(run, "recruits", first=NOW - 52, last=NOW) - _sum(run, "retired", first=NOW - 52, last=NOW)


def _in_2021(outcome: str) -> Callable[[Trial], float]:
    return lambda trial: _sum(_run(trial, span=NOW), outcome, first=NOW - 52, last=NOW)


def _growth_2021(trial: Trial) -> float:
    run = _run(trial, span=NOW)
    return run.at("members", NOW) - run.at("members", NOW - 52)


def _share_of_decade(outcome: str) -> Callable[[Trial], float]:
    """Percentage of all who were members in the decade that an end overtook."""

    def measure(trial: Trial) -> float:
        run = _run(trial, span=NOW)
        ever = run.at("members", 0.0) + _sum(run, "recruits", first=0.0, last=NOW)
        return 100.0 * _sum(run, outcome, first=0.0, last=NOW) / ever

    return measure


def _years_to_old_violence(trial: Trial) -> float:
    run = _run(trial, recruitment_prevention=1.0)
    after = run.times >= NOW
    below = run.values["deaths"][after] <= run.at("deaths", 0.0)
    return float(run.times[after][below][0] - NOW) / 52.0 if below.any() else np.inf


def _members_2022(trial: Trial) -> Floats:
    return trial.states(Setting(span=NOW))["members"]


def _share(rank: int) -> Callable[[Trial], float]:
    def measure(trial: Trial) -> float:
        members = _members_2022(trial)
        return 100.0 * float(members[rank - 1] / members.sum())

    return measure


def _top_ten(trial: Trial) -> float:
    members = _members_2022(trial)
    return 100.0 * float(members[:10].sum() / members.sum())


def _clashes_of_top_ten(trial: Trial) -> float:
    """Percentage of deaths in clashes among the ten largest groups."""
    members, found = _members_2022(trial), network()
    weights = (found.rivals + 1.0) / (found.allies.sum(axis=1)[:, None] + 1.0)
    np.fill_diagonal(weights, 0.0)
    deaths = members[:, None] * weights * members
    return 100.0 * float(deaths[:10, :10].sum() / deaths.sum())


def _after_capture(structure: str, weeks: float) -> Callable[[Trial], float]:
    """Percentage by which deaths in the largest group rise in the weeks after its leader is removed in 2022."""

    def measure(trial: Trial) -> float:
        runs = [
            trial.run(
                Setting(levers={"leaders_removed": _from(NOW, 1.0)} if hit else {}, structure={"leadership": structure},
                        span=NOW + weeks, every=1.0)
            )
            for hit in (True, False)
        ]  # fmt: skip
        hit, spared = (_sum(one, "deaths_leading_group", first=NOW, last=NOW + weeks) for one in runs)
        return 100.0 * (hit / spared - 1.0)

    return measure


# Name, quantity, as printed, least and most that count as reproduced, unit, how it is measured
_Row = tuple[str, Text, str, float, float, Text, Callable[[Trial], float]]
# fmt: off
_ROWS: tuple[_Row, ...] = (
    ("members_2022", Text("Members in 2022", "Integrantes en 2022"), "160,000–185,000; 175,000", 172_375,
     177_625, _PERSONS,
     lambda trial: _run(trial, span=NOW).end("members")),
    ("growth_2012_2022", Text("More members in 2022 than in 2012", "Integrantes más en 2022 que en 2012"), "60,000",
     57_000, 63_000, _PERSONS, lambda trial: float(np.ptp(_run(trial, span=NOW).values["members"]))),
    ("recruits_needed", Text("Recruits needed, mean of the decade", "Reclutas necesarios, media de la década"),
     "350–370",
     350, 370, _A_WEEK, lambda trial: _sum(_run(trial, span=NOW), "recruits", first=0.0, last=NOW) / NOW),
    ("recruits_needed_2021", Text("Recruits of 2021, net of saturation",
                                  "Reclutas de 2021, netos de saturación"), "350–370",
     350, 370, _A_WEEK, lambda trial: _net_recruits_2021(trial) / 52),
    ("recruits_2021", Text("Recruits of 2021, net of saturation", "Reclutas de 2021, netos de saturación"), "19,300",
     18_528, 20_072, _PERSONS, _net_recruits_2021),
    ("killed_2021", Text("Killed in 2021", "Muertos en 2021"), "6,500", 6_240, 6_760, _PERSONS, _in_2021("deaths")),
    ("arrested_2021", Text("Arrested in 2021", "Detenidos en 2021"), "5,700", 5_472, 5_928, _PERSONS,
     _in_2021("arrested")),
    ("growth_2021", Text("More members at the end of 2021", "Integrantes más al cierre de 2021"), "7,000", 6_720,
     7_280,
     _PERSONS, _growth_2021),
    ("killed_share", Text("Of the decade's members, killed", "De los integrantes de la década, muertos"), "17 %",
     15, 19,
     _PERCENT, _share_of_decade("deaths")),
    ("arrested_share", Text("Of the decade's members, arrested", "De los integrantes de la década, detenidos"),
     "20 %", 18, 22,
     _PERCENT, _share_of_decade("arrested")),
    ("deaths_2027_unchanged", Text("Deaths by 2027, nothing changed", "Muertes a 2027, sin cambios"), "+40 %", 36, 44,
     _PERCENT, _change("deaths")),
    ("members_2027_unchanged", Text("Members by 2027, nothing changed", "Integrantes a 2027, sin cambios"),
     "+26 %", 22.5, 29.5,
     _PERCENT, _change("members")),
    ("deaths_2027_arrests_doubled", Text("Deaths by 2027, arrests doubled",
                                         "Muertes a 2027, el doble de detenciones"),
     "+8 %", 1, 15, _PERCENT, _change("deaths", arrests=2.0)),
    ("deaths_2027_recruitment_halved", Text("Deaths by 2027, recruitment halved",
                                            "Muertes a 2027, la mitad de reclutas"),
     "−25 %", -27, -23, _PERCENT, _change("deaths", recruitment_prevention=0.5)),
    ("members_2027_recruitment_halved", Text("Members by 2027, recruitment halved",
                                             "Integrantes a 2027, la mitad de reclutas"),
     "−11 %", -12.5, -9.5, _PERCENT, _change("members", recruitment_prevention=0.5)),
    ("years_to_2012_violence", Text("Until the violence of 2012, recruitment zero",
                                    "Hasta la violencia de 2012, sin reclutamiento"), "3", 150 / 52, 180 / 52, _YEARS,
     _years_to_old_violence),
    ("share_cjng", Text("Share of CJNG", "Proporción del CJNG"), "17.9 %", 15.9, 19.9, _PERCENT, _share(1)),
    ("share_sinaloa", Text("Share of Sinaloa", "Proporción de Sinaloa"), "8.9 %", 6.9, 10.9, _PERCENT, _share(2)),
    ("share_familia", Text("Share of La Nueva Familia", "Proporción de La Nueva Familia"), "6.2 %", 4.2, 8.2,
     _PERCENT,
     _share(3)),
    ("share_noreste", Text("Share of Noreste", "Proporción del Noreste"), "4.5 %", 2.5, 6.5, _PERCENT, _share(4)),
    ("share_tepito", Text("Share of La Unión Tepito", "Proporción de La Unión Tepito"), "3.5 %", 1.5, 5.5,
     _PERCENT, _share(5)),
    ("members_leading_two", Text("Members of CJNG and Sinaloa", "Integrantes del CJNG y de Sinaloa"), "46,600",
     45_668, 47_532,
     _PERSONS, lambda trial: float(_members_2022(trial)[:2].sum())),
    ("members_of_top_ten", Text("Members in the ten largest groups", "Integrantes en los diez grupos mayores"),
     "50 %", 43, 57,
     _PERCENT, _top_ten),
    ("clashes_of_top_ten", Text("Deaths in clashes among the ten largest",
                                "Muertes en choques entre los diez mayores"), "15 %",
     8, 22, _PERCENT, _clashes_of_top_ten),
)
_CAPTURES: tuple[_Row, ...] = (
    ("capture_six_months", Text("Deaths in a group in the six months after its leader's removal",
                                "Muertes en un grupo en los seis meses tras la captura de su líder"), "+36.5 %",
                                28.5, 44.5,
     _PERCENT, _after_capture("split", 26.0)),
    ("capture_twelve_months", Text("Deaths in a group in the twelve months after its leader's removal",
                                   "Muertes en un grupo en los doce meses tras la captura de su líder"), "+80 %",
                                   70, 90,
     _PERCENT, _after_capture("split_lasting", 52.0)),
)
# fmt: on


def _published(row: _Row, source: str) -> Published:
    name, title, said, low, high, unit, measure = row
    printed = Text(said.replace(" %", "%"), said)
    return Published(
        name=name, title=title, published=printed, low=low, high=high, unit=unit, source=source, measure=measure,
    )  # fmt: skip


PUBLISHED = (
    *(_published(row, PAPER.key) for row in _ROWS),
    _published(_CAPTURES[0], "calderon_2015"),
    _published(_CAPTURES[1], "lindo_2015"),
)


def _fewer_deaths(lever: str, value: float, *, structure: str = "") -> Callable[[Trial], bool]:
    """Whether moving a lever in 2022 leaves fewer deaths at the end than leaving it."""

    def holds(trial: Trial) -> bool:
        chosen = dict([structure.split("=")]) if structure else {}
        moved, still = (
            trial.run(Setting(levers={lever: _from(NOW, value)} if move else {}, structure=chosen))
            for move in (True, False)
        )
        return moved.end("deaths") < still.end("deaths")

    return holds


def _nobody_recruited(trial: Trial) -> bool:
    return _run(trial, recruitment_prevention=1.0).end("recruits") == 0.0


def _nobody_fights(trial: Trial) -> bool:
    return trial.run(Setting(parameters={"lethality": 0.0}, span=52.0)).end("deaths") == 0.0


def _accounts_close(trial: Trial) -> bool:
    """Members change by what came in less what went out, over ten years, to the error of the sums of weeks."""
    run = trial.run(Setting(span=NOW, every=1.0))
    moved = {
        name: _sum(run, name, first=0.0, last=NOW) for name in ("recruits", "arrested", "deaths", "retired")
    }
    gained = moved["recruits"] - moved["arrested"] - moved["deaths"] - moved["retired"]
    return abs(gained - (run.end("members") - run.at("members", 0.0))) < 1e-4 * run.end("members")


# fmt: off
BEHAVIOURS = (
    Behaviour(name="prevention_lowers_deaths", kind="direction", holds=_fewer_deaths("recruitment_prevention", 0.5),
              title=Text("Preventing recruitment lowers deaths.", "Evitar el reclutamiento reduce las muertes.")),
    Behaviour(name="programme_lowers_deaths", kind="direction",
              holds=_fewer_deaths("social_programme", 4_000.0, structure="recruitment=participation"),
              title=Text("Where recruitment is a choice, a programme that pays more lowers deaths.",
                         "Donde reclutarse es una elección, un programa que paga más reduce las muertes.")),
    Behaviour(name="inspection_lowers_deaths", kind="direction",
              holds=_fewer_deaths("southbound_inspection", 0.5, structure="weapons=stock"),
              title=Text("Where lethality depends on arms, stopping them lowers deaths.",
                         "Donde la letalidad depende de las armas, detenerlas reduce las muertes.")),
    Behaviour(name="rehabilitation_lowers_deaths", kind="direction",
              holds=_fewer_deaths("rehabilitation", 0.5, structure="prison=release"),
              title=Text("Where prisoners are released, fewer returning lowers deaths.",
                         "Donde se libera a los presos, que regresen menos reduce las muertes.")),
    Behaviour(name="middle_layer_lowers_deaths", kind="direction",
              holds=_fewer_deaths("middle_share", 0.5, structure="targeting=layers"),
              title=Text("Where a middle layer recruits, arresting it lowers deaths.",
                         "Donde reclutan los mandos medios, detenerlos reduce las muertes.")),
    Behaviour(name="nobody_recruited", kind="extreme", holds=_nobody_recruited,
              title=Text("With all recruitment prevented nobody is recruited.",
                         "Si se evita todo el reclutamiento, nadie se recluta.")),
    Behaviour(name="nobody_fights", kind="extreme", holds=_nobody_fights,
              title=Text("Without lethality nobody is killed.", "Sin letalidad nadie muere.")),
    Behaviour(name="accounts_close", kind="conservation", holds=_accounts_close,
              title=Text("Members change by who came less who went.",
                         "Los integrantes cambian por quienes entran y salen.")),
)
# fmt: on

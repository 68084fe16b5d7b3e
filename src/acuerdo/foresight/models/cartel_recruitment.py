"""Recruitment, incapacitation, conflict and saturation among 150 criminal groups in Mexico.

    dC_i/dt = C_i · (ρ − η/T − θ·Σ_j M_ij C_j − ω·C_i),  T = Σ_j C_j,  M_ij = (W_ij + 1) / (a_i + 1),  M_ii = 0

with W the weight of rivalries, a_i a group's total weight of alliances. The published code's multiplier of each
group's recruitment is 1 in all its runs and is left out. M y = (W y + T − y_i) / (a_i + 1): sparse, plus rank one.
"""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text
from acuerdo.foresight import cartel_table as table
from acuerdo.foresight.expression import Expression, maximum, total, where
from acuerdo.foresight.model import (
    Alternative,
    Balance,
    Constant,
    Data,
    Floats,
    Input,
    Lever,
    Matrix,
    Mechanism,
    Model,
    Outcome,
    Parameter,
    State,
    Vector,
)
from acuerdo.foresight.network import network
from acuerdo.foresight.participation import CONSTANTS, PROGRAMME, SOURCE, WAGE, weighed
from acuerdo.foresight.tracing import Equations

# A removed leader's group splits in three; only the largest groups are targeted by name
TARGETS, SIBLINGS = 10, 2


def equations(m: Equations) -> None:
    """The published equations, and the mechanisms in dispute where they are chosen."""
    members = m["members"]
    size = total(members)
    m.start("members", m["starting_size"] * m["share"])
    m.start("prison", 0.0)
    recruits = m.flow("recruits", _recruitment(m, size) * members, into="members")
    arrests = m.flow(
        "arrests", m["arrest_flow"] * m["arrests"] / size * members, out_of="members", into="prison"
    )
    killed = m.flow("killed", _lethality(m) * members * m.times("conflict", members), out_of="members")
    retired = m.flow("retired", m["saturation"] * members * members, out_of="members")
    if m.chosen("prison") == "release":
        leaving = m["prison"] / m["sentence"]
        back = m["reoffending"] * (1.0 - m["rehabilitation"])
        m.flow("returning", back * leaving / size * members, out_of="prison", into="members")
        m.flow("leaving_crime", (1.0 - back) * leaving, out_of="prison")
    _leadership(m)
    m.outcome("members", size)
    m.outcome("deaths", total(killed))
    m.outcome("counted", total(killed) / _counted_share(m))
    m.outcome("recruits", total(recruits))
    m.outcome("arrested", total(arrests))
    m.outcome("retired", total(retired))
    m.outcome("prison", m["prison"])
    m.outcome("deaths_leading_group", total(killed * m["leading"]))


def _recruitment(m: Equations, size: Expression) -> Expression:
    """Recruits per member and week."""
    rate = m["recruitment_rate"] * (1.0 - m["recruitment_prevention"])
    if m.chosen("recruitment") == "participation":
        now = weighed(m, wage=m["cartel_wage"], programme=m["social_programme"], arrests=m["arrests"])
        rate = rate * now / weighed(m, wage=m["usual_wage"], programme=m["usual_programme"], arrests=1.0)
    if m.chosen("targeting") == "layers":
        m.start("gap", 0.0)
        hit = m["arrest_flow"] * m["arrests"] * m["middle_share"] / (m["middle_layer"] * size)
        m.derivative("gap", hit * (1.0 - m["gap"]) - m["gap"] / m["replacement_time"])
        rate = rate * (1.0 - m["gap"])
    return rate


def _counted_share(m: Equations) -> Expression:
    """The share of all homicides and missing persons that the groups' killings are."""
    chosen = m.chosen("killings")
    return m["published_share"] if chosen == "tenth" else m[f"{chosen}_share"]


def _lethality(m: Equations) -> Expression:
    """Deaths per pair of rivals and week, before the weights of the pair."""
    rate = m["lethality"]
    if m.chosen("weapons") == "stock":
        m.start("arms", 1.0)
        m.derivative(
            "arms", (m["arms_inflow"] * (1.0 - m["southbound_inspection"]) - m["arms"]) / m["arms_lifetime"]
        )
        rate = rate * maximum(m["arms"], 0.0) ** m["arms_elasticity"]
    if m.chosen("leadership") != "none":
        rate = rate * (1.0 + m["burst"])
    return rate


def _leadership(m: Equations) -> None:
    """At the dates of removals the largest groups split, and fight the harder for a while."""
    chosen = m.chosen("leadership")
    if chosen == "none":
        return
    kind = "lasting_burst" if chosen == "split_lasting" else "burst"
    members, burst = m["members"], m["burst"]
    hit = where(m["rank"] < m["leaders_removed"] + 0.5, 1.0, otherwise=0.0)
    from_parent = m.times("descent", members) / SIBLINGS
    m.start("burst", 0.0)
    m.derivative("burst", -burst / m[f"{kind}_time"])
    m.jump("members", members + m["split_share"] * hit * (from_parent - m["parent"] * members))
    m.jump("burst", burst + hit * m[f"{kind}_size"])


def data(structure: Mapping[str, str]) -> Data:
    """The network; with room for the parts that groups split into, if leaders can be removed."""
    found = network()
    n = len(found.names)
    splitting = structure["leadership"] != "none"
    parents = np.arange(TARGETS).repeat(SIBLINGS) if splitting else np.zeros(0, dtype=np.int64)
    origin = np.concatenate([np.arange(n), parents])
    rivals = found.rivals[np.ix_(origin, origin)]
    family = (origin[:, None] == origin) & ~np.eye(origin.size, dtype=np.bool_)
    # Siblings fight each other as an average pair of rivals does
    rivals[family] = found.rivals[found.rivals > 0.0].mean()
    share = np.where(np.arange(origin.size) < n, 1.0 / (origin + 1.0), 0.0)
    vectors = {
        "share": share / share.sum(),
        "leading": (origin == 0).astype(np.float64),
        "rank": origin + 1.0,
        "parent": (np.arange(origin.size) < TARGETS).astype(np.float64),
    }
    child = np.arange(n, origin.size)
    return Data(
        spaces={"groups": origin.size},
        vectors={name: Vector(values=values, space="groups", unit="") for name, values in vectors.items()},
        matrices={
            "conflict": _matrix(
                rivals, ones=1, diagonal=-1.0, scale=1.0 / (found.allies.sum(axis=1)[origin] + 1.0)
            ),
            "descent": _matrix(
                _ones_at(origin.size, child, parents=parents),
                ones=0,
                diagonal=0.0,
                scale=np.ones(origin.size),
            ),
        },
    )


def _ones_at(size: int, child: np.ndarray, *, parents: np.ndarray) -> Floats:
    full = np.zeros((size, size))
    full[child, parents] = 1.0
    return full


def _matrix(full: Floats, *, ones: int, diagonal: float, scale: Floats) -> Matrix:
    rows, columns = np.nonzero(full)
    n = scale.size
    return Matrix(
        space="groups", unit="", rows=rows, columns=columns, values=full[rows, columns], left=np.ones((ones, n)),
        right=np.ones((ones, n)), diagonal=np.full(n, diagonal), scale=scale,
    )  # fmt: skip


# fmt: off
_CODE, _PAPER, _FACTS, _NEW = table.CODE.key, table.PAPER.key, "facts", "assumed"
_ASSUMED = Text("Assumed; no published estimate fits this model.",
                "Supuesto; ninguna estimación publicada se ajusta a este modelo.")
_SHARE = Text("Of homicides and missing persons, killed by groups", "De homicidios y desaparecidos, muertos por grupos")
CALDERON = Citation(
    key="calderon_2015", title="The Beheading of Criminal Organizations and the Dynamics of Violence in Mexico",
    publisher="Journal of Conflict Resolution", kind="article", date="2015",
    author="Gabriela Calderón and Gustavo Robles and Alberto Díaz-Cayeros and Beatriz Magaloni",
)
LINDO = Citation(
    key="lindo_2015",
    title="Kingpin Approaches to Fighting Crime and Community Violence: Evidence from Mexico's Drug War",
    publisher="National Bureau of Economic Research", kind="report", date="2015",
    author="Jason Lindo and María Padilla-Romo",
    note=Text(
            "working paper 21171",
            "documento de trabajo 21171",
        ),
)

_SHARES = tuple(
    Constant(name=f"{name}_share", title=_SHARE, value=value, unit="", source=source)
    for name, value, source in (("published", 0.10, _CODE), ("twentieth", 0.05, _NEW), ("fifth", 0.20, _NEW))
)

MODEL = Model(
    id="cartel_recruitment",
    title=Text("Cartel recruitment and violence", "Reclutamiento y violencia de los cárteles"),
    summary=Text(
        "150 groups recruit, lose members to arrest, to each other and to crowding, and fight along a network "
        "of rivalries and alliances. The published parameters rest on assumed shares of killings and arrests "
        "and on an assumed starting size; other sizes fit as well and turn the effect of arrests around, so "
        "no single curve of it should be believed. A fixed number are arrested each week, as published, so nothing "
        "can be said of arrests that leave nobody: three or four times today's from 2012 on, or fewer if groups "
        "were small.",
        "150 grupos reclutan, pierden integrantes por detención, por sus pleitos y por saturación, y pelean "
        "según una red de rivalidades y alianzas. Los parámetros publicados descansan en proporciones "
        "supuestas de homicidios y detenciones y en un tamaño inicial supuesto; otros tamaños se ajustan "
        "igual e invierten el efecto de las detenciones, así que no debe creerse ninguna curva sola. Se detiene a "
        "un número fijo por semana, como se publicó, así que nada puede decirse de detenciones que no dejan a "
        "nadie: tres o cuatro veces las actuales desde 2012, o menos si los grupos eran pequeños.",
    ),
    time_unit="week", starts=table.START, span=780.0, report_every=4.0, longest_step=26.0,
    states=(
        State(name="members", title=Text("Members of each group", "Integrantes de cada grupo"), unit="person",
              space="groups"),
        State(name="prison", title=Text("Members in prison", "Integrantes en prisión"), unit="person"),
        State(name="gap", title=Text("Middle layer not yet replaced", "Mandos medios aún no reemplazados"), unit=""),
        State(name="arms", title=Text("Stock of arms, relative", "Acervo de armas, relativo"), unit=""),
        State(name="burst", title=Text("Burst of violence in each group", "Brote de violencia en cada grupo"),
              unit="",
              space="groups"),
    ),
    parameters=(
        Parameter(name="recruitment_rate", title=Text("Recruits per member, ρ", "Reclutas por integrante, ρ"),
                  value=2.527474e-3, low=2e-3, high=3e-3, unit="1/week", source=_CODE, licence=_FACTS),
        Parameter(name="arrest_flow", title=Text("Members arrested, η", "Integrantes detenidos, η"), value=110.0,
                  low=100.0, high=120.0, unit="person/week", source=_CODE, licence=_FACTS),
        Parameter(name="lethality", title=Text("Lethality of conflict, θ", "Letalidad del conflicto, θ"),
                  value=1.549231e-8,
                  low=1e-8, high=2e-8, unit="1/person/week", source=_CODE, licence=_FACTS),
        Parameter(name="saturation", title=Text("Saturation, ω", "Saturación, ω"), value=0.04e-6, low=0.0,
                  high=0.1e-6,
                  unit="1/person/week", source=_CODE, licence=_FACTS),
        Parameter(name="starting_size", title=Text("Members in 2012", "Integrantes en 2012"), value=115_000.0,
                  low=110_000.0, high=115_000.0, unit="person", source=_CODE, licence=_FACTS),
        Parameter(name="split_share", title=Text("Members lost to the split",
                                                 "Integrantes que se llevan las escisiones"),
                  value=0.5, low=0.2, high=0.8, unit="", source=_NEW, licence=_FACTS),
        Parameter(name="burst_size", title=Text("Burst after a removal", "Brote tras una captura"), value=0.38,
                  low=0.26, high=0.5, unit="", source=CALDERON.key, licence=_FACTS),
        Parameter(name="burst_time", title=Text("Decay of the burst", "Duración del brote"), value=26.0,
                  low=13.0, high=39.0,
                  unit="week", source=CALDERON.key, licence=_FACTS),
        Parameter(name="lasting_burst_size", title=Text("Lasting burst", "Brote duradero"), value=0.79, low=0.65,
                  high=0.95,
                  unit="", source=LINDO.key, licence=_FACTS),
        Parameter(name="lasting_burst_time", title=Text("Decay of the lasting burst", "Duración del brote duradero"),
                  value=104.0, low=52.0, high=156.0, unit="week", source=LINDO.key, licence=_FACTS),
        Parameter(name="middle_layer", title=Text("Share of members in the middle",
                                                  "Proporción de mandos medios"), value=0.1,
                  low=0.05, high=0.2, unit="", source=_NEW, licence=_FACTS),
        Parameter(name="replacement_time", title=Text("Time to replace them", "Tiempo para reemplazarlos"),
                  value=26.0,
                  low=8.0, high=52.0, unit="week", source=_NEW, licence=_FACTS),
        Parameter(name="sentence", title=Text("Time in prison", "Tiempo en prisión"), value=260.0, low=104.0,
                  high=520.0,
                  unit="week", source=_NEW, licence=_FACTS),
        Parameter(name="reoffending", title=Text("Share who go back", "Proporción que regresa"), value=0.5,
                  low=0.2, high=0.8,
                  unit="", source=_NEW, licence=_FACTS),
        Parameter(name="arms_elasticity", title=Text("Lethality by arms", "Letalidad por armas"), value=0.5,
                  low=0.0, high=1.0,
                  unit="", source=_NEW, licence=_FACTS),
        Parameter(name="arms_lifetime", title=Text("Life of an arm in use", "Vida útil de un arma"), value=520.0,
                  low=260.0,
                  high=1040.0, unit="week", source=_NEW, licence=_FACTS),
    ),
    constants=(*CONSTANTS, *_SHARES),
    levers=(
        Lever(name="arrests", title=Text("Arrests, times today's", "Detenciones, veces las actuales"), unit="",
              default=1.0,
              low=0.0, high=4.0, objectives=("us_mx_bicentennial:launch_3b", "us_mx_bicentennial:launch_1c"),
              evidence=Text("The published scenario doubles them. So many are arrested each week whoever is left: "
                            "once nobody is, the equations go below zero, and the draw is counted and left out.",
                            "El escenario publicado las duplica. Se detiene a tantos por semana quede quien quede: "
                            "cuando ya no queda nadie, las ecuaciones bajan de cero y el sorteo se cuenta y se omite."),
              source=_PAPER),
        Lever(name="recruitment_prevention", title=Text("Recruitment prevented", "Reclutamiento evitado"),
              unit="", default=0.0,
              low=0.0, high=1.0, objectives=("us_mx_bicentennial:launch_1b",),
              evidence=Text("The published scenario halves it; by what means is not said.",
                            "El escenario publicado lo reduce a la mitad; no dice por qué medios."), source=_PAPER),
        Lever(name="social_programme", title=Text("Social programme, a year", "Programa social, al año"),
              unit="usd/year",
              default=PROGRAMME, low=0.0, high=20_000.0, objectives=("us_mx_bicentennial:launch_1b",),
              evidence=Text("Acts where recruitment is a choice; the weight of money is the script's.",
                            "Actúa donde reclutarse es una elección; el peso del dinero es el del guion."),
                            source=SOURCE.key),
        Lever(name="leaders_removed", title=Text("Leaders removed, from the largest group down",
                                                 "Líderes removidos, desde el grupo mayor"), unit="", default=0.0,
              low=0.0, high=float(TARGETS), objectives=("us_mx_bicentennial:launch_1c",
                                                        "us_mx_bicentennial:launch_3b"),
              evidence=Text("Acts where leadership matters: violence rises by about a third for six months.",
                            "Actúa donde importa el liderazgo: la violencia sube cerca de un tercio por seis meses."),
              source=CALDERON.key, impulse=True),
        Lever(name="middle_share", title=Text("Arrests aimed at the middle layer",
                                              "Detenciones dirigidas a mandos medios"),
              unit="", default=0.0, low=0.0, high=1.0, objectives=("us_mx_bicentennial:launch_3b",),
              evidence=_ASSUMED),
        Lever(name="rehabilitation", title=Text("Return to crime prevented", "Reincidencia evitada"), unit="",
              default=0.0,
              low=0.0, high=1.0, objectives=("us_mx_bicentennial:launch_1b",), evidence=_ASSUMED),
        Lever(name="southbound_inspection", title=Text("Arms stopped at the border",
                                                       "Armas detenidas en la frontera"), unit="",
              default=0.0, low=0.0, high=1.0, objectives=("us_mx_bicentennial:launch_2b",), evidence=_ASSUMED),
    ),
    inputs=(
        Input(name="cartel_wage", title=Text("Wage in the cartel", "Paga en el cártel"), unit="usd/year", value=WAGE,
              source=SOURCE.key),
        Input(name="arms_inflow", title=Text("Arms reaching the groups, relative",
                                             "Armas que llegan a los grupos, relativas"),
              unit="", value=1.0, source=_NEW),
    ),
    mechanisms=(
        Mechanism(name="recruitment", title=Text("What recruitment depends on",
                                                 "De qué depende el reclutamiento"), alternatives=(
            Alternative(id="constant", title=Text("On members alone", "Solo de los integrantes"), source=_PAPER),
            Alternative(id="participation", title=Text("On wages, programmes and risk",
                                                       "De pagas, programas y riesgo"),
                        source=SOURCE.key))),
        Mechanism(name="leadership", title=Text("What removing a leader does", "Qué hace remover a un líder"),
                  alternatives=(
            Alternative(id="none", title=Text("Nothing of its own", "Nada en particular"), source=_PAPER),
            Alternative(id="split", title=Text("The group splits; half a year of violence",
                                               "El grupo se divide; medio año de violencia"), source=CALDERON.key),
            Alternative(id="split_lasting", title=Text("The group splits; more than a year of violence",
                                                       "El grupo se divide; más de un año de violencia"),
                                                       source=LINDO.key))),
        Mechanism(name="targeting", title=Text("Whom arrests hit", "A quién alcanzan las detenciones"), alternatives=(
            Alternative(id="members", title=Text("Members alike", "Integrantes por igual"), source=_PAPER),
            Alternative(id="layers", title=Text("A middle layer that recruits", "Mandos medios que reclutan"),
                        source=_NEW))),
        Mechanism(name="prison", title=Text("What becomes of prisoners", "Qué pasa con los presos"), alternatives=(
            Alternative(id="forever", title=Text("They stay", "Se quedan"), source=_PAPER),
            Alternative(id="release", title=Text("They are released; some go back", "Salen; algunos regresan"),
                        source=_NEW))),
        Mechanism(name="weapons", title=Text("What lethality depends on", "De qué depende la letalidad"),
                  alternatives=(
            Alternative(id="constant", title=Text("On members alone", "Solo de los integrantes"), source=_PAPER),
            Alternative(id="stock", title=Text("On the stock of arms too", "También del acervo de armas"),
                        source=_NEW))),
        Mechanism(name="killings", title=Text("How many killings are the groups' own",
                                              "Cuántos homicidios son de los grupos"), alternatives=(
            Alternative(id="tenth", title=Text("A tenth", "Una décima parte"), source=_CODE),
            Alternative(id="twentieth", title=Text("A twentieth", "Una vigésima parte"), source=_NEW),
            Alternative(id="fifth", title=Text("A fifth", "Una quinta parte"), source=_NEW))),
    ),
    outcomes=(
        Outcome(name="members", title=Text("Members", "Integrantes"), unit="person", direction="down"),
        Outcome(name="deaths", title=Text("Killed a week", "Muertos por semana"), unit="person/week",
                direction="down"),
        Outcome(name="counted", title=Text("Homicides and missing persons a week that this stands for",
                                           "Homicidios y desaparecidos por semana que esto representa"),
                unit="person/week"),
        Outcome(name="recruits", title=Text("Recruits a week", "Reclutas por semana"), unit="person/week",
                direction="down"),
        Outcome(name="arrested", title=Text("Arrested a week", "Detenidos por semana"), unit="person/week"),
        Outcome(name="retired", title=Text("Leaving a week", "Salen por semana"), unit="person/week"),
        Outcome(name="prison", title=Text("In prison", "En prisión"), unit="person"),
        Outcome(name="deaths_leading_group", title=Text("Killed a week in the largest group and what it split into",
                                                        "Muertos por semana en el grupo mayor y sus escisiones"),
                unit="person/week", direction="down"),
    ),
    balances=(
        Balance(states=("members",), inflows=("recruits", "returning"), outflows=("arrests", "killed", "retired")),
        Balance(states=("members", "prison"), inflows=("recruits",), outflows=("killed", "retired", "leaving_crime")),
    ),
    behaviours=table.BEHAVIOURS,
    published=table.PUBLISHED,
    references=(table.PAPER, table.CODE, table.DRYAD, SOURCE, CALDERON, LINDO),
    equations=equations,
    data=data,
)
# fmt: on

"""A drug's way from precursor to buyer: quantity, price, potency and revenue when one link is closed."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from functools import cache

from acuerdo.core.text import Text, per_cent
from acuerdo.foresight.declaring import ASSUMED, figure, share
from acuerdo.foresight.expression import Expression
from acuerdo.foresight.model import (
    Alternative,
    Balance,
    Behaviour,
    Constant,
    Input,
    Mechanism,
    Model,
    Outcome,
    Published,
    State,
)
from acuerdo.foresight.scenario import Schedule
from acuerdo.foresight.supply_table import CONTROLS, IDENTITY, ISOMERS, REFERENCES
from acuerdo.foresight.tracing import Equations
from acuerdo.foresight.trial import Setting, Trajectory, Trial

_OBJECTIVES = ("us_mx_bicentennial:launch_2c",)
_CHANGES = {
    ("control_2005", "mexico"): -12,
    ("control_2005", "texas"): -11,
    ("closure_2007", "mexico"): -56,
    ("closure_2007", "texas"): -48,
}
_ASSUMED = Text("Assumed.", "Supuesto.")
_PER_CENT = Text("per cent", "por ciento")
# From the control of November 2005 to the closure of March 2007
_MONTHS_BETWEEN = 16


def equations(m: Equations) -> None:
    """Stocks in a row: what one passes on is the next one's inflow, less what is lost on the way."""
    first, second, start = _routes(m)
    bought = _chain(m, first=first, second=second, start=start)
    weak, share = m["second_strength"], m["second_at_start"]
    potency = (first + weak * second) / (first + second) / (1.0 - share + weak * share)
    effective = bought / m["usual"] * potency
    available = 1.0 - m["from_mexico"] * (1.0 - effective)
    price = (available / m["demand"]) ** (1.0 / m["elasticity"])
    m.outcome("made", m["product"] / (start * (1.0 - m["laboratory_loss"]) * m["stage_time"]) * potency)
    m.outcome("available", available)
    m.outcome("potency", potency)
    m.outcome("second_route", second / (first + second))
    m.outcome("price", price)
    m.outcome("revenue", price * effective)


def _routes(m: Equations) -> tuple[Expression, Expression, Expression]:
    """What each precursor's route brings now, and what both brought at the start; doses a month."""
    start = m["usual"] / ((1.0 - m["laboratory_loss"]) * (1.0 - m["border_loss"]))
    first_at_start, second_at_start = start * (1.0 - m["second_at_start"]), start * m["second_at_start"]
    m.start("evasion", 0.0)
    m.derivative("evasion", (m["import_control"] * (1.0 - m["closure"]) - m["evasion"]) / m["evasion_time"])
    shut = m["closure_share"] * m["closure"]
    lost = shut + m["control_share"] * m["import_control"] * (1.0 - m["closure"]) * (1.0 - m["evasion"])
    m.start("second", second_at_start)
    # Only what is shut for good is worth building another route for.
    wanted = second_at_start + (m["second_reach"] * shut * first_at_start if _replaced(m) else 0.0)
    m.derivative("second", (wanted - m["second"]) / m["second_time"])
    return first_at_start * (1.0 - lost), m["second"], start


def _replaced(m: Equations) -> bool:
    return m.chosen("substitution") == "second_route"


def _chain(m: Equations, *, first: Expression, second: Expression, start: Expression) -> Expression:
    """Precursor, product and wholesale stocks, each in balance at the start; gives doses bought a month."""
    in_laboratory = 1.0 - (1.0 - m["laboratory_loss"]) * (1.0 - m["laboratory_removal"])
    at_border = 1.0 - (1.0 - m["border_loss"]) * (1.0 - m["border_seizure"])
    m.start("precursor", start * m["stage_time"])
    m.start("product", start * (1.0 - m["laboratory_loss"]) * m["stage_time"])
    m.start("wholesale", m["usual"] * m["stage_time"])
    m.flow("brought", (first + second) * m["hands"] ** m["hands_effect"], into="precursor")
    used, sent = m["precursor"] / m["stage_time"], m["product"] / m["stage_time"]
    m.flow("cooked", used * (1.0 - in_laboratory), out_of="precursor", into="product")
    m.flow("removed", used * in_laboratory, out_of="precursor")
    m.flow("crossing", sent * (1.0 - at_border), out_of="product", into="wholesale")
    m.flow("seized", sent * at_border, out_of="product")
    return m.flow("bought", m["wholesale"] / m["stage_time"], out_of="wholesale")


@cache
def _history(trial: Trial) -> Trajectory:
    """The control of November 2005 at time zero, the closure sixteen months later."""
    start = trial.model.starts
    months = start.month - 1 + _MONTHS_BETWEEN
    closed = date(start.year + months // 12, months % 12 + 1, start.day)
    levers = {"import_control": 1.0, "closure": Schedule(((closed, 1.0),))}
    # The same numbers from whichever back end is quickest; that they agree is the contract of every model.
    return Trial(trial.model, "auto").run(Setting(levers=levers, span=56.0, every=1.0))


def _change(outcome: str, *, first: int, last: int) -> Callable[[Trial], float]:
    """The mean change against the start over months after the control, in per cent."""

    def measure(trial: Trial) -> float:
        run = _history(trial)
        months = range(first, last + 1)
        return 100.0 * (sum(run.at(outcome, float(month)) for month in months) / len(months) - 1.0)

    return measure


def _second_route_in_2010(trial: Trial) -> float:
    return 100.0 * _history(trial).at("second_route", 55.0)


def _after_a_cut(trial: Trial, cut: float, *, elasticity: float) -> Trajectory:
    parameters = {"elasticity": elasticity, "from_mexico": 1.0}
    return trial.run(Setting(parameters=parameters, levers={"border_seizure": cut}, span=60.0, every=60.0))


def _revenue(elasticity: float) -> Callable[[Trial], float]:
    """How far revenue after a cut of a tenth is from the identity, relatively."""

    def measure(trial: Trial) -> float:
        exact = 0.9 ** (1.0 + 1.0 / elasticity)
        return _after_a_cut(trial, 0.1, elasticity=elasticity).end("revenue") / exact - 1.0

    return measure


def _less_available(trial: Trial) -> bool:
    usual = trial.run(Setting(span=6.0, every=6.0)).end("available")
    levers = ("border_seizure", "laboratory_removal", "closure")
    return all(
        trial.run(Setting(levers={name: 0.5}, span=6.0, every=6.0)).end("available") < usual
        for name in levers
    )


def _dearer(trial: Trial) -> bool:
    return _after_a_cut(trial, 0.3, elasticity=-0.5).end("price") > 1.0


def _little_crosses(trial: Trial) -> bool:
    """In the limit only the half that is made elsewhere is left; a hundredth that crosses adds half of itself."""
    run = trial.run(
        Setting(parameters={"from_mexico": 0.5}, levers={"border_seizure": 0.99}, span=36.0, every=36.0)
    )
    return abs(run.end("available") - 0.505) < 1e-6


def _steady(trial: Trial) -> bool:
    run = trial.run(Setting(span=24.0))
    return all(
        abs(run.end(name) - 1.0) < 1e-9 for name in ("made", "available", "potency", "price", "revenue")
    )


def _printed(value: str) -> Text:
    return per_cent(value.replace("-", "−"))


def _row(
    name: str,
    title: Text,
    *,
    published: float,
    measure: Callable[[Trial], float],
    source: str = CONTROLS,
) -> Published:
    within = 5.0 if source == ISOMERS else 6.0
    return Published(
        name=name,
        title=title,
        published=_printed(f"{published:+.0f}" if published < 0 else f"{published:.0f}"),
        low=published - within,
        high=published + within,
        unit=_PER_CENT,
        source=source,
        measure=measure,
    )


def _identity_row(elasticity: float, change: str) -> Published:
    written = f"{elasticity:g}".replace("-", "−")
    return Published(
        name=f"revenue_identity_{-elasticity:g}".replace(".", "_"),
        title=Text(
            f"Revenue after a cut of a tenth, elasticity {written}: distance from (1−s)^(1+1/ε)",
            f"Ingreso tras un recorte de un décimo, elasticidad {written}: distancia a (1−s)^(1+1/ε)",
        ),
        published=_printed(change),
        low=-1e-9,
        high=1e-9,
        unit=Text("relative distance", "distancia relativa"),
        source=IDENTITY,
        measure=_revenue(elasticity),
    )


def _outcome(name: str, title: Text) -> Outcome:
    return Outcome(name=name, title=title, unit="", direction="down")


def _level(name: str, title: Text, *, unit: str = "dose") -> State:
    # What was bought a month at the start is one: a share of it is no whole number of anything
    return State(name=name, title=title, unit=unit, whole=False)


_AFTER = _MONTHS_BETWEEN + 1
PUBLISHED = (
    *(
        _row(
            f"{event}_{where}",
            Text(f"{en}, {place}", f"{es}, {lugar}"),
            published=value,
            measure=_change(outcome, first=months[0], last=months[1]),
        )
        for event, en, es, months in (
            (
                "control_2005",
                "Control of 2005: mean of six months",
                "Control de 2005: media de 6 meses",
                (1, 6),
            ),
            (
                "closure_2007",
                "Closure of 2007: mean of 18 months",
                "Cierre de 2007: media de 18 meses",
                (_AFTER, _AFTER + 17),
            ),
        )
        for where, place, lugar, outcome in (
            ("mexico", "Mexico", "México", "made"),
            ("texas", "Texas", "Texas", "available"),
        )
        for value in (_CHANGES[event, where],)
    ),
    _row(
        "second_route_2010",
        Text("Share of the second route in 2010", "Parte de la segunda vía en 2010"),
        published=37,
        measure=_second_route_in_2010,
        source=ISOMERS,
    ),
    _identity_row(-0.5, "+11.1"),
    _identity_row(-0.25, "+37.2"),
)

# fmt: off
MODEL = Model(
    id="supply_chain",
    title=Text("A drug's way to the buyer", "El camino de una droga al comprador"),
    summary=Text(
        "Precursor, laboratory, border, buyer: what is closed at one link is missing at the next, a second precursor "
        "route is built slowly and gives a weaker drug, and because buyers cut back little when prices rise, a "
        "smaller quantity can bring a larger revenue. The sizes come from two controls of methamphetamine precursors, "
        "in 2005 and 2007; for fentanyl they are an analogy.",
        "Precursor, laboratorio, frontera, comprador: lo que se cierra en un eslabón falta en el siguiente, una "
        "segunda vía de precursores se construye despacio y da una droga más débil, y como los compradores reducen "
        "poco su consumo al subir el precio, una cantidad menor puede dar un ingreso mayor. Las magnitudes vienen de "
        "dos controles de precursores de metanfetamina, de 2005 y 2007; para el fentanilo son una analogía.",
    ),
    time_unit="month", starts=date(2022, 1, 1), span=120.0, report_every=1.0, longest_step=1.0,
    states=(
        _level("precursor", Text("Precursor at laboratories", "Precursor en laboratorios")),
        _level("product", Text("Product before the border", "Producto antes de la frontera")),
        _level("wholesale", Text("Product beyond the border", "Producto tras la frontera")),
        _level("second", Text("Second route", "Segunda vía"), unit="dose/month"),
        _level("evasion", Text("How far a control is evaded", "Cuánto se evade un control"), unit=""),
    ),
    parameters=(
        figure("control_share", Text("Imports that a control stops at first",
                                     "Importaciones que un control detiene al inicio"),
               spread=(0.24, 0.15, 0.35), source=CONTROLS),
        figure("evasion_time", Text("Time to get round a control", "Tiempo para eludir un control"),
               spread=(4.0, 2.0, 9.0), unit="month", source=CONTROLS),
        figure("closure_share", Text("Imports by the way that was closed", "Importaciones por la vía que se cerró"),
               spread=(0.62, 0.5, 0.7), source=CONTROLS),
        figure("from_mexico", Text("Share of the market supplied from Mexico",
                                   "Parte del mercado que se surte desde México"),
               spread=(0.86, 0.7, 1.0), source=CONTROLS),
        figure("second_at_start", Text("Share of the second route at the start", "Parte de la segunda vía al inicio"),
               spread=(0.04, 0.02, 0.06), source=ISOMERS),
        figure("second_reach", Text("Share of a closed route that the second replaces",
                                    "Parte de una vía cerrada que la segunda suple"),
               spread=(0.4, 0.2, 0.9), source=ISOMERS),
        figure("second_time", Text("Time to build the second route", "Tiempo para construir la segunda vía"),
               spread=(30.0, 12.0, 48.0), unit="month", source=ISOMERS),
        figure("second_strength", Text("Strength of the second route's product",
                                       "Potencia del producto de la segunda vía"),
               spread=(0.5, 0.4, 0.9)),
        figure("elasticity", Text("How quantity follows price",
                                  "Cómo sigue la cantidad al precio"), spread=(-0.5, -1.0, -0.25)),
        figure("hands_effect", Text("How what is brought in follows the hands there are",
                                    "Cómo sigue lo que se trae a las manos que hay"), spread=(0.5, 0.0, 1.0)),
        figure("laboratory_loss", Text("Lost in laboratories today",
                                       "Se pierde hoy en laboratorios"), spread=(0.05, 0.01, 0.15)),
        figure("border_loss", Text("Seized at the border today",
                                   "Se decomisa hoy en la frontera"), spread=(0.1, 0.05, 0.2)),
        figure("stage_time", Text("Time at each stage",
                                  "Tiempo en cada etapa"), spread=(1.0, 0.5, 2.0), unit="month"),
    ),
    constants=(
        Constant(name="usual", title=Text("Bought a month at the start; the unit of account",
                                          "Se compra al mes al inicio; la unidad de cuenta"),
                 value=1.0, unit="dose/month", source=IDENTITY),
    ),
    levers=(
        share("import_control", Text("Control of precursor imports, as in 2005",
                                     "Control de importación de precursores, como en 2005"),
              objectives=_OBJECTIVES, source=CONTROLS,
              evidence=Text("Methamphetamine treatment fell by about an eighth, and only for a while.",
                            "El tratamiento por metanfetamina bajó cerca de un octavo, y solo un tiempo.")),
        share("closure", Text("Closing the way that evades it, as in 2007",
                              "Cierre de la vía que lo elude, como en 2007"),
              objectives=_OBJECTIVES, source=CONTROLS,
              evidence=Text("After one large importer was closed, treatment fell by about half, and lastingly.",
                            "Tras el cierre de un gran importador, el tratamiento bajó casi la mitad, y duró.")),
        share("laboratory_removal", Text("Further share lost in laboratories",
                                         "Parte adicional que se pierde en laboratorios"),
              objectives=_OBJECTIVES, evidence=_ASSUMED),
        share("border_seizure", Text("Further share seized at the border",
                                     "Parte adicional que se decomisa en la frontera"),
              objectives=_OBJECTIVES, evidence=_ASSUMED),
    ),
    inputs=(
        Input(name="demand", title=Text("Demand at a given price, times the start",
                                        "Demanda a un precio dado, veces el inicio"),
              unit="", value=1.0, source=ASSUMED),
        Input(name="hands", title=Text("People in the trade, times the start", "Gente en el negocio, veces el inicio"),
              unit="", value=1.0, source=ASSUMED),
    ),
    outcomes=(
        _outcome("made", Text("Made in Mexico, times the start", "Se produce en México, veces el inicio")),
        _outcome("available", Text("Available to buyers, times the start",
                                   "Al alcance de compradores, veces el inicio")),
        _outcome("potency", Text("Potency, times the start", "Potencia, veces el inicio")),
        _outcome("revenue", Text("Revenue from Mexico's share, times the start",
                              "Ingreso por la parte de México, veces el inicio")),
        Outcome(name="second_route", title=Text("Share of the second route", "Parte de la segunda vía"), unit=""),
        Outcome(name="price", title=Text("Price, times the start", "Precio, veces el inicio"), unit=""),
    ),
    mechanisms=(
        Mechanism(name="substitution", title=Text("Whether a closed way is replaced",
                                                  "Si una vía cerrada se suple"), alternatives=(
            Alternative(id="second_route", title=Text("By a second route, slowly",
                                                      "Por una segunda vía, despacio"), source=ISOMERS),
            Alternative(id="none", title=Text("It is not", "No se suple"), source=ASSUMED))),
    ),
    balances=(
        Balance(states=("precursor", "product", "wholesale"), inflows=("brought",), outflows=("removed",
            "seized", "bought")),
    ),
    behaviours=(
        Behaviour(name="closing_leaves_less", kind="direction", holds=_less_available,
                  title=Text("Closing any link leaves less to buy.",
                             "Cerrar cualquier eslabón deja menos que comprar.")),
        Behaviour(name="scarcer_is_dearer", kind="direction", holds=_dearer,
                  title=Text("What is scarcer is dearer.", "Lo que escasea se encarece.")),
        Behaviour(name="little_crosses", kind="extreme", holds=_little_crosses,
                  title=Text("Where next to nothing crosses, only what is made elsewhere is left.",
                             "Si casi nada cruza, solo queda lo que se hace en otra parte.")),
        Behaviour(name="untouched_it_stays", kind="conservation", holds=_steady,
                  title=Text("Untouched, everything stays at one.", "Si nada se mueve, todo se queda en uno.")),
    ),
    published=PUBLISHED,
    references=REFERENCES,
    equations=equations,
)
# fmt: on

"""``acuerdo money``: what was requested, appropriated, obligated and paid, as each report puts it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import TYPE_CHECKING, Annotated, Final, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.cli.output import Cell, Coded, Column, Table
from acuerdo.cli.words import AsOf
from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text, same
from acuerdo.core.unit import UNITS
from acuerdo.spec.quantity import MONEY_TYPES

if TYPE_CHECKING:
    from acuerdo.tracking.money.account import Account
    from acuerdo.workspace import Workspace

FrameworkId = Annotated[
    str | None,
    Word(
        about=Text("Id of a framework; all if left out.", "Id de un marco; todos si se omite."),
        label=Text("FRAMEWORK", "MARCO"),
    ),
]
FormId = Literal["amounts", "reports", "moved", "communities", "lag", "unknown"]
Form = Annotated[
    FormId,
    Word(
        about=Text(
            "amounts; reports (of one total, one after another); moved (how far money had got); communities (their "
            "share); lag (from appropriation to payment); unknown (what cannot be known).",
            "amounts (montos); reports (de un mismo total, uno tras otro); moved (hasta dónde llegó el dinero); "
            "communities (su parte); lag (de la asignación al pago); unknown (lo que no puede saberse).",
        )
    ),
]
_NO_LAG: Final = Text(
    "The way from appropriation to payment is known only of U.S. assistance to Mexico.",
    "El camino de la asignación al pago solo se conoce de la asistencia de EE. UU. a México.",
)
_FRAMEWORK: Final = Column("framework", Text("Framework", "Marco"))
_WHAT: Final = Column("what", Text("What", "Qué"))
_PERCENT: Final = Column("percent", Text("Per cent", "Por ciento"))
_REPORTED: Final = Column("reported", Text("Reported", "Publicado"))
_MILLIONS: Final = Column("usd_million", Text("US$ million", "Millones de US$"))


def money(
    call: Call, framework: FrameworkId = None, /, *, form: Form = "amounts", as_of: AsOf = None
) -> Table:
    """One row per amount, or the view asked for."""
    workspace = call.workspace
    chosen = [workspace.framework(framework)] if framework else list(workspace.frameworks().values())
    if form == "lag":
        if not any({"us", "mx"} <= set(one.parties) for one in chosen):
            raise UsageError(Problem(what=_NO_LAG))
        return _lag(workspace, as_of=as_of)
    accounts = [workspace.tracking.money(one, as_of=as_of) for one in chosen]
    return _VIEWS[form](accounts)


def _amounts(accounts: Sequence[Account]) -> Table:
    rows = tuple(
        (
            one.framework, one.line.id, one.line.title, MONEY_TYPES[one.line.type], one.line.period.code,
            one.line.until.code if one.line.until else None, one.line.account, one.pillar, float(one.line.amount),
            Coded(one.line.unit, UNITS[one.line.unit].label), one.reported, "; ".join(one.reporter),
        )
        for each in accounts
        for one in each.amounts
    )  # fmt: skip
    return Table(
        title=Text("Money, as each report puts it", "Dinero, según cada informe"),
        columns=(
            _FRAMEWORK, Column("id", same("Id")), _WHAT, Column("stage", Text("Stage", "Etapa")),
            Column("period", Text("From", "Desde")), Column("until", Text("To", "Hasta")),
            Column("account", Text("Account", "Cuenta")), Column("pillar", Text("Pillar", "Pilar")),
            Column("amount", Text("Amount", "Monto")), Column("unit", Text("Unit", "Unidad")), _REPORTED,
            Column("reporter", Text("Reported by", "Publicado por")),
        ),
        rows=rows,
        hidden=("framework", "pillar", "until", "reporter"),
        note=Text(
            "Stages of one money are never added, nor are several reports of one total.",
            "Las etapas de un mismo dinero no se suman, ni varios informes de un mismo total.",
        ),
    )  # fmt: skip


def _reports(accounts: Sequence[Account]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.framework, one.line.title, one.reported, float(one.line.amount), "; ".join(one.reporter))
        for each in accounts
        for total in each.totals
        for one in total.reports
    ]
    return Table(
        title=Text("Several reports of one total", "Varios informes de un mismo total"),
        columns=(
            _FRAMEWORK,
            _WHAT,
            _REPORTED,
            _MILLIONS,
            Column("reporter", Text("Reported by", "Publicado por")),
        ),
        rows=rows,
    )


def _moved(accounts: Sequence[Account]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.part.framework, one.part.line.title, one.whole.line.title, round(one.percent, 1), one.part.reported)
        for each in accounts
        for one in each.moved
    ]  # fmt: skip
    return Table(
        title=Text("How far the money had got", "Hasta dónde había llegado el dinero"),
        columns=(_FRAMEWORK, _WHAT, Column("of", Text("Of", "De")), _PERCENT, _REPORTED),
        rows=rows,
    )


def _communities(accounts: Sequence[Account]) -> Table:
    rows: list[tuple[Cell, ...]] = [
        (one.part.framework, one.part.line.title, round(one.percent, 1), mark.says, round(mark.percent, 1),
         round(one.short_of(mark), 1), one.by_goal)
        for each in accounts
        for one in each.communities
        for mark in each.yardsticks
    ]  # fmt: skip
    return Table(
        title=Text("The share of community programmes", "La parte de los programas comunitarios"),
        columns=(
            _FRAMEWORK, _WHAT, _PERCENT, Column("article", Text("An article", "Un artículo")),
            Column("named", Text("Its per cent", "Su por ciento")),
            Column("short_of", Text("US$ million short of it", "Millones de US$ que faltan")),
            Column("by_goal", Text("Named by pillar", "Nombrado por pilar")),
        ),
        rows=rows,
        note=Text(
            "Where the source names no pillar, an agency stands in for it, which is another quantity.",
            "Donde la fuente no nombra pilar, una agencia ocupa su lugar, que es otra cantidad.",
        ),
    )  # fmt: skip


def _unknown(accounts: Sequence[Account]) -> Table:
    rows = tuple((each.framework, told) for each in accounts for told in each.gaps)
    return Table(
        title=Text("What cannot be known", "Lo que no puede saberse"),
        columns=(_FRAMEWORK, Column("unknown", Text("Unknown", "Se ignora"))),
        rows=rows,
    )


def _lag(workspace: Workspace, *, as_of: date | None) -> Table:
    series = {
        stage: workspace.series(f"us_assistance_to_mexico_{stage}", as_of=as_of)
        for stage in ("appropriated", "disbursed")
    }
    found = workspace.tracking.lag(series["appropriated"], series["disbursed"])
    rows = tuple(
        (
            one.period.code,
            round(one.appropriated, 1),
            round(one.disbursed, 1),
            round(one.years, 1) if one.years else None,
        )
        for one in found.years
    )
    return Table(
        title=Text(
            "All U.S. assistance to Mexico: from appropriation to payment",
            "Toda la asistencia de EE. UU. a México: de la asignación al pago",
        ),
        columns=(
            Column("period", Text("Up to", "Hasta")),
            Column(
                "appropriated",
                Text("Appropriated so far, US$ million", "Asignado acumulado, millones de US$"),
            ),
            Column("disbursed", Text("Paid so far, US$ million", "Pagado acumulado, millones de US$")),
            Column("years", Text("Years until as much was paid", "Años hasta pagarse otro tanto")),
        ),
        rows=rows,
        note=Text(
            "The least that each lag was: payments of earlier money and of other accounts count among those paid.",
            "El mínimo de cada rezago: entre lo pagado cuenta también dinero anterior y de otras cuentas.",
        ),
    )


_VIEWS: Final[Mapping[str, Callable[[Sequence[Account]], Table]]] = {
    "amounts": _amounts,
    "reports": _reports,
    "moved": _moved,
    "communities": _communities,
    "unknown": _unknown,
}

COMMAND = Command(
    call=money,
    section="promised",
    about=Text(
        "Print what was requested, appropriated, obligated and paid, as each report puts it.",
        "Muestra lo solicitado, asignado, comprometido y pagado, según cada informe.",
    ),
    examples=(
        Example(
            call="acuerdo money us_mx_merida",
            about=Text("Every amount of the Mérida Initiative.", "Cada monto de la Iniciativa Mérida."),
        ),
        Example(
            call="acuerdo money us_mx_merida --form reports",
            about=Text(
                "Reports of one total, one after another.", "Informes de un mismo total, uno tras otro."
            ),
        ),
        Example(
            call="acuerdo money --form lag --lang es",
            about=Text("From appropriation to payment, in Spanish.", "De la asignación al pago, en español."),
        ),
    ),
)

"""ForeignAssistance.gov: money requested, appropriated, obligated and disbursed, by recipient and fiscal year."""

from __future__ import annotations

from typing import final

from acuerdo.core.citation import Citation
from acuerdo.core.errors import Problem
from acuerdo.core.text import Text
from acuerdo.data.licences import US_PUBLIC_DOMAIN
from acuerdo.data.macros import understand_numbers
from acuerdo.data.place_codes import country_by_alpha_3, match_places
from acuerdo.data.refusal import empty, refused
from acuerdo.data.schedule import months_after_year
from acuerdo.data.source import About, AbstractSource, Parsed, Raw, Sample, Series, SetAside
from acuerdo.data.table import Layout, Staged, stage

_ID = "foreign_assistance"
_COLUMNS = (
    "Country Code",
    "Country Name",
    "Transaction Type Name",
    "Fiscal Year",
    "current_amount",
    "constant_amount",
)
_STAGES = {
    "President's Budget Requests": "requested",
    "Appropriated and Planned": "appropriated",
    "Obligations": "obligated",
    "Disbursements": "disbursed",
}
_WORDS = {
    "requested": Text(
        "asked of Congress in the President's budget",
        "solicitado al Congreso en el presupuesto del Presidente",
    ),
    "appropriated": Text(
        "appropriated by Congress and planned by the agencies",
        "asignado por el Congreso y planeado por las agencias",
    ),
    "obligated": Text("obligated: bound by contract or agreement", "comprometido por contrato o convenio"),
    "disbursed": Text("disbursed: paid out", "desembolsado: pagado"),
}
# Before fiscal year 1977 the year began on July 1, and a quarter (1976tq) stood between the two reckonings
_FIRST_OCTOBER_YEAR = 1977
# Agencies still report into the last years of a file; how many, the publisher does not say
_STILL_FILLING = 2
_YEAR = 'TRY_CAST("Fiscal Year" AS INTEGER)'


def _series() -> tuple[Series, ...]:
    return tuple(
        Series(
            id=f"{_ID}.{stage_name}{suffix}",
            title=Text(
                f"Assistance {stage_name}{price.en}", f"Asistencia: monto {_SPANISH[stage_name]}{price.es}"
            ),
            definition=Text(
                f"Foreign assistance of all U.S. agencies and accounts to the recipient, {words.en}, by fiscal year"
                f"{price.en}.",
                f"Asistencia exterior de todas las agencias y cuentas de EE. UU. al receptor, monto {words.es}, por "
                f"año fiscal{price.es}.",
            ),
            unit=unit,
            ahead=stage_name in ("requested", "appropriated"),
        )
        for stage_name, words in _WORDS.items()
        for suffix, unit, price in (
            ("", "usd", Text(", current dollars", ", dólares corrientes")),
            ("_constant", "usd_constant", Text(", constant dollars", ", dólares constantes")),
        )
    )


_SPANISH = {
    "requested": "solicitado",
    "appropriated": "asignado",
    "obligated": "comprometido",
    "disbursed": "desembolsado",
}


@final
class ForeignAssistance(AbstractSource):
    """The country summary: one row per recipient, stage of the money and fiscal year."""

    columns = _COLUMNS
    series = _series()
    about = About(
        title=Text("U.S. foreign assistance by country", "Asistencia exterior de EE. UU. por país"),
        publisher=Text(
            "U.S. Department of State and USAID (ForeignAssistance.gov)",
            "Departamento de Estado y USAID, EE. UU. (ForeignAssistance.gov)",
        ),
        carrier="github.com/quixt/foreign-aid-compiler",
        licence=US_PUBLIC_DOMAIN,
        citation=Citation(
            key=_ID,
            title="ForeignAssistance.gov, country summary",
            publisher="U.S. Department of State and U.S. Agency for International Development",
            kind="dataset",
            url="https://foreignassistance.gov/data",
        ),
        landing_page="https://foreignassistance.gov/data",
        schedule=Text(
            "Obligations and disbursements quarterly, requests and appropriations yearly; a file is dated "
            "by the end of the quarter after its last fiscal year.",
            "Compromisos y desembolsos cada trimestre, solicitudes y asignaciones cada año; cada archivo se "
            "fecha al fin del trimestre que sigue a su último año fiscal.",
        ),
        caveats=(
            Text(
                "Requested, appropriated, obligated and disbursed are four stages of the same money, in "
                "different years: they are never added, and a disbursement pays obligations of earlier "
                "years.",
                "Solicitado, asignado, comprometido y desembolsado son cuatro etapas del mismo dinero, en "
                "años distintos: nunca se suman, y un desembolso paga compromisos de años previos.",
            ),
            Text(
                "All agencies and accounts: not the Mérida Initiative or the Framework alone.",
                "Todas las agencias y cuentas: no solo la Iniciativa Mérida ni el Entendimiento.",
            ),
            Text(
                "The last two fiscal years in a file are incomplete and are marked provisional: agencies report "
                "late, and the last year closed only three months before.",
                "Los dos últimos años fiscales de un archivo están incompletos y se marcan como preliminares: las "
                "agencias reportan con retraso y el último año cerró apenas tres meses antes.",
            ),
            Text(
                "Constant dollars have one base year in each file; a change of base between two files is no "
                "revision.",
                "Los dólares constantes tienen un año base en cada archivo; un cambio de base entre dos "
                "archivos no es una revisión.",
            ),
        ),
    )

    def recognises(self, sample: Sample) -> bool:
        """By its header."""
        return set(_COLUMNS) <= set(sample.header())

    def parse(self, raw: Raw) -> Parsed:
        """Countries from fiscal year 1977 on; regions, former states and years that began in July are set aside."""
        staged = stage(raw, Layout(columns=_COLUMNS))
        if staged.problems:
            return refused(staged)
        numbers = understand_numbers(raw, staged, columns=("current_amount", "constant_amount"))
        problems = [*numbers.problems, *_other_stages(raw, staged)]
        last = _last_year(raw, staged)
        if last is None:
            problems.append(empty(raw, Text("a fiscal year", "un año fiscal")))
        if problems or last is None:
            return refused(staged, *problems)
        match_places(raw, staged, column="Country Code", look_up=country_by_alpha_3)
        return Parsed(
            sql=_sql(staged.table, last),
            published=months_after_year(last - 1, months=12),
            restates=True,
            rows_read=staged.rows,
            set_aside=_set_aside(raw, staged),
            notes=(*numbers.notes, *_base_year(raw, staged)),
        )


def _sql(table: str, last: int) -> str:
    stages = " ".join(
        f"WHEN '{label.replace(chr(39), chr(39) * 2)}' THEN '{name}'" for label, name in _STAGES.items()
    )
    status = f"CASE WHEN {_YEAR} > {last - _STILL_FILLING} THEN 'P' ELSE 'A' END"
    return " UNION ALL ".join(
        f"""SELECT '{_ID}.' || CASE "Transaction Type Name" {stages} END || '{suffix}' AS series, matched.place,
            '' AS breakdown, 'FY' || "Fiscal Year" AS period, number({column}) AS value, '{unit}' AS unit,
            {status} AS status
        FROM {table} JOIN matched ON matched.name = "Country Code"
        WHERE {_YEAR} >= {_FIRST_OCTOBER_YEAR} AND NOT is_blank({column})"""
        for suffix, column, unit in (
            ("", "current_amount", "usd"),
            ("_constant", "constant_amount", "usd_constant"),
        )
    )


def _last_year(raw: Raw, staged: Staged) -> int | None:
    found = raw.connection.execute(f"SELECT max({_YEAR}) FROM {staged.table}").fetchone()
    return found[0] if found else None


def _other_stages(raw: Raw, staged: Staged) -> list[Problem]:
    rows = raw.connection.execute(
        f'SELECT "Transaction Type Name", min(rowid) FROM {staged.table} GROUP BY 1 ORDER BY 2'
    ).fetchall()
    return [
        Problem(
            what=Text(f"'{label}' is not a stage of the money.", f"«{label}» no es una etapa del dinero."),
            where=f"{raw.name}, row {row + staged.first_row}, column Transaction Type Name",
            why=Text(f"The stages are: {', '.join(_STAGES)}", f"Las etapas son: {', '.join(_STAGES)}"),
            fix=Text("Get the country summary.", "Obtenga el resumen por país."),
        )
        for label, row in rows
        if label not in _STAGES
    ]


def _set_aside(raw: Raw, staged: Staged) -> tuple[SetAside, ...]:
    early, elsewhere = raw.connection.execute(
        f"""SELECT count(*) FILTER (coalesce({_YEAR} < {_FIRST_OCTOBER_YEAR}, true)),
            count(*) FILTER ({_YEAR} >= {_FIRST_OCTOBER_YEAR} AND matched.place IS NULL)
        FROM {staged.table} LEFT JOIN matched ON matched.name = "Country Code" """
    ).fetchone() or (0, 0)
    reasons = (
        (early, Text("fiscal years before 1977, which began on July 1, and the quarter between (1976tq)",
                     "años fiscales anteriores a 1977, que empezaban el 1 de julio, y el trimestre "
                     "intermedio (1976tq)")),
        (elsewhere, Text("regions, the world and states that are no more",
                         "regiones, el mundo y Estados que ya no existen")),
    )  # fmt: skip
    return tuple(SetAside(rows=rows, reason=reason) for rows, reason in reasons if rows)


def _base_year(raw: Raw, staged: Staged) -> tuple[Text, ...]:
    """The year whose constant and current dollars are equal throughout."""
    rows = raw.connection.execute(
        f'SELECT "Fiscal Year" FROM {staged.table} GROUP BY 1 '
        "HAVING bool_and(number(current_amount) = number(constant_amount)) AND count(*) > 1"
    ).fetchall()
    if len(rows) != 1:
        return ()
    return (
        Text(
            f"Constant dollars are those of fiscal year {rows[0][0]}.",
            f"Los dólares constantes son del año fiscal {rows[0][0]}.",
        ),
    )


SOURCE = ForeignAssistance()

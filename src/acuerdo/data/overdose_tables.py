"""The three tables in which CDC's provisional overdose deaths reach us, and the series they hold."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import final

from acuerdo.core.text import Text
from acuerdo.data.source import Series

_ID = "cdc_vsrr"
_ALL_DRUGS = "Number of Drug Overdose Deaths"
_ALL_DEATHS = "Number of Deaths"
_SPECIFIED = "Percent with drugs specified"
_SYNTHETIC = "Synthetic opioids, excl. methadone (T40.4)"

OVERDOSE_SERIES = (
    Series(
        id=f"{_ID}.reported",
        title=Text(
            "Overdose deaths, provisional, reported", "Muertes por sobredosis, provisionales, reportadas"
        ),
        definition=Text(
            "Deaths by drug overdose (ICD-10 X40–X44, X60–X64, X85, Y10–Y14) in the twelve months ending "
            "with the month, in the records received so far, by jurisdiction of occurrence; by drug where "
            "the record names it.",
            "Muertes por sobredosis (CIE-10 X40–X44, X60–X64, X85, Y10–Y14) en los doce meses que terminan "
            "en el mes, en los registros recibidos hasta entonces, por jurisdicción de ocurrencia; por "
            "droga si el registro la nombra.",
        ),
        unit="deaths",
        revised_upward=True,
    ),
    Series(
        id=f"{_ID}.predicted",
        title=Text(
            "Overdose deaths, provisional, predicted", "Muertes por sobredosis, provisionales, predichas"
        ),
        definition=Text(
            "The reported count with CDC's adjustment for records still pending or late. Not comparable "
            "with it.",
            "El conteo reportado con el ajuste de los CDC por registros pendientes o tardíos. No comparable "
            "con aquel.",
        ),
        unit="deaths",
    ),
    Series(
        id=f"{_ID}.all_deaths",
        title=Text("Deaths of all causes, reported", "Muertes por todas las causas, reportadas"),
        definition=Text(
            "All deaths in the records received, in the twelve months ending with the month.",
            "Todas las muertes en los registros recibidos, en los doce meses que terminan en el mes.",
        ),
        unit="deaths",
        revised_upward=True,
    ),
    Series(
        id=f"{_ID}.drugs_specified",
        title=Text("Overdose deaths with the drug named", "Muertes por sobredosis con la droga indicada"),
        definition=Text(
            "Per cent of the overdose deaths whose record names at least one drug.",
            "Porcentaje de las muertes por sobredosis cuyo registro nombra al menos una droga.",
        ),
        unit="percent",
    ),
    Series(
        id=f"{_ID}.complete",
        title=Text("Completeness of the records", "Completitud de los registros"),
        definition=Text(
            "Per cent of the deaths expected whose record was received. '99.5+' is read as 99.5, estimated.",
            "Porcentaje de las muertes esperadas cuyo registro se recibió. «99.5+» se lee como 99.5, "
            "estimado.",
        ),
        unit="percent",
    ),
    Series(
        id=f"{_ID}.pending",
        title=Text("Records pending investigation", "Registros pendientes de investigación"),
        definition=Text(
            "Per cent of the records whose cause of death was still under investigation.",
            "Porcentaje de los registros cuya causa de muerte seguía en investigación.",
        ),
        unit="percent",
    ),
)


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """One of the tables.

    Attributes:
        columns: Columns by which it is known.
        numbers: Columns that hold numbers and nothing else.
        place: Column of the jurisdiction's postal code.
        period: Column that says what span a row counts.
        month: SQL for the month's code.
        sql: The SELECT over a staged table.
    """

    columns: tuple[str, ...]
    numbers: tuple[str, ...]
    place: str
    period: str
    month: str
    sql: Callable[[str], str]


def _rows(table: str, shape: Shape, *, series: str, value: str, **more: str) -> str:
    """One series out of one column.

    Args:
        table: The staged table.
        shape: Its shape.
        series: Measure of the series.
        value: SQL of the value.
        more: SQL for ``breakdown``, ``status``, ``unit`` and ``where``, if not the usual.
    """
    return f"""SELECT '{_ID}.{series}' AS series, matched.place, {more.get("breakdown", "''")} AS breakdown,
            '12M-' || {shape.month} AS period, {value} AS value, '{more.get("unit", "deaths")}' AS unit,
            {more.get("status", "'P'")} AS status
        FROM {table} JOIN matched ON matched.name = {table}."{shape.place}"
        WHERE {more.get("where", f"({value}) IS NOT NULL")}"""


def _cdc(table: str) -> str:
    drug = f"CASE WHEN Indicator = '{_ALL_DRUGS}' THEN '' ELSE 'drug=' || Indicator END"
    counts = f"Indicator NOT IN ('{_ALL_DEATHS}', '{_SPECIFIED}') AND "
    complete = """number(rtrim("Percent Complete", '+'))"""
    estimated = """CASE WHEN ends_with("Percent Complete", '+') THEN 'E' ELSE 'P' END"""
    value, predicted, pending = (
        f'number("{column}")' for column in ("Data Value", "Predicted Value", "Percent Pending Investigation")
    )
    # A jurisdiction's completeness is repeated on each of its rows; the row of all overdoses is always there
    once = f"Indicator = '{_ALL_DRUGS}' AND "
    parts = (
        _rows(table, _CDC, series="reported", value=value, breakdown=drug, where=f"{counts}{value} IS NOT NULL"),
        _rows(table, _CDC, series="predicted", value=predicted, breakdown=drug, status="'F'",
              where=f"{counts}{predicted} IS NOT NULL"),
        _rows(table, _CDC, series="all_deaths", value=value,
              where=f"Indicator = '{_ALL_DEATHS}' AND {value} IS NOT NULL"),
        _rows(table, _CDC, series="drugs_specified", value=value, unit="percent",
              where=f"Indicator = '{_SPECIFIED}' AND {value} IS NOT NULL"),
        _rows(table, _CDC, series="complete", value=complete, unit="percent", status=estimated,
              where=f"{once}{complete} IS NOT NULL"),
        _rows(table, _CDC, series="pending", value=pending, unit="percent", where=f"{once}{pending} IS NOT NULL"),
    )  # fmt: skip
    return " UNION ALL ".join(parts)


def _national(table: str) -> str:
    synthetic = f"'drug={_SYNTHETIC}'"
    columns = (
        ("reported", "overdose_deaths_reported", "''", "'P'"),
        ("predicted", "overdose_deaths_predicted", "''", "'F'"),
        ("reported", "synthetic_opioid_T40_4_reported", synthetic, "'P'"),
        ("predicted", "synthetic_opioid_T40_4_predicted", synthetic, "'F'"),
    )
    parts = [
        _rows(table, _NATIONAL, series=series, value=f"number({column})", breakdown=drug, status=status)
        for series, column, drug, status in columns
    ]
    parts.append(
        _rows(
            table, _NATIONAL, series="pending", value="number(percent_pending_investigation)", unit="percent"
        )
    )
    return " UNION ALL ".join(parts)


def _by_state(table: str) -> str:
    drug, value = "'drug=' || variable", "number(rolling_12mo_count)"
    parts = (
        # CDC prints no count where the data are too poor: missing, not zero
        _rows(table, _BY_STATE, series="reported", value=value, breakdown=drug,
              status="CASE WHEN source_value_type = 'missing' THEN 'M' ELSE 'P' END",
              where="source_value_type IN ('data_value', 'missing')"),
        _rows(table, _BY_STATE, series="predicted", value=value, breakdown=drug, status="'F'",
              where="source_value_type = 'predicted_value'"),
        _rows(table, _BY_STATE, series="complete", value="number(percent_complete)", unit="percent"),
        _rows(table, _BY_STATE, series="pending", value="number(percent_pending_investigation)", unit="percent"),
    )  # fmt: skip
    return " UNION ALL ".join(parts)


_CDC = Shape(
    columns=(
        "State", "Year", "Month", "Period", "Indicator", "Data Value", "Percent Complete",
        "Percent Pending Investigation", "State Name", "Footnote", "Footnote Symbol", "Predicted Value",
    ),
    numbers=("Data Value", "Predicted Value", "Percent Pending Investigation"),
    place="State",
    period="Period",
    month='month_code("Year", month_number("Month"))',
    sql=_cdc,
)  # fmt: skip
_NATIONAL = Shape(
    columns=(
        "state", "year", "month", "month_num", "period", "overdose_deaths_reported", "overdose_deaths_predicted",
        "synthetic_opioid_T40_4_reported", "synthetic_opioid_T40_4_predicted", "percent_pending_investigation",
    ),
    numbers=(
        "overdose_deaths_reported", "overdose_deaths_predicted", "synthetic_opioid_T40_4_reported",
        "synthetic_opioid_T40_4_predicted", "percent_pending_investigation",
    ),
    place="state",
    period="period",
    month="month_code(year, month_num)",
    sql=_national,
)  # fmt: skip
_BY_STATE = Shape(
    columns=(
        "state_abbr", "variable", "year", "month_num", "rolling_12mo_count", "source_value_type", "period",
        "percent_complete", "percent_pending_investigation",
    ),
    numbers=("rolling_12mo_count", "percent_complete", "percent_pending_investigation"),
    place="state_abbr",
    period="period",
    month="month_code(year, month_num)",
    sql=_by_state,
)  # fmt: skip
SHAPES = (_CDC, _NATIONAL, _BY_STATE)

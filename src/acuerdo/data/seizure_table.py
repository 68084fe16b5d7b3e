"""The table in which CBP publishes drug seizures: one row per month, component, region, office and drug."""

from __future__ import annotations

from acuerdo.core.text import Text
from acuerdo.data.fiscal_months import check_months, published
from acuerdo.data.macros import understand_numbers
from acuerdo.data.refusal import refused
from acuerdo.data.source import Parsed, Raw, Series
from acuerdo.data.table import Layout, stage

YEAR, MONTH = "FY", "Month (abbv)"
_EVENTS, _POUNDS = "Count of Event", "Sum Qty (lbs)"


def seizure_columns(office: str) -> tuple[str, ...]:
    """The header, with the column that names the office."""
    return (YEAR, MONTH, "Component", "Region", "Land Filter", office, "Drug Type", _EVENTS, _POUNDS)


def seizure_series(source: str, *, who: Text) -> tuple[Series, ...]:
    """Pounds and events, as counted by some components of CBP.

    Args:
        source: Id of the source.
        who: The components, with their article.
    """
    return (
        Series(
            id=f"{source}.quantity",
            title=Text("Drugs seized, pounds", "Drogas decomisadas, libras"),
            definition=Text(
                f"Pounds of drugs seized in the month by {who.en}, by drug, region and office as CBP names them.",
                f"Libras de drogas decomisadas en el mes por {who.es}, por droga, región y oficina según los "
                "nombra CBP.",
            ),
            unit="pounds",
        ),
        Series(
            id=f"{source}.events",
            title=Text("Drug seizures, events", "Decomisos de drogas, eventos"),
            definition=Text(
                f"Events in which {who.en} seized a drug; an event with two drugs counts under each.",
                f"Eventos en los que {who.es} decomisaron una droga; un evento con dos drogas cuenta en cada una.",
            ),
            unit="events",
        ),
    )


def parse_seizures(raw: Raw, *, source: str, office: str) -> Parsed:
    """Every row as pounds and as events, in calendar months; the running fiscal year is provisional."""
    staged = stage(raw, Layout(columns=seizure_columns(office)))
    if staged.problems:
        return refused(staged)
    numbers = understand_numbers(raw, staged, columns=(_EVENTS, _POUNDS))
    problems = [*numbers.problems, *check_months(raw, staged, year=YEAR, month=MONTH)]
    if problems:
        return refused(staged, *problems)
    return Parsed(
        sql=_sql(staged.table, source=source, office=office),
        published=published(raw, staged, year=YEAR, month=MONTH),
        restates=True,
        rows_read=staged.rows,
        notes=numbers.notes,
    )


def _sql(table: str, *, source: str, office: str) -> str:
    key = f"""'component=' || "Component" || ';drug=' || "Drug Type" || ';land=' || "Land Filter"
              || ';office=' || "{office}" || ';region=' || "Region" """
    values = (("quantity", _POUNDS, "pounds"), ("events", _EVENTS, "events"))
    return " UNION ALL ".join(
        f"""SELECT '{source}.{measure}' AS series, 'US' AS place, {key} AS breakdown,
                fiscal_month("{YEAR}", "{MONTH}") AS period, number("{column}") AS value, '{unit}' AS unit,
                fiscal_status("{YEAR}") AS status
            FROM {table} WHERE NOT is_blank("{column}")"""
        for measure, column, unit in values
    )

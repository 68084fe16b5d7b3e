"""Money: what was requested, appropriated, obligated and spent, each as one report puts it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import indicator_table, refs
from acuerdo.review.page import Amount, Column, Link, Page, Short, Table
from acuerdo.review.pictures import side_by_side
from acuerdo.review.wording import say
from acuerdo.spec.model import Framework
from acuerdo.spec.quantity import MONEY_TYPES, MoneyLine

_NOT_STATED = Text("–", "–")
_MONEY = {"us_dollars", "constant_us_dollars"}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of money: this framework's and those before it, and the indicators that are sums of money."""
    frameworks = [dossier.framework, *dossier.others.values()]
    lines = sum(len(one.money) for one in frameworks)
    readings = [one for one in dossier.readings.values() if one.unit.dimension in _MONEY and one.known]
    drawn = [one for one in readings if one.known_national]
    words = (say("money.chart"), say("chart.unit", unit=UNITS["usd_million"].label))
    yield Page(
        kind="money",
        path="money",
        title=say("money.title"),
        summary=say("money.summary", n=lines, indicators=len(readings)),
        content={
            "indicators": indicator_table(readings, say("money.indicators_caption")) if readings else None,
            "stages": side_by_side(dossier, drawn, name="stages", words=words) if drawn else None,
            "groups": [
                {
                    "id": one.id,
                    "name": one.name,
                    "table": _table(one, own=one.id == dossier.framework.id) if one.money else None,
                    "own": one.id == dossier.framework.id,
                }
                for one in frameworks
            ],
        },
    )


def _table(framework: Framework, *, own: bool) -> Table:
    numeric = {"amount"}
    columns = ("what", "type", "period", "amount", "account", "reported", "source")
    ordered = sorted(
        framework.money.values(),
        key=lambda one: (one.period, one.report_date.isoformat() if one.report_date else ""),
    )
    return Table(
        caption=say("money.caption", name=framework.short_name),
        columns=tuple(Column(key, say(f"money.{key}"), key in numeric) for key in columns),
        rows=[_row(framework, one, own=own) for one in ordered],
        stacks=True,
    )


def _row(framework: Framework, one: MoneyLine, *, own: bool) -> dict[str, Any]:
    period: Any = one.period if one.until is None else (one.period, say("money.to", period=one.until))
    return {
        "id": f"{framework.id}-{one.id}",
        "what": (one.title, one.note) if one.note else one.title,
        "type": MONEY_TYPES[one.type],
        "period": period,
        "amount": _amount(one),
        "account": Text(one.account, one.account) if one.account else _NOT_STATED,
        "reported": Short(one.report_date) if one.report_date else _NOT_STATED,
        "source": _cited(framework, one, own=own),
    }


def _amount(one: MoneyLine) -> Any:
    amount = Amount(float(one.amount), UNITS[one.unit], with_unit=True)
    return amount if one.bound == "exact" else (amount, say(f"bound.{one.bound}"))


def _cited(framework: Framework, one: MoneyLine, *, own: bool) -> list[Link]:
    """The sources of a line; another framework's lead to the publisher, for its list is not part of this review."""
    found = list(refs(framework, one.sources))
    if own:
        return found
    urls = [framework.references[key].url or "" for key in one.sources]
    return [Link(link.text, _address(url)) for link, url in zip(found, urls, strict=True)]


def _address(url: str) -> str:
    return url if url.startswith("http") or not url else f"https://{url}"

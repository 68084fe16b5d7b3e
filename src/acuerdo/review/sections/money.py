"""Money: what was requested, appropriated, obligated and spent, each as one report puts it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from acuerdo.core.text import Text, same
from acuerdo.core.unit import UNITS
from acuerdo.review import funds, writing
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import indicator_table, refs
from acuerdo.review.page import Amount, Link, Page, Short, Table, headed
from acuerdo.review.pictures import side_by_side
from acuerdo.review.reading import Reading
from acuerdo.review.wording import say
from acuerdo.spec.model import Framework
from acuerdo.spec.quantity import MONEY_TYPES, MoneyLine
from acuerdo.tracking.money.account import account, lag_of
from acuerdo.tracking.money.ledger import STAGES
from acuerdo.tracking.money.ledger import Amount as Entry

_NOT_STATED = same("–")
_MONEY = {"us_dollars", "constant_us_dollars"}


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of money: this framework's and those before it, and the indicators that are sums of money."""
    frameworks = [dossier.framework, *dossier.others.values()]
    lines = sum(len(one.money) for one in frameworks)
    readings = sorted(
        (one for one in dossier.readings.values() if one.unit.dimension in _MONEY and one.known), key=_stage
    )
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
            **_way(dossier),
            "groups": [_group(dossier, one) for one in frameworks],
        },
    )


def _stage(one: Reading) -> int:
    """Where a sum of money stands on its way; another kind of sum comes last."""
    stages = list(STAGES)
    return next(
        (at for at, stage in enumerate(stages) if one.indicator.id.endswith(f"_{stage}")), len(stages)
    )


def _way(dossier: Dossier) -> dict[str, Any]:
    """The way from appropriation to payment; nothing where a figure for one of the two is lacking."""
    pair = [
        dossier.readings.get(f"us_assistance_to_mexico_{stage}") for stage in ("appropriated", "disbursed")
    ]
    known = [one for one in pair if one is not None]
    found = lag_of(*(one.series for one in known)) if len(known) == len(pair) else None
    if found is None or not found.years:
        return {"lag": None, "lag_words": None}
    return {"lag": funds.lagging(dossier, found, readings=known), "lag_words": funds.lag_words(found)}


def _group(dossier: Dossier, one: Framework) -> dict[str, Any]:
    """Everything about the money of one framework."""
    known = account(one, as_of=dossier.day)
    own = one.id == dossier.framework.id
    return {
        "id": one.id,
        "name": one.name,
        "table": _table(one, known.amounts, own=own) if known.amounts else None,
        "own": own,
        "reports": [
            funds.reports(total, number=number, group=one.id) for number, total in enumerate(known.totals, 1)
        ],
        "moved": funds.moved_on(known.moved, group=one.id) if known.moved else None,
        "communities": [funds.community(share, known, group=one.id) for share in known.communities],
        "gaps": known.gaps,
    }


def _table(framework: Framework, amounts: Sequence[Entry], *, own: bool) -> Table:
    columns = ("what", "type", "period", "amount", "account", "given_to", "reported", "source")
    return Table(
        caption=say("money.caption", name=framework.short_name),
        columns=headed("money", *columns, numeric=("amount",)),
        rows=[_row(framework, one, own=own) for one in amounts],
        stacks=True,
    )


def _row(framework: Framework, entry: Entry, *, own: bool) -> dict[str, Any]:
    one = entry.line
    period: Any = Short(one.period)
    if one.until is not None:
        period = (period, say("money.to", period=writing.short_period_text(one.until)))
    return {
        "id": f"{framework.id}-{one.id}",
        "what": (one.title, one.note) if one.note else one.title,
        "type": MONEY_TYPES[one.type],
        "period": period,
        "amount": _amount(one),
        "account": same(one.account) if one.account else _NOT_STATED,
        "given_to": entry.pillar or _agency(framework, one) or _NOT_STATED,
        "reported": Short(entry.reported) if entry.reported else _NOT_STATED,
        "source": _cited(framework, one, own=own),
    }


def _agency(framework: Framework, one: MoneyLine) -> Text | None:
    named = {key: each.name for party in framework.parties.values() for key, each in party.agencies.items()}
    return named.get(one.agency or "")


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

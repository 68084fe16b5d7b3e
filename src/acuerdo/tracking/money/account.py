"""Everything that can be said about the money of one framework."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import final

from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.indicators.value import IndicatorSeries, Value
from acuerdo.spec.contents import AbstractFramework
from acuerdo.tracking.money.communities import YARDSTICKS, CommunityShare, Yardstick, community_shares
from acuerdo.tracking.money.gaps import gaps
from acuerdo.tracking.money.lag import Lag, lag
from acuerdo.tracking.money.ledger import Amount, Moved, Total, ledger, moved, totals

FIRST_APPROPRIATION = Period.fiscal_year(2008)
"""The first fiscal year with money for the Mérida Initiative, whose way from Congress to payment is measured."""


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """The money of one framework, as far as was public on a day.

    Attributes:
        framework: Its id.
        amounts: Every amount as its report puts it.
    """

    framework: str
    amounts: tuple[Amount, ...]

    @property
    def totals(self) -> tuple[Total, ...]:
        """The amounts that several reports put a figure to."""
        return totals(self.amounts)

    @property
    def moved(self) -> tuple[Moved, ...]:
        """How much had reached a later stage."""
        return moved(self.amounts)

    @property
    def communities(self) -> tuple[CommunityShare, ...]:
        """The share of community programmes, or what stands in for it."""
        return community_shares(self.amounts)

    @property
    def yardsticks(self) -> tuple[Yardstick, ...]:
        """The shares that are argued about."""
        return YARDSTICKS

    @property
    def gaps(self) -> tuple[Text, ...]:
        """What cannot be known."""
        return gaps(self.amounts)


def account(one: AbstractFramework, *, as_of: date | None = None) -> Account:
    """The money of a framework, as far as was public on a day."""
    return Account(framework=one.id, amounts=ledger(one, as_of=as_of))


def lag_of(appropriated: IndicatorSeries, disbursed: IndicatorSeries) -> Lag:
    """The lag of payments behind appropriations since the first money of the Mérida Initiative."""
    return lag(_yearly(appropriated), _yearly(disbursed), since=FIRST_APPROPRIATION)


def _yearly(series: IndicatorSeries) -> tuple[Value, ...]:
    return tuple(one for one in series.values if one.period.is_full and not one.breakdown)

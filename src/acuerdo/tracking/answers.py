"""What can be asked about how far the promises got, one short method per question."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import TYPE_CHECKING, final

from acuerdo.core.text import Lang, Text
from acuerdo.indicators.load import indicator
from acuerdo.spec.contents import AbstractFramework
from acuerdo.spec.source import Reference
from acuerdo.tracking.audit import Audit, audit, objectives
from acuerdo.tracking.codebook import Codebook, codebook
from acuerdo.tracking.coder import coder, coders
from acuerdo.tracking.coding import EVERYONE, Code, codes
from acuerdo.tracking.deadlines import Duty, duties
from acuerdo.tracking.distribution import Distribution, by_framework
from acuerdo.tracking.icalendar import icalendar
from acuerdo.tracking.matrix import MirRow, ResultsRow, mir, results
from acuerdo.tracking.money.account import Account, account, lag_of
from acuerdo.tracking.statement import FiledStatement, references, statements

if TYPE_CHECKING:
    from acuerdo.data.store import Store
    from acuerdo.indicators.value import IndicatorSeries
    from acuerdo.tracking.comparison import Comparison
    from acuerdo.tracking.money.lag import Lag
    from acuerdo.tracking.outlook.keeping import Kept
    from acuerdo.tracking.outlook.outlook import Distance, Outlook
    from acuerdo.tracking.prospects.backtest import ProspectScore
    from acuerdo.tracking.prospects.prospect import Prospect


@final
class Tracking:
    """The codings that come with the software, and the published files that indicators rest on.

    Attributes:
        store: Where the releases lie.
    """

    def __init__(self, store: Store) -> None:
        self.store = store

    @staticmethod
    def codebook() -> Codebook:
        """The rules by which promises are coded."""
        return codebook()

    @staticmethod
    def statements(framework_id: str) -> Mapping[str, FiledStatement]:
        """Every filed statement about a framework by id."""
        return statements(framework_id)

    @staticmethod
    def references(framework_id: str) -> Mapping[str, Reference]:
        """Every source that a framework or a statement about it cites, by key."""
        return references(framework_id)

    @staticmethod
    def codes(
        framework_id: str | None = None, *, as_of: date | None = None, account: str = EVERYONE
    ) -> tuple[Code, ...]:
        """How far each promise got, as far as was public on a day; see :func:`acuerdo.tracking.coding.codes`."""
        return codes(framework_id, as_of=as_of, account=account)

    def distributions(self, *, as_of: date | None = None) -> Mapping[tuple[str, str], Distribution]:
        """How many promises stand at each level, by framework and kind."""
        return by_framework(self.codes(as_of=as_of))

    @staticmethod
    def sides(framework_id: str, *, as_of: date | None = None) -> Comparison:
        """What one government tells against what the other tells; joint statements count for both."""
        # Only this question needs an array library, which takes longer to load than the others to answer.
        from acuerdo.tracking.comparison import sides

        return sides(framework_id, as_of=as_of)

    @staticmethod
    def coders_compared(framework_id: str, *, against: str, as_of: date | None = None) -> Comparison:
        """The first coder's judgements against another's.

        Raises:
            NotFound: If there is no such coder, or one of the two has not judged the framework.
        """
        from acuerdo.tracking.comparison import compare

        first, other = (codes(framework_id, as_of=as_of, by=one) for one in (None, against))
        return compare(first, other, stream=f"{framework_id}:{against}")

    def duties(self, framework_id: str | None = None, *, as_of: date | None = None) -> tuple[Duty, ...]:
        """Every deadline with a date, and every round of a recurring duty, in order of its last day."""
        return duties(self.codes(framework_id, as_of=as_of))

    def calendar(self, lang: Lang, *, framework_id: str | None = None, as_of: date | None = None) -> str:
        """The same as an iCalendar file."""
        return icalendar(self.duties(framework_id, as_of=as_of), lang)

    @staticmethod
    def prospects(framework_id: str | None = None, *, as_of: date | None = None) -> tuple[Prospect, ...]:
        """Each open commitment's probability of being complete by its deadline, the nearest deadline first."""
        from acuerdo.tracking.prospects.prospect import prospects

        return prospects(framework_id, as_of=as_of)

    @staticmethod
    def prospect_rule() -> Text:
        """When a probability is told and when it is withheld."""
        from acuerdo.tracking.prospects.enough import RULE

        return RULE

    @staticmethod
    def prospect_worth() -> Text:
        """What the back-test says of the probabilities."""
        from acuerdo.tracking.prospects.enough import WORTH

        return WORTH

    @staticmethod
    def prospect_score(*, quarters: int = 4, as_of: date | None = None) -> ProspectScore:
        """How good such probabilities would have been on past days."""
        from acuerdo.tracking.prospects.backtest import prospect_score

        return prospect_score(quarters=quarters, as_of=as_of)

    @staticmethod
    def audit(framework_id: str, *, as_of: date | None = None) -> tuple[Audit, ...]:
        """The auditor's checklist of every objective."""
        return audit(framework_id, as_of=as_of)

    @staticmethod
    def mir(framework_id: str, *, as_of: date | None = None) -> tuple[MirRow, ...]:
        """The same record as Mexico's Matriz de Indicadores para Resultados."""
        return tuple(mir(framework_id, objectives(framework_id, as_of=as_of)))

    @staticmethod
    def results(framework_id: str, *, as_of: date | None = None) -> tuple[ResultsRow, ...]:
        """The same record as a U.S. results framework."""
        return tuple(results(objectives(framework_id, as_of=as_of)))

    @staticmethod
    def money(one: AbstractFramework, *, as_of: date | None = None) -> Account:
        """What was requested, appropriated, obligated and paid, as each report puts it."""
        return account(one, as_of=as_of)

    @staticmethod
    def lag(appropriated: IndicatorSeries, disbursed: IndicatorSeries) -> Lag:
        """How far payments lag behind appropriations."""
        return lag_of(appropriated, disbursed)

    def from_baseline(self, indicator_id: str, *, as_of: date | None = None) -> Distance | None:
        """How far an indicator has come from its baseline; None where that value is not known."""
        from acuerdo.tracking.outlook.distance import from_baseline

        return from_baseline(self.store, indicator(indicator_id), as_of=as_of)

    def outlook(self, indicator_id: str, *, as_of: date | None = None) -> Outlook:
        """Where an indicator is heading: the kept outlook where it still stands, else computed anew.

        Raises:
            NotFound: If there is no such indicator; names the nearest.
            MissingExtra: If it must be computed and the forecasting library is not installed.
        """
        from acuerdo.tracking.outlook.looking import look

        found = self.kept_outlook(indicator_id) if as_of is None else None
        if found and not found.changed:
            return found.outlook
        return look(self.store, indicator(indicator_id), as_of=as_of)

    def glance(self, indicator_id: str, *, as_of: date) -> Outlook | None:
        """The outlook of an earlier day without its forecast, which takes seconds.

        None where no counts are known to come in late, and nobody aims at it.
        """
        from acuerdo.tracking.outlook.aim import aims_for
        from acuerdo.tracking.outlook.course import breakdown_of
        from acuerdo.tracking.outlook.delay import delay_of
        from acuerdo.tracking.outlook.looking import look

        one = indicator(indicator_id)
        series = breakdown_of(one)
        if not aims_for(indicator_id) and (series is None or delay_of(series[0]) is None):
            return None
        return look(self.store, one, as_of=as_of, forecasting=False)

    def kept_outlook(self, indicator_id: str) -> Kept | None:
        """The outlook computed before, with what has changed since; None where none is kept."""
        from acuerdo.tracking.outlook.keeping import kept

        return kept(self.store, indicator(indicator_id))

    @staticmethod
    def check() -> None:
        """Reads every coder's file, and with them every statement and the codebook; every delay and every aim.

        Raises:
            SpecProblems: If anything is wrong.
        """
        from acuerdo.tracking.outlook.aim import aims
        from acuerdo.tracking.outlook.delay import delays

        aims()
        delays()
        for coder_id in coders():
            coder(coder_id)

"""Each open commitment's probability of being complete by its deadline, or why there is none."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Final, Literal, final

from acuerdo.core.estimate import Estimate
from acuerdo.core.period import day_label
from acuerdo.core.text import Text
from acuerdo.core.unit import unit
from acuerdo.spec.commitment import Recurring
from acuerdo.spec.library import framework
from acuerdo.spec.sides import two_sides
from acuerdo.spec.timing import Timing
from acuerdo.tracking.coding import Code, codes
from acuerdo.tracking.prospects.enough import too_few, too_wide
from acuerdo.tracking.prospects.hazard import LEVEL, Chance, Hazard, hazard
from acuerdo.tracking.prospects.history import COMPLETE, History, histories, of_promise, of_round

METHOD: Final = "level_hazard"
Outlook = Literal["told", "cannot_tell", "passed", "undated", "not_public", "no_deadline"]
_ORDER: Final[tuple[Outlook, ...]] = ("told", "cannot_tell", "passed", "undated", "not_public", "no_deadline")
_WITHOUT: Final[dict[Outlook, Text]] = {
    "undated": Text(
        "Its deadline counts from something of unknown date, so there is no day to give a probability for.",
        "Su plazo corre desde algo de fecha desconocida, así que no hay día para el cual dar una probabilidad.",
    ),
    "not_public": Text(
        "Its deadline is not public, so no probability of meeting it can be given.",
        "Su plazo no es público, así que no puede darse la probabilidad de cumplirlo.",
    ),
    "no_deadline": Text(
        "No deadline was set, so there is no probability of meeting one.",
        "No se fijó plazo, así que no hay probabilidad de cumplirlo a tiempo.",
    ),
}


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Prospect:
    """Whether one open commitment, or one open round of a recurring duty, will be complete by its deadline.

    Attributes:
        code: The commitment as it stands.
        deadline: The last day on which it is in time; None where no day is known.
        outlook: Whether a probability is told, and if not, why.
        estimate: The probability in per cent with its 90 per cent interval; without a value where it cannot be
            told yet; None where there is nothing to foretell.
        words: The same as a sentence.
    """

    code: Code
    deadline: date | None
    outlook: Outlook
    estimate: Estimate | None
    words: Text


def prospects(framework_id: str | None = None, *, as_of: date | None = None) -> tuple[Prospect, ...]:
    """Every open commitment: first those whose deadline is to come, the nearest first, then the others.

    Args:
        framework_id: The framework; all if none is given. A model learns from every promise of the same two
            governments in either case, and from no others'.
        as_of: The day; later statements do not count.

    Raises:
        NotFound: If there is no such framework.
    """
    wanted = codes(framework_id, as_of=as_of)
    # Only deadlines that are still to come need a model.
    needed = {_governments(code) for code in wanted if any(map(_to_come, code.rounds))}
    every = codes(None, as_of=as_of) if needed else ()
    models = {both: hazard(histories(one for one in every if _governments(one) == both)) for both in needed}
    found = [one for code in wanted for one in _of_code(code, models.get(_governments(code)))]
    return tuple(sorted(found, key=_place))


def _governments(code: Code) -> frozenset[str]:
    return frozenset(one.id for one in two_sides(framework(code.item.framework)))


def _place(one: Prospect) -> tuple[int, date, str, str]:
    # Told and not yet told stand together: both are still to come.
    number = max(_ORDER.index(one.outlook), 1)
    return number, one.deadline or date.max, one.code.item.framework, one.code.item.id


def _to_come(each: Timing) -> bool:
    return each.due is not None and each.outcome == "not_yet_due"


def _of_code(code: Code, model: Hazard | None) -> Iterator[Prospect]:
    promised = code.item.commitment
    recurring = promised is not None and isinstance(promised.deadline, Recurring)
    if promised is None or (code.level == COMPLETE and not recurring):
        return
    for each in code.rounds:
        if each.due is not None and model is not None and _to_come(each):
            one = of_round(code, each, due=each.due) if recurring else of_promise(code)
            yield _foretold(code, one, model=model, deadline=each.due.end)
        elif each.done is None:
            yield _without(code, each)


def _foretold(code: Code, one: History, *, model: Hazard, deadline: date) -> Prospect:
    chance = model.completion(one, since=code.as_of, by=deadline)
    withheld = too_few(model.trials) or too_wide(chance)
    words = withheld or _told(chance, deadline)
    shown = None if withheld else chance
    return Prospect(
        code=code,
        deadline=deadline,
        outlook="cannot_tell" if withheld else "told",
        estimate=Estimate(
            value=shown and 100 * shown.value,
            low=shown and 100 * shown.low,
            high=shown and 100 * shown.high,
            level=LEVEL,
            unit=unit("percent"),
            method=METHOD,
            outcome=words,
        ),
        words=words,
    )


def _told(chance: Chance, deadline: date) -> Text:
    value, low, high = (_percent(one) for one in (chance.value, chance.low, chance.high))
    return Text(
        f"Probability of being complete by {day_label(deadline, 'en')}: {value}% "
        f"(90% interval: {low} to {high}%).",
        f"Probabilidad de estar cumplido a más tardar el {day_label(deadline, 'es')}: {value}\u00a0% "
        f"(intervalo de 90\u00a0%: de {low} a {high}\u00a0%).",
    )


def _percent(share: float) -> str:
    """Whole per cent; what is neither impossible nor certain is not printed as if it were."""
    return "<1" if share < 0.005 else ">99" if share > 0.995 else f"{100 * share:.0f}"


def _without(code: Code, each: Timing) -> Prospect:
    outlook: Outlook = (
        "passed"
        if each.due is not None
        else "no_deadline"
        if each.outcome == "no_deadline"
        else "not_public"
        if each.outcome == "deadline_not_public"
        else "undated"
    )
    deadline = each.due.end if each.due else None
    words = _WITHOUT[outlook] if deadline is None else _passed(deadline)
    return Prospect(code=code, deadline=deadline, outlook=outlook, estimate=None, words=words)


def _passed(deadline: date) -> Text:
    return Text(
        f"The deadline passed on {day_label(deadline, 'en')} with no completion on the public record; "
        "there is nothing left to foretell.",
        f"El plazo venció el {day_label(deadline, 'es')} sin que conste en público su cumplimiento; "
        "ya no hay nada que pronosticar.",
    )

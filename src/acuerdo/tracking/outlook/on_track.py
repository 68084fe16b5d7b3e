"""The published rule that turns a probability into a status.

=============  =====================================================================================
status         when
=============  =====================================================================================
met, missed    the period is over and its count has settled
on track       the probability that the aim is met is two thirds or more ("likely")
off track      it is one third or less ("unlikely")
at risk        it lies between the two
cannot tell    there is no forecast that far; or its past intervals of 80 per cent held fewer than 65
               or more than 95 in 100 of what came; or fewer than 20 past forecasts can be judged
=============  =====================================================================================

The limits are those of the words *likely* (66 to 100 per cent) and *unlikely* (0 to 33 per cent), fixed by the
Intergovernmental Panel on Climate Change for statements to governments long before this software, and so not chosen
to make any indicator look well or badly. A probability is only as good as the intervals it comes from; where these
failed their own back-test by more than fifteen points, none is turned into a word.

Reference:
    Mastrandrea et al. (2010), Guidance note for lead authors of the IPCC Fifth Assessment Report on consistent
    treatment of uncertainties, table 1.
"""

from __future__ import annotations

from typing import Final, Literal

from acuerdo.core.text import Text

Status = Literal["met", "missed", "on_track", "at_risk", "off_track", "cannot_tell"]
STATUSES: Final[dict[Status, Text]] = {
    "met": Text("met", "cumplida"),
    "missed": Text("missed", "incumplida"),
    "on_track": Text("on track", "en camino"),
    "at_risk": Text("at risk", "en riesgo"),
    "off_track": Text("off track", "fuera de camino"),
    "cannot_tell": Text("cannot tell", "no puede saberse"),
}
NO_TARGET: Final = Text("no target was published", "no se publicó ninguna meta")
LIKELY: Final = 2 / 3
UNLIKELY: Final = 1 / 3
JUDGED_AT: Final = 0.8
TOLERATED: Final = 0.15
FEWEST_JUDGED: Final = 20


def why_not(probability: float | None, *, coverage: float | None, judged: int) -> Text | None:
    """Why no status can be told, by the same arguments; None where one can."""
    if probability is None:
        return Text("No forecast reaches that far.", "Ningún pronóstico llega tan lejos.")
    if coverage is None or judged < FEWEST_JUDGED:
        return Text(
            f"Too few past forecasts can be judged: {judged}, of the {FEWEST_JUDGED} needed.",
            f"Pueden juzgarse muy pocos pronósticos anteriores: {judged}, de los {FEWEST_JUDGED} necesarios.",
        )
    if abs(coverage - JUDGED_AT) > TOLERATED:
        inside, low, high = (
            f"{100 * one:.0f}" for one in (coverage, JUDGED_AT - TOLERATED, JUDGED_AT + TOLERATED)
        )
        return Text(
            f"Past intervals of 80 per cent held {inside} in 100 of what came; {low} to {high} are needed.",
            f"Los intervalos anteriores de 80 por ciento contuvieron {inside} de cada 100 valores; se requieren de "
            f"{low} a {high}.",
        )
    return None


def status_of(probability: float | None, *, coverage: float | None, judged: int) -> Status:
    """The status of an aim whose period is not over.

    Args:
        probability: That the aim is met; None where nothing reaches that far.
        coverage: Share of what came that lay inside the past intervals of 80 per cent; None without any.
        judged: How many past forecasts could be judged.
    """
    if probability is None or why_not(probability, coverage=coverage, judged=judged):
        return "cannot_tell"
    if probability >= LIKELY:
        return "on_track"
    return "off_track" if probability <= UNLIKELY else "at_risk"

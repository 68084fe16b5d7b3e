"""Whether a count became more or less concentrated between two spans of time."""

from __future__ import annotations

from typing import Annotated, ClassVar, Final, final

import numpy as np
from pydantic import Field

from acuerdo.core.citation import Citation
from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.period import Period
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.evaluation.differences.answer import Answer
from acuerdo.evaluation.differences.ratio import require_counts
from acuerdo.evaluation.inference.interval import Uncertain, from_standard_error
from acuerdo.evaluation.method import About, AbstractMethod, AbstractSettings, Finding, OutcomeCode, refused
from acuerdo.evaluation.panel import Panel
from acuerdo.evaluation.space.spread import Index, Span, drawn, index_of


@final
class Settings(AbstractSettings):
    """Which index, and when.

    Attributes:
        index: The index; ``theil_by_exposure`` is of rates.
        top: How many places, for ``top_share``.
        before: First and last period of the earlier span; the first half of the panel if not given.
        after: First and last period of the later one; the second half if not given.
        block: Periods drawn together.
        draws: Bootstrap draws.
    """

    index: Index = "herfindahl_hirschman"
    top: Annotated[int, Field(ge=1)] = 1
    before: tuple[str, str] | None = None
    after: tuple[str, str] | None = None
    block: Annotated[int, Field(ge=1)] = 3
    draws: Annotated[int, Field(ge=99)] = 999


@final
class Concentration(AbstractMethod[Settings]):
    """Dispersed or concentrated: a claim about shares that can be checked, with the chance of the months in it."""

    settings = Settings
    about: ClassVar[About] = About(
        name=Text("Change of concentration", "Cambio de concentración"),
        design="description",
        estimand=Text(
            "The index of the later span less that of the earlier one.",
            "El índice del lapso posterior menos el del anterior.",
        ),
        assumptions=(
            Text(
                "The periods of a span are draws of one state of affairs, dependent over a few periods at most.",
                "Los periodos de un lapso son muestras de una misma situación, dependientes a lo más por unos "
                "periodos.",
            ),
        ),
        breaks=(
            Text(
                "A trend within a span; places that were split or joined in between.",
                "Una tendencia dentro del lapso; lugares divididos o unidos entre tanto.",
            ),
        ),
        references=(
            Citation(
                key="cowell_2011",
                title="Measuring Inequality",
                publisher="Oxford University Press",
                kind="book",
                author="Cowell, Frank A.",
                date="2011",
            ),
        ),
    )

    def run(self, panel: Panel, *, settings: Settings, seed: int) -> Finding:
        """See :meth:`AbstractMethod.run`; the seed is for the bootstrap.

        Raises:
            CheckFailed: If a count is negative, or the index is of rates and there is no exposure.
            NotFound: If a span's period is not in the panel.
        """
        require_counts(panel)
        if settings.index == "theil_by_exposure" and panel.exposure is None:
            raise CheckFailed(_NO_EXPOSURE)
        middle = len(panel.periods) // 2
        before = _span(panel, settings.before, default=slice(0, middle))
        after = _span(panel, settings.after, default=slice(middle, None))
        if np.isnan(before.counts).any() or np.isnan(after.counts).any():
            return refused(self, OutcomeCode.MISSING_OUTCOME, panel=panel, words=_MISSING)
        if (
            min(before.counts.size, after.counts.size) == 0
            or min(before.counts.sum(), after.counts.sum()) <= 0
        ):
            return refused(self, OutcomeCode.NOT_IDENTIFIED, panel=panel, words=_NOTHING)
        blocks = min(span.counts.shape[1] // settings.block for span in (before, after))
        if blocks < 2:
            return refused(self, OutcomeCode.TOO_FEW_PERIODS, panel=panel, words=_TOO_SHORT)
        rng = np.random.default_rng(seed)
        told = [index_of(span, settings.index, top=settings.top) for span in (before, after)]
        draws = np.array(
            [
                [
                    drawn(span, settings.index, top=settings.top, block=settings.block, rng=rng)
                    for span in (before, after)
                ]
                for _ in range(settings.draws)
            ]
        )
        unit = UNITS["percent" if settings.index == "top_share" else "index"]
        answer = Answer(unit=unit, method=self.id, level=settings.level, words=_words(panel, settings))
        change = _with_interval(
            told[1] - told[0], draws[:, 1] - draws[:, 0], blocks=blocks, level=settings.level
        )
        parts = {
            name: _with_interval(value, column, blocks=blocks, level=settings.level)
            for name, value, column in zip(("before", "after"), told, draws.T, strict=True)
        }
        return answer.finding(
            change, parts=parts, counterfactual=told[0], diagnostics={"index": settings.index}
        )


METHOD: Final = Concentration()
_NO_EXPOSURE: Final = Problem(
    what=Text("An index of rates needs the exposure.", "Un índice de tasas requiere la exposición."),
    fix=Text(
        "Give the population, or choose an index of counts.",
        "Indique la población o elija un índice de conteos.",
    ),
)
_MISSING: Final = Text(
    "Counts are missing in the spans; missing is not zero, and shares of an unknown total are not shares.",
    "Faltan conteos en los lapsos; lo que falta no es cero, y partes de un total desconocido no son partes.",
)
_TOO_SHORT: Final = Text(
    "A span is shorter than two of the blocks that are drawn together.",
    "Un lapso es más corto que dos de los bloques que se muestrean juntos.",
)
_NOTHING: Final = Text("In one of the spans nothing is counted.", "En uno de los lapsos no se cuenta nada.")


def _span(panel: Panel, ends: tuple[str, str] | None, *, default: slice) -> Span:
    columns = default
    if ends is not None:
        first, last = (panel.column(Period.parse(code)) for code in ends)
        columns = slice(first, last + 1)
    exposure = None if panel.exposure is None else panel.exposure[:, columns]
    return Span(counts=panel.outcome[:, columns], exposure=exposure)


def _with_interval(value: float, draws: np.ndarray, *, blocks: int, level: float) -> Uncertain:
    """The bootstrap's own spread, and Student's t with as many degrees of freedom as there are blocks, less one.

    Drawing from few blocks loses the share 1/blocks of the variance, which is put back.
    """
    error = float(draws.std(ddof=1)) * (blocks / (blocks - 1)) ** 0.5
    return from_standard_error(value, error, level=level, freedom=blocks - 1)


def _words(panel: Panel, settings: Settings) -> Text:
    return Text(
        f"Over {len(panel.units)} places; the interval is from {settings.draws} draws of blocks of {settings.block} "
        "periods.",
        f"En {len(panel.units)} lugares; el intervalo proviene de {settings.draws} muestras de bloques de "
        f"{settings.block} periodos.",
    )

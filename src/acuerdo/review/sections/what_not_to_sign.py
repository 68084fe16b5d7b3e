"""What not to sign, and why: how often popular rules err where nothing happened, and what good ones can see."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Literal

from acuerdo.core.text import LANGS, Lang, Text, percent, same
from acuerdo.evaluation.sizes import EFFECTS, Power, Size, powers, sizes
from acuerdo.review.charts.bars import Against, Bar, bars
from acuerdo.review.charts.ink import ACCENT, CATEGORIES
from acuerdo.review.page import Column, Figure, Link, Page, Table, headed
from acuerdo.review.wording import say
from acuerdo.review.writing import change, number

if TYPE_CHECKING:
    from acuerdo.review.charts.press import Drawing
    from acuerdo.review.dossier import Dossier

PATH: Final = "evaluations/what-not-to-sign"
_WIDTHS: Final[Mapping[Literal["wide", "narrow"], int]] = {"wide": 760, "narrow": 358}
_NOMINAL: Final = 0.05
_TOLERATED: Final = 2.0
"""A rule that errs more than so many times as often as it promises is drawn as a warning."""
_READ: Final = ("ranks", "one_state", "pooled")
_RULES: Final = ("measured", "single", "detectable", "dependent")


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page, where questions of cause are asked: of an earlier day none had been, nor any of this measured."""
    if not dossier.evaluations:
        return
    rules, seen = sizes(), powers()
    worst, best = rules[0], rules[-1]
    yield Page(
        kind="what_not_to_sign",
        path=PATH,
        title=say("unsigned.title"),
        summary=say("unsigned.summary", worst=percent(worst.rejected), best=percent(best.rejected)),
        parents=(Link(say("evaluation.title"), "evaluations/index"),),
        content={
            "picture": _picture(rules),
            "sizes": _sizes(rules),
            "powers": _powers(seen),
            "reading": [say(f"unsigned.read_{one}") for one in _READ],
            "rules": [say(f"unsigned.rule_{one}") for one in _RULES],
        },
    )


def _picture(rules: Sequence[Size]) -> Figure:
    def draw(lang: Lang, size: Literal["wide", "narrow"]) -> Drawing:
        return bars(
            [
                Bar(
                    label=one.label.in_(lang),
                    value=one.rejected,
                    written=percent(one.rejected).in_(lang),
                    colour=CATEGORIES[1] if one.rejected > _TOLERATED * one.nominal else CATEGORIES[2],
                )
                for one in rules
            ],
            width=_WIDTHS[size],
            against=[Against(value=_NOMINAL, label=say("unsigned.promised_line").in_(lang))],
        )

    return Figure(
        name="sizes",
        title=say("unsigned.picture"),
        subtitle=say("unsigned.picture_sub"),
        alt=say("unsigned.picture_alt", n=len(rules)),
        draw=draw,
        legend=(
            (CATEGORIES[1], say("unsigned.too_often")),
            (CATEGORIES[2], say("unsigned.as_promised")),
            (ACCENT, say("unsigned.promised_line")),
        ),
    )


def _sizes(rules: Sequence[Size]) -> Table:
    numeric = {"promised", "measured", "reference", "placebos"}
    columns = ("rule", "promised", "measured", "reference", "placebos", "program")
    return Table(
        caption=say("unsigned.sizes"),
        columns=headed("unsigned", *columns, numeric=numeric),
        rows=[
            {
                "rule": one.label,
                "promised": _share(one.nominal),
                "measured": _share(one.rejected),
                "reference": "–" if one.reference is None else _share(one.reference),
                "placebos": one.placebos,
                "program": same(one.program) if one.program else say("unsigned.ours"),
            }
            for one in rules
        ],
        stacks=True,
    )


def _share(share: float) -> Text:
    """A share with the digits that two tables can be compared by."""
    return percent(share, 0 if round(100 * share, 6).is_integer() else 1)


def _powers(seen: Sequence[Power]) -> Table:
    headings = {"0": say("unsigned.no_effect")} | {
        effect: Text(*(change(float(effect), lang).replace(".0", "") for lang in LANGS))
        for effect in EFFECTS[1:]
    }
    return Table(
        caption=say("unsigned.powers"),
        columns=(
            Column("rule", say("unsigned.rule")),
            *(Column(f"effect_{effect}", heading, numeric=True) for effect, heading in headings.items()),
            Column("placebos", say("unsigned.placebos"), numeric=True),
        ),
        rows=[
            {"rule": one.label, "placebos": one.placebos}
            | {f"effect_{effect}": _beside(one, effect) for effect in EFFECTS}
            for one in seen
        ],
        stacks=True,
    )


def _beside(one: Power, effect: str) -> Any:
    """The share measured here, with the reference's in brackets where it gives one."""
    found, other = one.rejected[effect], one.reference.get(effect)
    told = [number(found, 3, lang=lang) for lang in LANGS]
    if other is not None:
        told = [f"{own} ({number(other, 3, lang=lang)})" for own, lang in zip(told, LANGS, strict=True)]
    return Text(*told)

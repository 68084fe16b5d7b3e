"""One page per evaluation contract: the answer, its pictures, what was fixed beforehand, and how to repeat it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from acuerdo.core.citation import Citation
from acuerdo.core.text import LANGS, Text, percent, same
from acuerdo.evaluation.certainty import MARYLAND
from acuerdo.evaluation.contract import Contract, Plan, position_of
from acuerdo.evaluation.ruling import VERDICTS
from acuerdo.evaluation.state import STATES
from acuerdo.indicators.coverage import objectives_of
from acuerdo.review import fixed
from acuerdo.review.answered import effect, grade, p_value, path, sentence, sized, text, verdict
from acuerdo.review.courses import against, cloud, curve
from acuerdo.review.dossier import Dossier
from acuerdo.review.entries import anchor, title
from acuerdo.review.fixed import joined, place_name
from acuerdo.review.page import Code, Link, Page, Short, Table, headed
from acuerdo.review.wording import say
from acuerdo.review.writing import number, share
from acuerdo.spec.sides import two_sides

if TYPE_CHECKING:
    from acuerdo.evaluation.answers import Answered

_FEW_WEIGHTS: Final = 12
_AFTER: Final = ("supported", "refuted", "inconclusive", "void")


def pages(dossier: Dossier) -> Iterator[Page]:
    """The page of each contract."""
    yield from (_page(dossier, one) for one in dossier.evaluations)


def _page(dossier: Dossier, one: Answered) -> Page:
    contract, plan = one.contract, one.contract.plan
    return Page(
        kind="evaluation",
        path=path(one),
        title=contract.question,
        summary=sentence(one),
        label=contract.title,
        parents=(Link(say("evaluation.title"), "evaluations/index"),),
        content={
            "facts": _facts(one),
            "steps": _steps(one),
            "would_need": contract.not_evaluable.would_need if contract.not_evaluable else None,
            "course": against(one),
            "cloud": cloud(one),
            "curve": curve(one),
            "weights": _weights(one),
            "warnings": [text(words) for words in _primary(one).get("warnings", ())],
            "threats": list(contract.threats),
            "foresight": contract.foresight,
            "fixed": _fixed(contract, plan) if plan else None,
            "after": [(VERDICTS[key], getattr(plan.after, key)) for key in _AFTER] if plan else [],
            "calibration": _calibration(one),
            "positions": _positions(dossier, contract),
            "dissents": _dissents(one),
            "objectives": _objectives(dossier, contract),
            "claims": _claims(dossier, contract),
            "ledger": _ledger(one),
            "changed": say("evaluation.changed", names=one.changed, id=contract.id) if one.changed else None,
            "vintages": _vintages(dossier, one),
            "digest": Code(contract.digest),
            "environment": _environment(one),
            "again": f"acuerdo evaluate {contract.id}",
            "again_python": f'acuerdo.evaluate("{contract.id}").answer["verdict"]',
            "sources": [_cited(reference.citation()) for reference in contract.references.values()],
        },
    )


def _cited(citation: Citation) -> Text:
    return Text(*(citation.text(lang) for lang in LANGS))


def _primary(one: Answered) -> Mapping[str, Any]:
    return one.result.answer.get("primary", {}) if one.result else {}


def _facts(one: Answered) -> list[tuple[Text, Any]]:
    if one.result is None:
        return [(say("evaluation.state"), STATES[one.state])]
    answer = one.result.answer
    rows: list[tuple[Text, Any]] = [
        (say("evaluation.verdict"), verdict(one)),
        (say("evaluation.because"), text(answer["because"])),
    ]
    if one.contract.plan is None:
        return [*rows, (say("evaluation.grade"), grade(one))]
    sure = answer["certainty"]
    scale = [(say("evaluation.maryland"), MARYLAND[sure["maryland"]])] if sure else []
    return [
        *rows,
        (say("evaluation.effect" if sure else "evaluation.found"), effect(one)),
        *_level(answer),
        (say("evaluation.p_value"), p_value(answer["effect"]["p_value"])),
        (say("evaluation.grade"), grade(one)),
        *scale,
        (say("evaluation.state"), STATES[one.state]),
        (say("evaluation.signatures"), _signed(one)),
    ]


def _level(answer: Mapping[str, Any]) -> list[tuple[Text, Any]]:
    """At which level the interval is, where there is one."""
    if answer["effect"]["low"] is None:
        return []
    return [(say("evaluation.interval_level"), percent(answer["primary"]["estimate"]["level"]))]


def _signed(one: Answered) -> Text:
    found = one.signatures
    return say(f"evaluation.signed_{found.state}", sides=found.sides or "–")


def _steps(one: Answered) -> list[Text]:
    sure = one.result.answer.get("certainty") if one.result else None
    return [
        Text(*(f"{step['by']:+d}: {step['why'][lang]}".replace("-", "−", 1) for lang in LANGS))
        for step in (sure or {}).get("steps", ())
    ]


def _fixed(contract: Contract, plan: Plan) -> list[tuple[Text, list[tuple[Text, Any]]]]:
    """What decides the answer, under three headings, and what changed since the first version."""
    return [
        (say("evaluation.fixed_question"), [*fixed.asked(plan)]),
        (say("evaluation.fixed_comparison"), [*fixed.compared(plan)]),
        (say("evaluation.fixed_rule"), [*fixed.decided(plan), *fixed.changed(contract)]),
    ]


def _calibration(one: Answered) -> list[tuple[Text, Any]]:
    if one.calibration is None:
        return []
    answer = one.calibration.answer
    detectable = answer["detectable"]
    rows: list[tuple[Text, Any]] = [
        (say("evaluation.draws"), answer["draws"]),
        (say("evaluation.size"), share(answer["size"])),
    ]
    if answer["power"]:
        seen = [
            joined(_tried_size(one, float(size)), percent(part)) for size, part in _by_size(answer["power"])
        ]
        rows += [
            (say("evaluation.power"), seen),
            (
                say("evaluation.detectable"),
                say("evaluation.none_tried") if detectable is None else sized(one, detectable),
            ),
        ]
    trends, fit = answer["pre_trends"], answer["fit"]
    if trends:
        rows.append((say("evaluation.trend_gap"), _number(trends["gap"], 2)))
    if fit and fit["p_value"] is not None:
        told = say("evaluation.early_told", value=_number(fit["estimate"], 2), p=p_value(fit["p_value"]))
        rows.append((say("evaluation.early"), told))
    return rows


def _tried_size(one: Answered, size: float) -> Text:
    """A size that was tried, which is a round one in per cent."""
    in_percent = one.contract.plan is not None and one.contract.plan.decision.scale == "percent"
    return percent(size / 100) if in_percent else sized(one, size)


def _by_size(power: Mapping[str, float]) -> list[tuple[str, float]]:
    return sorted(power.items(), key=lambda item: float(item[0]))


def _positions(dossier: Dossier, contract: Contract) -> Table | None:
    """What each side says; the two governments stand there even where they said nothing."""
    said = contract.positions
    sides = dict.fromkeys((*(one.id for one in two_sides(dossier.framework)), *said))
    return Table(
        caption=say("evaluation.positions"),
        columns=headed("evaluation", "side", "side_says", "prediction"),
        rows=[
            {
                "side": position_of(side),
                "side_says": (said[side].says if side in said else None) or say("evaluation.not_stated"),
                "prediction": _stated(said[side].prediction if side in said else None),
            }
            for side in sides
        ],
        stacks=True,
    )


def _stated(prediction: float | None) -> Text:
    found = _number(prediction, 2)
    return say("evaluation.not_stated") if found is None else found


def _claims(dossier: Dossier, contract: Contract) -> list[Link]:
    known = {one.id: one for one in dossier.claims}
    return [
        Link(known[key].claim.headline, f"claims/{key.replace(':', '.')}")
        for key in contract.claims
        if key in known
    ]


def _dissents(one: Answered) -> list[Text]:
    """The notes of whoever does not accept the verdict, in their own words, oldest first."""
    noted = [
        entry for entry in one.entries if entry.event == "dissent" and entry.contract == one.contract.digest
    ]
    return [same(entry.holds) for entry in noted]


def _objectives(dossier: Dossier, contract: Contract) -> list[Link]:
    """The objectives of this framework that the question serves."""
    titles = {one.id: title(dossier.framework, one.title) for one in objectives_of(dossier.framework)}
    wanted = [
        key.partition(":")[2] for key in contract.objectives if key.startswith(f"{dossier.framework.id}:")
    ]
    return [Link(titles[key], f"objectives/{key}") for key in wanted if key in titles]


def _ledger(one: Answered) -> Table | None:
    current = [entry for entry in one.entries if entry.contract == one.contract.digest]
    if not current:
        return None
    return Table(
        caption=say("evaluation.ledger"),
        columns=headed("evaluation", "event", "day", "fingerprint"),
        rows=[
            {"event": STATES[entry.event], "day": Short(entry.on), "fingerprint": Code(entry.digest)}
            for entry in current
        ],
        stacks=True,
    )


def _environment(one: Answered) -> Text | None:
    """The software that computed the answer, each part with its version."""
    found: Mapping[str, str] = one.result.answer.get("environment", {}) if one.result else {}
    return same(", ".join(f"{name} {version}" for name, version in found.items())) if found else None


def _weights(one: Answered) -> list[tuple[Text, Any]]:
    """The units that the comparison is made of, the heaviest first; where there are many, the heaviest only."""
    found: Mapping[str, float] = _primary(one).get("weights", {})
    largest = sorted(found.items(), key=lambda item: -item[1])[:_FEW_WEIGHTS]
    return [(place_name(unit), _number(weight, 3)) for unit, weight in largest]


def _vintages(dossier: Dossier, one: Answered) -> Table | None:
    """The published files behind the answer, with their fingerprints."""
    used = frozenset(one.result.inputs.values() if one.result else ())
    found = sorted((one for one in dossier.releases if one.sha256 in used), key=lambda release: release.id)
    if not found:
        return None
    return Table(
        caption=say("evaluation.vintages"),
        columns=headed("sources", "file", "publisher", "published", "hash"),
        rows=[
            {
                "file": Link(same(release.name), f"sources#{anchor(release.sha256)}"),
                "publisher": release.publisher,
                "published": Short(release.published.on),
                "hash": Code(release.sha256),
            }
            for release in found
        ],
        stacks=True,
    )


def _number(value: float | None, decimals: int) -> Text | None:
    return None if value is None else Text(*(number(value, decimals, lang=lang) for lang in LANGS))

"""A finding as lines of plain text, for a notebook or a terminal."""

# ruff: noqa: D102 - the members of Told are described where the finding is

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final, Protocol

from acuerdo.core.estimate import Estimate
from acuerdo.core.text import Lang, Text

_LONGEST: Final = 12
_EFFECT: Final = Text("effect", "efecto")
_NO_NUMBER: Final = Text("no number", "sin cifra")
_LEVEL: Final = Text("{level:g}% interval", "intervalo al {level:g}\u00a0%")
_NO_INTERVAL: Final = Text("no interval", "sin intervalo")
_COUNTERFACTUAL: Final = Text("without the treatment", "sin el tratamiento")
_WEIGHTS: Final = Text("weights", "pesos")
_PARTS: Final = Text("parts", "partes")
_MORE: Final = Text("and {count} more", "y {count} más")
_NOTE: Final = Text("note", "nota")


class Told(Protocol):
    """What of a finding is told; see :class:`acuerdo.evaluation.method.Finding`."""

    @property
    def estimate(self) -> Estimate: ...
    @property
    def code(self) -> str: ...
    @property
    def p_value(self) -> float | None: ...
    @property
    def counterfactual(self) -> float | None: ...
    @property
    def parts(self) -> Mapping[str, Estimate]: ...
    @property
    def weights(self) -> Mapping[str, float]: ...
    @property
    def diagnostics(self) -> Mapping[str, float | int | str | None]: ...
    @property
    def warnings(self) -> tuple[Text, ...]: ...


def told(finding: Told, lang: Lang) -> str:
    """The whole finding in one language, without a final newline."""
    return "\n".join(_lines(finding, lang))


def _lines(finding: Told, lang: Lang) -> Iterator[str]:
    estimate = finding.estimate
    if estimate.value is None:
        yield f"{estimate.method}: {_NO_NUMBER.in_(lang)} ({finding.code})"
        yield f"  {estimate.outcome.in_(lang)}"
    else:
        yield f"{estimate.method}: {_EFFECT.in_(lang)} {_number(estimate, lang)}"
        if finding.p_value is not None:
            yield f"  p = {finding.p_value:.4g}"
        if finding.counterfactual is not None:
            yield f"  {_COUNTERFACTUAL.in_(lang)}: {finding.counterfactual:.6g}"
        yield f"  {estimate.outcome.in_(lang)}"
    heaviest = sorted(finding.weights.items(), key=lambda item: -abs(item[1]))
    yield from _listed(_WEIGHTS, [f"{name} {weight:.4f}" for name, weight in heaviest], lang=lang)
    parts = [f"{name}: {_number(part, lang)}" for name, part in finding.parts.items()]
    yield from _listed(_PARTS, parts, lang=lang)
    for name, value in finding.diagnostics.items():
        yield f"  {name}: {value:.6g}" if isinstance(value, float) else f"  {name}: {value}"
    for one in finding.warnings:
        yield f"  {_NOTE.in_(lang)}: {one.in_(lang)}"


def _number(estimate: Estimate, lang: Lang) -> str:
    if estimate.low is None or estimate.high is None:
        return f"{estimate.value:.6g} ({_NO_INTERVAL.in_(lang)})"
    level = _LEVEL.in_(lang).format(level=100 * estimate.level)
    return f"{estimate.value:.6g} ({level}: {estimate.low:.6g}, {estimate.high:.6g})"


def _listed(title: Text, items: list[str], *, lang: Lang) -> Iterator[str]:
    if items:
        yield f"  {title.in_(lang)}:"
        yield from (f"    {one}" for one in items[:_LONGEST])
        if len(items) > _LONGEST:
            yield f"    {_MORE.in_(lang).format(count=len(items) - _LONGEST)}"

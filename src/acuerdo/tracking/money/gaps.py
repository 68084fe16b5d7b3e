"""What cannot be known about a framework's money, worked out from what its sources leave open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from acuerdo.core.text import Text
from acuerdo.tracking.money.ledger import STAGES, Amount, Stage


def gaps(amounts: Sequence[Amount]) -> tuple[Text, ...]:
    """What no source that was read tells, in sentences."""
    if not amounts:
        return (
            Text(
                "No amount of this framework was found, at any stage.",
                "No se encontró ningún monto de este marco, en ninguna etapa.",
            ),
        )
    return tuple(_gaps(amounts))


def _gaps(amounts: Sequence[Amount]) -> Iterator[Text]:
    if not any(one.line.goal for one in amounts):
        yield Text(
            "No amount names a goal or pillar: what each of them received cannot be known.",
            "Ningún monto nombra una meta o un pilar: no puede saberse cuánto recibió cada uno.",
        )
    by_account = [one for one in amounts if one.line.account]
    if by_account:
        named, years = _listed({one.line.account or "" for one in by_account}), _years(by_account)
        yield Text(
            f"Amounts by account are known for {named} in {years} only, and not for every year in between.",
            f"Los montos por cuenta solo se conocen para {named} en {years}, y no en todos los años intermedios.",
        )
    else:
        yield Text("No amount names a budget account.", "Ningún monto nombra una cuenta presupuestaria.")
    for stage in STAGES:
        yield from _of_stage(amounts, stage)


def _of_stage(amounts: Sequence[Amount], stage: Stage) -> Iterator[Text]:
    found = [one for one in amounts if one.stage == stage]
    words = STAGES[stage]
    if not found:
        yield Text(f"Nothing was found of what was {words.en}.", f"No se encontró nada de lo {words.es}.")
        return
    single = {one.line.period.end.year for one in found if one.line.until is None}
    every = {year for one in found for year in one.fiscal_years}
    lacking = len(every - single)
    if lacking == len(every):
        yield Text(
            f"What was {words.en} in {_years(found)} is known as a sum over several years only.",
            f"Lo {words.es} en {_years(found)} solo se conoce como suma de varios años.",
        )
    elif lacking:
        yield Text(
            f"What was {words.en} is known for {_years(found)}; for {lacking} of these {len(every)} years only as "
            "part of a sum over several.",
            f"Lo {words.es} se conoce para {_years(found)}; en {lacking} de esos {len(every)} años solo como parte de "
            "una suma de varios.",
        )


def _years(amounts: Sequence[Amount]) -> str:
    years = sorted({year for one in amounts for year in one.fiscal_years})
    return str(years[0]) if len(years) == 1 else f"{years[0]}–{years[-1]}"


def _listed(names: set[str]) -> str:
    return ", ".join(sorted(names))

"""What must hold inside a file of claims beyond the shape of each part."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from acuerdo.claims.check import Check
from acuerdo.claims.claim import Claim, ClaimText
from acuerdo.claims.kinds import event_by_date
from acuerdo.claims.kinds.comparison import ComparisonCheck
from acuerdo.claims.kinds.share import ShareCheck
from acuerdo.claims.measure import AbstractMeasured, AbstractSpanned, OwnRecipe
from acuerdo.claims.rounding import read
from acuerdo.core.errors import AcuerdoError, nearest
from acuerdo.core.place import place, places
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS
from acuerdo.indicators.load import FOLDER as INDICATORS
from acuerdo.indicators.load import indicator
from acuerdo.indicators.recipe import selections
from acuerdo.indicators.setting import series_units
from acuerdo.indicators.workings import unit_of
from acuerdo.spec.fault import Fault, Trail
from acuerdo.spec.library import FRAMEWORKS, framework

_WRITTEN = ("written", "out_of")
_A_WORD = re.compile(r"[^\W\d_]{3}")


def faults_of(text: ClaimText) -> Iterator[Fault]:
    """Every fault of a file whose parts are all well formed."""
    for claim in text.claims.values():
        trail: Trail = ("claims", claim.id)
        yield from _placed(text, claim, trail=trail)
        yield from _identified(text, claim, trail=trail)
        if not claim.check.is_whole:
            yield _one_kind(claim.check, (*trail, "check"))
        for kind, body in claim.check.given:
            inner = (*trail, "check", kind)
            yield from _written(claim, body, trail=inner)
            yield from _periods(body, inner)
            if isinstance(body, AbstractMeasured):
                yield from _measures(body, inner)
                yield from _counted(body, inner)
                yield from _against_what(body, inner)
            if isinstance(body, event_by_date.EventCheck):
                yield from _events(body, inner)


def stated(trail: Trail, what: Text, *, fix: Text, known: tuple[str, Iterable[str]] | None = None) -> Fault:
    """A fault in its own words; ``known`` is the name given with the valid ones."""
    near = nearest(*known) if known else ()
    return Fault(kind="value_stated", trail=trail, values={"what": what, "fix": fix}, nearest=near)


def _placed(text: ClaimText, claim: Claim, *, trail: Trail) -> Iterator[Fault]:
    if claim.paragraph is None and claim.place is None and claim.subject is None:
        yield stated(
            (*trail, "quote"),
            Text(
                f"It is not said where in the text '{claim.id}' stands.",
                f"No se dice en qué parte del texto está '{claim.id}'.",
            ),
            fix=Text("Add 'paragraph:' or 'place:'.", "Agregue 'paragraph:' o 'place:'."),
        )
    if claim.said is not None and claim.said.start > text.date.end:
        yield stated(
            (*trail, "said"),
            Text(
                f"It was said on {claim.said}, after the text appeared ({text.date}).",
                f"Se dijo el {claim.said}, después de publicarse el texto ({text.date}).",
            ),
            fix=Text("Check both dates.", "Revise ambas fechas."),
        )


def _identified(text: ClaimText, claim: Claim, *, trail: Trail) -> Iterator[Fault]:
    """A bare figure says what it is of, and a statement that was seen through a report says which."""
    if claim.subject is None and not _A_WORD.search(claim.quote):
        yield stated(
            (*trail, "quote"),
            Text(
                f"The quote of '{claim.id}' is only a figure, and nothing says of what.",
                f"La cita de '{claim.id}' es solo una cifra, y nada dice de qué.",
            ),
            fix=Text(
                "Add 'subject:', as in {en: Homicides in 2018, es: Homicidios en 2018}.",
                "Agregue 'subject:', como en {en: Homicides in 2018, es: Homicidios en 2018}.",
            ),
        )
    if _A_WORD.search(claim.quote) and claim.translation == claim.quote:
        yield stated(
            (*trail, "translation"),
            Text(
                f"The translation of '{claim.id}' is the quote itself.",
                f"La traducción de '{claim.id}' es la propia cita.",
            ),
            fix=Text(
                "Write it in the other language of this project.",
                "Escríbala en el otro idioma de este proyecto.",
            ),
        )
    if text.seen == "report" and not claim.sources:
        yield stated(
            trail,
            Text(
                f"It is not said where '{claim.id}' was read.",
                f"No se dice dónde se leyó '{claim.id}'.",
            ),
            fix=Text(
                "Add 'sources:' with keys of 'references:'; a text that was itself read says 'seen: text'.",
                "Agregue 'sources:' con claves de 'references:'; un texto que sí se leyó dice 'seen: text'.",
            ),
        )


def _one_kind(check: Check, trail: Trail) -> Fault:
    given = ", ".join(kind for kind, _ in check.given) or "–"
    return stated(
        trail,
        Text(
            f"A check is of exactly one kind; here: {given}.",
            f"Una comprobación es de un solo tipo; aquí: {given}.",
        ),
        fix=Text(
            "Keep one kind; only a 'forecast' has another beside it, or says in 'would_need' what would decide it.",
            "Deje un solo tipo; solo 'forecast' lleva otro al lado, o dice en 'would_need' qué lo decidiría.",
        ),
    )


def _written(claim: Claim, body: object, *, trail: Trail) -> Iterator[Fault]:
    """The numbers as written: each a number, and each word for word in the quote."""
    points = getattr(body, "points", ())
    spots = [((name,), getattr(body, name, None)) for name in _WRITTEN]
    spots += [(("points", number, "written"), point.written) for number, point in enumerate(points)]
    for spot, written in spots:
        if written is None:
            continue
        if read(written) is None:
            yield stated(
                (*trail, *spot),
                Text(f"There is no number in '{written}'.", f"No hay ningún número en '{written}'."),
                fix=Text(
                    "Copy the number with the words that say how exact it is: 'some 36,500'.",
                    "Copie el número con las palabras que dicen qué tan exacto es: 'unos 36,500'.",
                ),
            )
        elif written not in claim.quote:
            yield stated(
                (*trail, *spot),
                Text(f"'{written}' does not stand in the quote.", f"'{written}' no está en la cita."),
                fix=Text(
                    "Copy it from the quote, letter for letter.", "Cópielo de la cita, letra por letra."
                ),
            )


def _periods(body: object, trail: Trail) -> Iterator[Fault]:
    """A change is between two periods of one kind, the first before the second."""
    start, end = getattr(body, "since", None), getattr(body, "until", None)
    if start is None or end is None:
        return
    if start.kind is not end.kind:
        yield stated(
            (*trail, "until"),
            Text(
                f"'{start}' and '{end}' are periods of different kinds.",
                f"'{start}' y '{end}' son periodos de tipos distintos.",
            ),
            fix=Text(
                "Compare a year with a year, a month with a month.",
                "Compare un año con un año, un mes con un mes.",
            ),
        )
    elif end < start:
        yield stated(
            (*trail, "until"),
            Text(f"'{end}' comes before '{start}'.", f"'{end}' es anterior a '{start}'."),
            fix=Text("Exchange them.", "Intercámbielos."),
        )
    elif end == start and isinstance(body, AbstractSpanned):
        yield stated(
            (*trail, "until"),
            Text(
                f"Nothing can move from '{start}' to itself.", f"Nada puede moverse de '{start}' a sí mismo."
            ),
            fix=Text("Give the period that is counted from.", "Dé el periodo desde el que se cuenta."),
        )


def _measures(body: AbstractMeasured, trail: Trail) -> Iterator[Fault]:
    spots: list[tuple[Trail, object]] = [
        ((name,), getattr(body, name, None)) for name in ("measure", "part_of", "among", "than")
    ]
    spots += [(("rivals", number), one) for number, one in enumerate(body.rivals or ())]
    for spot, measure in spots:
        if isinstance(measure, str) and measure not in INDICATORS.files():
            yield stated(
                (*trail, *spot),
                Text(
                    f"'{measure}' is not an indicator of the catalog.",
                    f"'{measure}' no es un indicador del catálogo.",
                ),
                fix=Text("acuerdo list indicators names them all.", "acuerdo list indicators los enumera."),
                known=(measure, INDICATORS.files()),
            )
        elif isinstance(measure, OwnRecipe):
            yield from _recipe(measure, (*trail, *spot, "recipe"))
    for name in ("place", "than_place"):
        code = getattr(body, name, None)
        if code is not None and code not in places():
            yield stated(
                (*trail, name),
                Text(f"'{code}' is not the code of a place.", f"'{code}' no es la clave de un lugar."),
                fix=Text("Codes are like MX, MX-08, MX-08037.", "Las claves son como MX, MX-08, MX-08037."),
                known=(code, places()),
            )


def _counted(body: AbstractMeasured, trail: Trail) -> Iterator[Fault]:
    """The place and the unit are such as the measure has."""
    if not isinstance(body.measure, str) or body.measure not in INDICATORS.files():
        return
    measure = indicator(body.measure)
    code = body.place
    if code is not None and code in places() and place(code).level not in measure.place_levels:
        levels = ", ".join(measure.place_levels)
        finer = [one for one in measure.rivals if place(code).level in indicator(one).place_levels]
        yield stated(
            (*trail, "place"),
            Text(
                f"'{measure.id}' is not counted for {place(code).name.en}; its levels are: {levels}.",
                f"'{measure.id}' no se cuenta para {place(code).name.es}; sus niveles son: {levels}.",
            ),
            fix=Text(
                f"Use another measure, such as {', '.join(finer) or 'none here'}.",
                f"Use otra medida, como {', '.join(finer) or 'ninguna de aquí'}.",
            ),
        )
    if body.unit is not None and UNITS[body.unit].dimension != UNITS[measure.unit].dimension:
        yield stated(
            (*trail, "unit"),
            Text(
                f"'{measure.id}' is counted in {measure.unit}, which cannot be turned into {body.unit}.",
                f"'{measure.id}' se cuenta en {measure.unit}, que no puede convertirse en {body.unit}.",
            ),
            fix=Text(
                "Give the unit in which the number is written, or none.",
                "Dé la unidad en que está escrito el número, o ninguna.",
            ),
        )


def _against_what(body: AbstractMeasured, trail: Trail) -> Iterator[Fault]:
    """A share is of something, and a comparison is with something."""
    if isinstance(body, ShareCheck) and body.place is None and body.part_of is None and body.every is None:
        yield stated(
            trail,
            Text("Nothing says what the share is of.", "Nada dice de qué es la proporción."),
            fix=Text(
                "Add 'place:', 'part_of:' or 'every: state'.",
                "Agregue 'place:', 'part_of:' o 'every: state'.",
            ),
        )
    if isinstance(body, ComparisonCheck) and body.than is None and body.than_place is None:
        yield stated(
            trail,
            Text("Nothing says what it is compared with.", "Nada dice con qué se compara."),
            fix=Text("Add 'than:' or 'than_place:'.", "Agregue 'than:' o 'than_place:'."),
        )


def _recipe(measure: OwnRecipe, trail: Trail) -> Iterator[Fault]:
    units = series_units()
    unknown = [one for leaf in selections(measure.recipe) for one in leaf.series_ids if one not in units]
    for one in unknown:
        yield stated(
            trail,
            Text(
                f"'{one}' is not the id of a publisher's series.",
                f"'{one}' no es el id de una serie de una fuente.",
            ),
            fix=Text("acuerdo show SOURCE names its series.", "acuerdo show FUENTE enumera sus series."),
            known=(one, units),
        )
    if unknown:
        return
    try:
        unit_of(measure.recipe, units)
    except AcuerdoError as error:
        first = error.problems[0]
        yield stated(trail, first.what, fix=first.fix or first.what)


def _events(body: event_by_date.EventCheck, trail: Trail) -> Iterator[Fault]:
    if (body.happened is None) == (body.kept is None):
        yield stated(
            trail,
            Text("Either 'happened' or 'kept' is given.", "Se da 'happened' o 'kept', uno de los dos."),
            fix=Text("Point to an event or to a commitment.", "Señale un hecho o un compromiso."),
        )
    for spot, pointer, tables in event_by_date.pointers(body):
        framework_id, _, key = pointer.partition(":")
        if framework_id not in FRAMEWORKS.files():
            yield stated(
                (*trail, *spot),
                Text(f"'{framework_id}' is not a framework.", f"'{framework_id}' no es un marco."),
                fix=Text("Write it as framework:id.", "Escríbalo como marco:id."),
                known=(framework_id, FRAMEWORKS.files()),
            )
            continue
        inside = framework(framework_id)
        ids = [one for name in tables for one in getattr(inside, name)]
        if key not in ids:
            yield stated(
                (*trail, *spot),
                Text(f"'{framework_id}' has no '{key}'.", f"'{framework_id}' no tiene '{key}'."),
                fix=Text(f"Use an id of: {', '.join(tables)}.", f"Use un id de: {', '.join(tables)}."),
                known=(key, ids),
            )

"""What a reader is told where no check can be made of some words, and what would help."""

from __future__ import annotations

from collections.abc import Iterable

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.period import Period
from acuerdo.core.place import Place, place
from acuerdo.core.text import Text
from acuerdo.indicators.indicator import Indicator


def nothing_found(words: str) -> UsageError:
    """The words name nothing that is counted, or say nothing of it that can be compared."""
    return _refused(
        Text(
            f"No check could be made out in '{words}'.", f"No se distingue ninguna comprobación en «{words}»."
        ),
        why=Text(
            "It takes the name of something counted, and a number, a year or a direction.",
            "Hace falta el nombre de algo que se cuente, y un número, un año o un sentido.",
        ),
        fix=Text(
            'Say what is counted as acuerdo list indicators does: "homicides more than doubled since 2008".',
            "Diga lo que se cuenta como en acuerdo list indicators: «los homicidios se duplicaron desde 2008».",
        ),
    )


def too_long(length: int, *, most: int) -> UsageError:
    """More than a sentence."""
    return _refused(
        Text(
            f"These are {length:,} characters; a claim has at most {most:,}.",
            f"Son {length:,} caracteres; una afirmación tiene a lo sumo {most:,}.",
        ),
        why=Text("One check is of one statement.", "Una comprobación es de una sola afirmación."),
        fix=Text(
            "Give the one sentence that holds the figure.", "Dé la única oración que contiene la cifra."
        ),
    )


def no_year(words: str) -> UsageError:
    """A start is named, and not its year."""
    return _refused(
        Text(f"'{words}' names a start, and not its year.", f"«{words}» nombra un comienzo y no su año."),
        why=Text(
            "From another year the same figures give another answer.",
            "Desde otro año las mismas cifras dan otra respuesta.",
        ),
        fix=Text(
            'Write the year: "homicides fell 30 percent since 2018".',
            "Escriba el año: «los homicidios bajaron 30 por ciento desde 2018».",
        ),
    )


def too_late(indicator: Indicator, latest: str) -> UsageError:
    """The words speak of a time after the newest figure."""
    newest = Period.parse(latest)
    return _refused(
        Text(
            f"The newest figure of '{indicator.short.en}' is for {newest.label('en')}; "
            "the words speak of a later time.",
            f"La cifra más reciente de «{indicator.short.es}» es de {newest.label('es')}; "
            "las palabras hablan de un tiempo posterior.",
        ),
        fix=Text(
            "Give another indicator with --indicator, or ingest the newer file.",
            "Dé otro indicador con --indicator, o ingiera el archivo más reciente.",
        ),
    )


def unknown_place(name: str, near: Iterable[str]) -> UsageError:
    """A name stands where a place would, and is none known here."""
    return _refused(
        Text(f"'{name}' is not a place known here.", f"«{name}» no es un lugar que se conozca aquí."),
        why=Text(
            "The figures of the whole country would answer another question.",
            "Las cifras de todo el país responderían otra pregunta.",
        ),
        fix=Text(
            "Write a state or a municipality of Mexico or a U.S. state; or leave the name out.",
            "Escriba una entidad o un municipio de México o un estado de EE. UU.; o quite el nombre.",
        ),
        near=near,
    )


def several_places(name: str, found: Iterable[Place]) -> UsageError:
    """More than one municipality has that name."""
    states = [place(one.parent).name for one in found]
    return _refused(
        Text(
            f"There is a municipality called '{name}' in {', '.join(one.en for one in states)}.",
            f"Hay un municipio llamado «{name}» en {', '.join(one.es for one in states)}.",
        ),
        fix=Text("Add the state.", "Agregue la entidad."),
    )


def other_country(indicator: Indicator) -> UsageError:
    """The figures that fit are of one country, and the words speak of the other."""
    name = place(indicator.country).name
    return _refused(
        Text(
            f"What fits, '{indicator.short.en}', is counted in {name.en}; the words speak of another place.",
            f"Lo que concuerda, «{indicator.short.es}», se cuenta en {name.es}; las palabras hablan de otro lugar.",
        ),
        fix=Text(
            "acuerdo list indicators shows what is counted in each country.",
            "acuerdo list indicators muestra lo que se cuenta en cada país.",
        ),
    )


def not_by_place(indicator: Indicator, name: Text) -> UsageError:
    """What fits is not counted at that level."""
    return _refused(
        Text(
            f"'{indicator.short.en}' is not counted for {name.en}.",
            f"«{indicator.short.es}» no se cuenta para {name.es}.",
        ),
        fix=Text(
            "acuerdo show ID says how far down an indicator goes.",
            "acuerdo show ID dice hasta qué nivel llega un indicador.",
        ),
    )


def other_time(indicator: Indicator, spoken: str) -> UsageError:
    """The words speak of a time shorter than that by which it is counted."""
    return _refused(
        Text(
            f"The words speak of '{spoken}'; '{indicator.short.en}' is not kept so finely.",
            f"Las palabras hablan de «{spoken}»; «{indicator.short.es}» no se conserva con ese detalle.",
        ),
        why=Text(
            "The figure of a whole year would answer another question.",
            "La cifra de un año entero respondería otra pregunta.",
        ),
        fix=Text(
            "Speak of whole years, or give an indicator counted by month with --indicator.",
            "Hable de años completos, o dé con --indicator un indicador que se cuente por mes.",
        ),
    )


def other_pace(indicator: Indicator) -> UsageError:
    """The words speak of so many in a short time, and it is counted by the year."""
    return _refused(
        Text(
            f"The words speak of so many in a day or a month; '{indicator.short.en}' is counted by the year.",
            f"Las palabras hablan de tantos por día o por mes; «{indicator.short.es}» se cuenta por año.",
        ),
        fix=Text(
            "Write the number of a year: 100 a day are 36,500 a year.",
            "Escriba el número de un año: 100 al día son 36,500 al año.",
        ),
    )


def each_year(words: str) -> UsageError:
    """A number for every year of a span."""
    return _refused(
        Text(
            f"'{words}' gives one number for each year of a span.",
            f"«{words}» da un mismo número para cada año de un lapso.",
        ),
        why=Text(
            "One check is of one year, or of the sum of several.",
            "Una comprobación es de un año o de la suma de varios.",
        ),
        fix=Text("Name one year.", "Nombre un solo año."),
    )


def other_unit(indicator: Indicator, spoken: str) -> UsageError:
    """The words are in another unit than what fits best."""
    return _refused(
        Text(
            f"The words count in '{spoken}', and '{indicator.short.en}' does not.",
            f"Las palabras cuentan en «{spoken}» y «{indicator.short.es}» no.",
        ),
        fix=Text(
            "Give with --indicator one that is counted so; acuerdo list indicators shows the units.",
            "Dé con --indicator uno que se cuente así; acuerdo list indicators muestra las unidades.",
        ),
    )


def _refused(what: Text, *, fix: Text, why: Text | None = None, near: Iterable[str] = ()) -> UsageError:
    return UsageError(Problem(what=what, why=why, fix=fix, nearest=tuple(near)))

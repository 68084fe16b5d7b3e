"""What is wrong with a body, field by field, in words."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from pydantic import ValidationError

from acuerdo.core.errors import Problem
from acuerdo.core.text import Text, same

_WORDED = {
    "missing": Text("It is missing.", "Falta."),
    "extra_forbidden": Text("There is no field of that name.", "No existe un campo con ese nombre."),
    "key_malformed": Text("It is not an id.", "No es un id."),
    "date_malformed": Text("It is not a date such as 2027-06-30.", "No es una fecha como 2027-06-30."),
    "period_malformed": Text(
        "It is not a period such as 2027 or 2027-06.", "No es un periodo como 2027 o 2027-06."
    ),
    "unit_unknown": Text("There is no such unit.", "No existe esa unidad."),
    "text_not_bilingual": Text("It needs both languages: en and es.", "Requiere ambos idiomas: en y es."),
    "text_language_missing": Text("One of the two languages is missing.", "Falta uno de los dos idiomas."),
    "text_placeholder": Text(
        "A placeholder stands where a text should be.", "Hay un relleno en vez de un texto."
    ),
    "text_untranslated": Text(
        "Both languages say the same words.", "Ambos idiomas dicen las mismas palabras."
    ),
    "string_pattern_mismatch": Text("It is not of the form asked for.", "No tiene la forma pedida."),
    "value_error": Text("It is not of the form asked for.", "No tiene la forma pedida."),
    "datetime_type": Text(
        "It is not a moment such as 2027-01-31T06:00:00Z.", "No es un momento como 2027-01-31T06:00:00Z."
    ),
    "string_type": Text("It must be a text.", "Debe ser un texto."),
    "int_type": Text("It must be a whole number.", "Debe ser un número entero."),
    "tuple_type": Text("It must be a list.", "Debe ser una lista."),
    "dict_type": Text("It must hold names and values.", "Debe contener nombres y valores."),
    "string_too_short": Text("It is empty or too short.", "Está vacío o es demasiado corto."),
    "string_too_long": Text("It is too long.", "Es demasiado largo."),
    "too_short": Text("It lists too few.", "Enumera muy pocos."),
    "too_long": Text("It lists too many.", "Enumera demasiados."),
    "greater_than_equal": Text("The number is too small.", "El número es demasiado pequeño."),
    "less_than_equal": Text("The number is too large.", "El número es demasiado grande."),
    "literal_error": Text("It is not one of the codes allowed.", "No es uno de los códigos permitidos."),
}


_PATTERNS = {
    "^-?(0|[1-9]": Text("a number with a point, such as 20.5", "un número con punto, como 20.5"),
    "^[0-9a-f]{64}$": Text("64 hexadecimal digits", "64 dígitos hexadecimales"),
    "^[a-z0-9_]+(:": Text(
        "a subject such as target:mx_homicide_rate:2027", "un asunto como target:mx_homicide_rate:2027"
    ),
    "^[a-z][a-z0-9_]*(:": Text("a side or its agency: mx, us:dea", "una parte o su dependencia: mx, us:dea"),
}
"""What a form asks for, by the beginning of its pattern."""


def field_problems(error: ValidationError, what: str) -> tuple[Problem, ...]:
    """Every field at fault.

    Args:
        error: What the form says.
        what: What it is the form of.
    """
    found: list[Problem] = []
    for one in error.errors(include_url=False):
        context = one.get("ctx", {})
        stated = context.get("what")
        worded = stated if isinstance(stated, Text) else _WORDED.get(one["type"], same(one["msg"]))
        expected = _expected(context)
        fix = context.get("fix")
        found.append(
            Problem(
                what=worded,
                where=".".join((what, *(str(part) for part in one["loc"]))),
                why=Text(f"Expected: {expected.en}", f"Se esperaba: {expected.es}") if expected else None,
                fix=fix if isinstance(fix, Text) else None,
            )
        )
    return tuple(found)


def _expected(context: Mapping[str, Any]) -> Text | None:
    """What a form asks for, in words where there are any."""
    pattern = str(context.get("pattern", ""))
    worded = next((words for begin, words in _PATTERNS.items() if pattern.startswith(begin)), None)
    stated = context.get("expected") or pattern
    return worded or (same(str(stated)) if stated else None)

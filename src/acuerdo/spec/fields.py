"""The kinds of value that a file of content may hold, and how each is read.

A validator here never words its own message: it names the fault (``PydanticCustomError``), and
:mod:`acuerdo.spec.messages` words it in both languages.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Annotated, Any, Final, Literal, cast, final

from pydantic import (
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    GetPydanticSchema,
    JsonValue,
    PlainSerializer,
)
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

from acuerdo.core.errors import AcuerdoError
from acuerdo.core.period import Period
from acuerdo.core.place import PlaceLevel, places
from acuerdo.core.text import Text
from acuerdo.core.unit import UNITS

KEY: Final = re.compile(r"[a-z][a-z0-9_]*")
SOURCE_KEY: Final = re.compile(r"[A-Za-z][A-Za-z0-9_]*")
Number = int | float
"""A number as written; ``80000`` stays a whole number."""

# Words that stand where a text should be.
_PLACEHOLDER = re.compile(
    r"\W*(todo|tbd|fixme|xxx+|n/?a|pendiente|por definir|placeholder|lorem ipsum.*)?\W*", re.IGNORECASE
)
_LOWER_CASE_WORD = re.compile(r"(?<![\w'’.-])[a-záéíóúüñ]{2,}(?![\w'’-])")


class AbstractSpec(BaseModel):
    """What every object read from a file of content is: frozen, strict, without unknown keys."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True)


@final
@dataclass(frozen=True, slots=True)
class Points:
    """Marks a text as the id of something declared elsewhere.

    Attributes:
        kinds: Names of the tables that may hold the id, e.g. ``("bodies",)``.
        across: Whether the id may stand in another file, written ``file_id:key``.
        besides: Words that may stand in place of an id.
    """

    kinds: tuple[str, ...]
    across: bool = False
    besides: tuple[str, ...] = ()

    def __get_pydantic_json_schema__(
        self, schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> dict[str, Any]:
        """Tell editors which ids may stand here."""
        told = f"{'file:id' if self.across else 'id'} of: {', '.join(self.kinds)}"
        told += f"; {', '.join(self.besides)}" if self.besides else ""
        return {**handler(schema), "description": told}


@final
@dataclass(frozen=True, slots=True)
class Declares:
    """Marks a table as the place where ids of a kind are declared."""

    kind: str


def refusal(what: Text, fix: Text) -> PydanticCustomError:
    """The error that a validator of another room raises, already worded in both languages."""
    return PydanticCustomError("value_stated", "value refused", {"what": what, "fix": fix})


def _key(value: object) -> object:
    if isinstance(value, str) and not KEY.fullmatch(value):
        raise PydanticCustomError("key_malformed", "malformed key", {"given": value})
    return value


def _source_key(value: object) -> object:
    if isinstance(value, str) and not SOURCE_KEY.fullmatch(value):
        raise PydanticCustomError("key_malformed", "malformed key", {"given": value})
    return value


def _text(value: object) -> object:
    if isinstance(value, Text):
        return value
    if not isinstance(value, Mapping):
        raise PydanticCustomError("text_not_bilingual", "not a bilingual text", {})
    sides = cast("Mapping[str, object]", value)
    for name in sides:
        if name not in ("en", "es"):
            raise PydanticCustomError("text_unknown_language", "unknown language", {"given": str(name)})
    read: dict[str, str] = {}
    for name in ("en", "es"):
        side = sides.get(name)
        if side is None or (isinstance(side, str) and not side.strip()):
            raise PydanticCustomError("text_language_missing", "language missing", {"lang": name})
        if not isinstance(side, str):
            raise PydanticCustomError("text_side_not_text", "side is no text", {"lang": name})
        if _PLACEHOLDER.fullmatch(side):
            raise PydanticCustomError("text_placeholder", "placeholder", {"lang": name, "given": side})
        read[name] = side.strip()
    if read["en"] == read["es"] and len(_LOWER_CASE_WORD.findall(read["en"])) >= 3:
        raise PydanticCustomError("text_untranslated", "untranslated", {"given": read["en"]})
    return Text(read["en"], read["es"])


def _day(value: object) -> object:
    if isinstance(value, str):
        try:
            day = date.fromisoformat(value)
        except ValueError:
            day = None
        # ISO 8601 writes a day in three forms; two texts for one day would be told as one and compared as two.
        if day is None or day.isoformat() != value:
            raise PydanticCustomError("date_malformed", "no date", {"given": value})
        return day
    return value


def _period(value: object) -> object:
    if isinstance(value, Period):
        return value
    code = value.isoformat() if isinstance(value, date) else str(value) if _is_year(value) else value
    if not isinstance(code, str):
        raise PydanticCustomError("period_malformed", "no period", {"given": str(code)})
    try:
        return Period.parse(code)
    except AcuerdoError:
        raise PydanticCustomError("period_malformed", "no period", {"given": code}) from None


def _is_year(value: object) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and 1000 <= value <= 9999


def _unit(value: object) -> object:
    if isinstance(value, str) and value not in UNITS:
        raise PydanticCustomError("unit_unknown", "unknown unit", {"given": value})
    return value


def _country(value: object) -> object:
    if isinstance(value, str) and (value not in places() or places()[value].level is not PlaceLevel.COUNTRY):
        raise refusal(
            Text(f"'{value}' is not the code of a country.", f"'{value}' no es la clave de un país."),
            Text("Use the two capital letters of ISO 3166: MX.", "Use las dos mayúsculas de ISO 3166: MX."),
        )
    return value


def _period_out(value: Period) -> str:
    return value.code


def _instance_of(kind: type[Any], *, json_schema: dict[str, Any]) -> GetPydanticSchema:
    """The schema of a value of our own class that its validator has already built."""
    return GetPydanticSchema(
        get_pydantic_core_schema=lambda _source, _handler: core_schema.is_instance_schema(kind),
        get_pydantic_json_schema=lambda _schema, _handler: json_schema,
    )


_TEXT_SCHEMA: dict[str, Any] = {
    "type": "object",
    "properties": {"en": {"type": "string", "minLength": 1}, "es": {"type": "string", "minLength": 1}},
    "required": ["en", "es"],
    "additionalProperties": False,
}
_PERIOD_SCHEMA: dict[str, Any] = {
    "anyOf": [{"type": "string"}, {"type": "integer", "minimum": 1000, "maximum": 9999}],
    "description": "2020, 2020-H1, 2020-Q1, 2020-06, 2020-06-15, FY2021, 12M-2020-12, 2026:2026-03",
}

Key = Annotated[str, BeforeValidator(_key), Field(json_schema_extra={"pattern": f"^{KEY.pattern}$"})]
SourceKey = Annotated[
    str, BeforeValidator(_source_key), Field(json_schema_extra={"pattern": f"^{SOURCE_KEY.pattern}$"})
]
"""The key of a reference; like other ids, but capitals are allowed: ``S62b``."""
Words = Annotated[
    Text, _instance_of(Text, json_schema=_TEXT_SCHEMA), BeforeValidator(_text), PlainSerializer(Text.both)
]
"""A text in both languages: ``{en: …, es: …}``."""
Day = Annotated[date, BeforeValidator(_day)]
"""A whole date: ``2021-10-08``."""
When = Annotated[
    Period,
    _instance_of(Period, json_schema=_PERIOD_SCHEMA),
    BeforeValidator(_period),
    PlainSerializer(_period_out),
]
"""A date as exactly as it is known: ``2021``, ``2021-06``, ``2021-10-08``, ``FY2021``."""
UnitId = Annotated[
    str, BeforeValidator(_unit), Field(json_schema_extra={"enum": list[JsonValue](sorted(UNITS))})
]
Country = Annotated[str, BeforeValidator(_country)]
"""The ISO 3166 code of a country: ``MX``."""
Language = Literal["en", "es"]
Plain = Annotated[str, Field(min_length=1)]
"""A text that is not translated: a name as published, an address, a code."""
SourceRef = Annotated[str, Points(("references",))]
Sources = Annotated[tuple[SourceRef, ...], Field(min_length=1)]
"""Keys of the references that bear a statement out; at least one."""

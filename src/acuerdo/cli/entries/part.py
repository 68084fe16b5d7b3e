"""A part of a framework told in full: every field that it has, in the order in which a file gives them."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from pydantic import BaseModel

from acuerdo.cli.output import Cell, Column, Entry
from acuerdo.core.period import Period
from acuerdo.core.text import Text, same
from acuerdo.spec.commitment import Recurring, Relative
from acuerdo.spec.meeting import BODY_LEVELS, MEETING_KINDS, MEETING_STATES
from acuerdo.spec.quantity import MONEY_TYPES, Quantity
from acuerdo.spec.source import ABSENCES, Withheld
from acuerdo.spec.table import Table as Items

LABELS: Final[dict[str, Text]] = {
    "abbreviation": Text("Abbreviation", "Siglas"),
    "account": Text("Account", "Cuenta"),
    "agencies": Text("Agencies", "Dependencias"),
    "agency": Text("Agency", "Dependencia"),
    "amount": Text("Amount", "Monto"),
    "areas": Text("Cooperation areas", "Áreas de cooperación"),
    "attendees": Text("Attended by", "Asistentes"),
    "auditor": same("Auditor"),
    "body": Text("Body", "Órgano"),
    "bound": Text("Precision", "Precisión"),
    "covers_from": Text("Covers from", "Abarca desde"),
    "covers_until": Text("Covers until", "Abarca hasta"),
    "date": Text("Date", "Fecha"),
    "deadline": Text("Deadline", "Plazo"),
    "decisions": Text("Decisions", "Decisiones"),
    "dissolved": Text("Ended", "Concluyó"),
    "document": Text("Document", "Documento"),
    "follows": Text("Follows", "Da seguimiento a"),
    "goal": Text("Goal", "Meta"),
    "id": same("Id"),
    "installed": Text("Set up", "Instalación"),
    "kind": Text("Kind", "Tipo"),
    "language": Text("Language", "Idioma"),
    "level": Text("Level", "Nivel"),
    "made_on": Text("Made on", "Fecha del compromiso"),
    "meeting": Text("Meeting", "Reunión"),
    "meets": Text("Meets", "Se reúne"),
    "members": Text("Members", "Integrantes"),
    "name": Text("Name", "Nombre"),
    "note": Text("Note", "Nota"),
    "number": Text("Number", "Número"),
    "numbering": Text("Numbering", "Numeración"),
    "objectives": Text("Objectives", "Objetivos"),
    "obliged": Text("Side that must act", "Parte obligada"),
    "origin": Text("Origin", "Origen"),
    "parent": Text("Reports to", "Depende de"),
    "part_of": Text("Part of", "Forma parte de"),
    "parties": Text("Parties", "Partes"),
    "party": Text("Party", "Parte"),
    "period": Text("Period", "Periodo"),
    "place": Text("Place", "Lugar"),
    "published_in": Text("Published in", "Publicado en"),
    "quantity": Text("Number", "Cifra"),
    "recommendation": Text("Recommendation", "Recomendación"),
    "recommendations": Text("Recommendations", "Recomendaciones"),
    "record": Text("On record", "Constancias"),
    "report": Text("Report", "Informe"),
    "report_date": Text("Reported on", "Fecha del informe"),
    "said_by": Text("Said by", "Según"),
    "share_of": Text("Share of", "Porcentaje de"),
    "since": Text("Since", "Desde"),
    "sources": Text("Sources", "Fuentes"),
    "state": Text("State", "Estado"),
    "stated_in": Text("Stated in", "Expresado en"),
    "stated_on": Text("Stated on", "Expresado el"),
    "statements": Text("Statements", "Declaraciones"),
    "sum_of": Text("Sum of", "Suma de"),
    "text": Text("Text", "Texto"),
    "title": Text("Title", "Título"),
    "type": Text("Type", "Tipo"),
    "unit": Text("Unit", "Unidad"),
    "until": Text("Until", "Hasta"),
    "what": Text("What", "Qué"),
    "why": Text("Why", "Por qué"),
    "wording": Text("Wording", "Texto literal"),
}
_DOCUMENT_KINDS: Final = {
    "joint_statement": Text("joint statement", "declaración conjunta"),
    "fact_sheet": Text("fact sheet", "hoja informativa"),
    "plan": same("plan"),
    "memorandum": Text("memorandum", "memorando"),
    "letter": Text("letter", "carta"),
    "law": Text("law", "ley"),
    "decree": Text("decree", "decreto"),
    "report": Text("report", "informe"),
    "other": Text("other", "otro"),
}
_CODES: dict[str, Mapping[Any, Text]] = {
    "bound": {
        "exact": Text("exact", "exacta"),
        "about": Text("about", "aproximada"),
        "at_least": Text("at least", "al menos"),
        "at_most": Text("at most", "a lo sumo"),
    },
    "completes": {"True": Text("completed", "cumplido")},
    "deadline": {"none": Text("none set", "sin plazo fijado")},
    "level": BODY_LEVELS,
    "kind": {**MEETING_KINDS, **_DOCUMENT_KINDS},
    "type": MONEY_TYPES,
    "why": ABSENCES,
    "state": MEETING_STATES,
}
_NOT_PUBLIC = Text("not available", "no disponible")
_RHYTHMS: Final = {
    "year": Text("every year", "cada año"),
    "half": Text("every half-year", "cada semestre"),
    "quarter": Text("every quarter", "cada trimestre"),
    "month": Text("every month", "cada mes"),
}
_SPANS: Final = {
    "days": Text("days after", "días después de"),
    "months": Text("months after", "meses después de"),
    "years": Text("years after", "años después de"),
}


def part_entry(key: str, part: BaseModel, *, sources: Mapping[str, str], sides: Mapping[str, Text]) -> Entry:
    """Everything that a file says about one part of a framework.

    Args:
        key: Its id with the framework's: ``us_mx_bicentennial:c017``.
        part: The commitment, meeting, body, document, line of money ...
        sources: The framework's references as a reader sees them, by key.
        sides: The framework's sides in words, by the code that a commitment names.
    """
    told = {name: getattr(part, name) for name in type(part).model_fields}
    if "obliged" in told:
        told["obliged"] = sides[told["obliged"]]
    values = {name: _value(name, value) for name, value in told.items() if name not in {"id", "sources"}}
    heading = next(
        name for name in ("title", "name", "text", "what", "id") if isinstance(told.get(name), Text | str)
    )
    shown = {
        Column(name, LABELS[name]): value
        for name, value in values.items()
        if value not in (None, ()) and name != heading
    }
    cited = tuple(f"{one}: {sources[one]}" for one in told.get("sources", ()) if one in sources)
    return Entry(
        title=told[heading] if isinstance(told[heading], Text) else same(key),
        facts=(
            (Column("id", LABELS["id"]), key),
            *shown.items(),
            *(((Column("sources", LABELS["sources"]), cited),) if cited else ()),
        ),
    )


def _value(name: str, value: Any) -> Cell | tuple[Cell, ...]:
    if isinstance(value, Items):
        return tuple(_joined(key, inner) for key, inner in value.items())
    if isinstance(value, tuple):
        return tuple(_cell(name, inner) for inner in value)
    return _cell(name, value)


def _cell(name: str, value: Any) -> Cell:
    match value:
        case None | Text() | date():
            return value
        case int() | float() if not isinstance(value, bool):
            return value
        case Period():
            return Text(value.label("en"), value.label("es"))
        case Withheld():
            return Text(f"{_NOT_PUBLIC.en} ({value.not_public})", f"{_NOT_PUBLIC.es} ({value.not_public})")
        case Recurring():
            return _RHYTHMS[value.every]
        case Relative():
            span = _SPANS[value.unit]
            return Text(f"{value.within} {span.en} {value.after}", f"{value.within} {span.es} {value.after}")
        case Quantity():
            return same(f"{value.value:,} {value.unit}")
        case BaseModel():
            return _joined("", value)
        case _:
            return _CODES.get(name, {}).get(str(value), str(value))


def _joined(key: str, part: BaseModel) -> Text:
    """A part inside a part, in one line per language."""
    told = {name: getattr(part, name) for name in type(part).model_fields if name not in {"id", "sources"}}
    cells = [
        _cell(name, value)
        for name, value in told.items()
        if value not in (None, False, ()) and not isinstance(value, Items | tuple)
    ]
    sides = {"en": [key] if key else [], "es": [key] if key else []}
    for cell in cells:
        sides["en"].append(cell.en if isinstance(cell, Text) else str(cell))
        sides["es"].append(cell.es if isinstance(cell, Text) else str(cell))
    return Text(" · ".join(sides["en"]) or "–", " · ".join(sides["es"]) or "–")

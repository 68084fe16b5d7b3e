"""Writes what the documentation says about the software from the software itself.

    python scripts/write_reference.py

It writes the help texts and the schema of frameworks that ship in the wheel, and everything in ``docs/reference``.
``tests/test_docs.py`` compares them with what this script would write: what is no longer true fails the build.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from codebook_page import codebook_page
from framework_page import framework_page
from room_pages import SCHEMAS, methods_page, models_page, record_page

from acuerdo.cli.app import FAULT_OF_OURS, INTERRUPTED, commands
from acuerdo.cli.help_page import command_page, front_page
from acuerdo.core import errors
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.core.unit import UNITS, unit
from acuerdo.indicators.attributes import ATTRIBUTES
from acuerdo.record.kind import KINDS
from acuerdo.record.schemas import entry_schema
from acuerdo.spec.model import Framework
from acuerdo.spec.schema import FRAMEWORK_SCHEMA, json_schema, schema_text
from acuerdo.workspace import Workspace

ROOT = Path(__file__).resolve().parents[1]
REFERENCE = ROOT / "docs" / "reference"
HELP = ROOT / "src" / "acuerdo" / "cli" / "help"

_WRITTEN = Text(
    "*Written by `make docs` from the software; do not edit by hand.*",
    "*Escrito por `make docs` a partir del programa; no se edita a mano.*",
)


def pages() -> Mapping[Path, str]:
    """Every generated file and its text."""
    written = {HELP / f"{lang}.txt": front_page(commands(), lang) for lang in LANGS}
    written[FRAMEWORK_SCHEMA] = schema_text(json_schema(Framework))
    # For whoever writes or checks entries by other means
    written |= {REFERENCE / SCHEMAS.format(name): schema_text(entry_schema(name)) for name in KINDS.files()}
    makers: dict[str, Callable[[Lang], str]] = {
        "codebook": _codebook,
        "commands": _commands,
        "errors": _errors,
        "framework": _framework,
        "indicators": _indicators,
        "methods": _methods,
        "models": _models,
        "record": _record,
        "sources": _sources,
        "units": _units,
    }
    for name, make in makers.items():
        for lang in LANGS:
            written[_page(name, lang)] = make(lang)
    return written


def _page(name: str, lang: Lang) -> Path:
    return REFERENCE / (f"{name}.md" if lang == "en" else f"{name}.{lang}.md")


def _head(title: Text, lang: Lang) -> str:
    return f"# {title.in_(lang)}\n\n{_WRITTEN.in_(lang)}\n\n"


def _codebook(lang: Lang) -> str:
    head = _head(
        Text("Codebook: how far a promise got", "Manual de códigos: hasta dónde llegó un compromiso"), lang
    )
    return head + codebook_page(Workspace.open().tracking.codebook(), lang)


def _commands(lang: Lang) -> str:
    blocks = (
        f"## {name}\n\n```text\n{command_page(name, one, lang=lang)}```\n" for name, one in commands().items()
    )
    return _head(Text("Commands", "Comandos"), lang) + "\n".join(blocks)


def _errors(lang: Lang) -> str:
    intro = Text(
        "The exit code of a command that failed says what sort of problem it met. The message says what, where, why "
        "and what to do; `--debug` adds where in the program it arose.",
        "El código de salida de un comando que falló indica el tipo de problema. El mensaje dice qué, dónde, por qué y "
        "qué hacer; `--debug` agrega en qué punto del programa surgió.",
    )
    tree = [errors.AcuerdoError, *errors.AcuerdoError.__subclasses__()]
    rows = [(str(one.exit_code), f"`{one.__name__}`", _first_line(one)) for one in tree]
    rows += [
        (str(FAULT_OF_OURS), "", "A fault of the program's own; report it with what --debug prints."),
        (str(INTERRUPTED), "", "Interrupted from the keyboard."),
    ]
    heads = (Text("Code", "Código"), Text("Name", "Nombre"), Text("When", "Cuándo"))
    if lang == "es":
        rows = [(code, name, _SPANISH_ERRORS[code]) for code, name, _ in rows]
    return (
        _head(Text("Exit codes", "Códigos de salida"), lang)
        + intro.in_(lang)
        + "\n\n"
        + _table(heads, rows, lang)
    )


_SPANISH_ERRORS = {
    "1": "Cualquiera de los siguientes.",
    "2": "Las palabras mismas de la llamada no son correctas: una opción, una fecha, una combinación.",
    "3": "Un nombre que no se conoce.",
    "4": "Un archivo YAML no dice lo que debe; enumera todos sus problemas.",
    "5": "Un archivo de datos no es confiable tal como está; no se guardó nada de él.",
    "6": "Una publicación almacenada no es lo que dice su nombre.",
    "7": "Los datos incumplen una comprobación que una fuente o un indicador declara.",
    "8": "Dos unidades que no pueden sumarse, compararse ni convertirse.",
    "9": "La dirección de la fuente no entregó el archivo.",
    "10": "Una corrección declarada no corresponde a nada, o su salvaguarda ya no se cumple.",
    "11": "Una parte opcional del programa no está instalada.",
    "12": "Un asiento, un sobre o una bitácora del registro no puede aceptarse; no se guardó nada de él.",
    "13": "Una bitácora contradice lo que mostró antes: el intercambio se detiene, y la parte honesta no pierde nada.",
    "14": "Una llave no puede abrirse, o no puede firmar esto.",
    "70": "Una falla propia del programa; infórmela con lo que imprima --debug.",
    "130": "Interrumpido desde el teclado.",
}


def _methods(lang: Lang) -> str:
    return _head(Text("Methods of evaluation", "Métodos de evaluación"), lang) + methods_page(lang)


def _models(lang: Lang) -> str:
    return _head(Text("Mechanism models", "Modelos de mecanismos"), lang) + models_page(
        lang, make_table=_table
    )


def _record(lang: Lang) -> str:
    title = Text("What goes into the record", "Lo que entra en el registro")
    return _head(title, lang) + record_page(lang, make_table=_table)


def _first_line(kind: type) -> str:
    return (kind.__doc__ or "").partition("\n")[0].replace(":func:`", "`")


def _indicators(lang: Lang) -> str:
    heads = (
        Text("Id", "Id"),
        Text("Title", "Título"),
        Text("Kind", "Tipo"),
        Text("Unit", "Unidad"),
        Text("Baseline", "Línea base"),
    )
    listed = [
        (
            f"[`{one.id}`](#{one.id})",
            one.short.in_(lang),
            one.kind_label.in_(lang),
            unit(one.unit).label.in_(lang),
            one.baseline.period.code,
        )
        for one in Workspace.indicators().values()
    ]
    told = "\n".join(_indicator(one, lang) for one in Workspace.indicators().values())
    return _head(Text("Indicators", "Indicadores"), lang) + _table(heads, listed, lang) + "\n" + told


def _indicator(one: Any, lang: Lang) -> str:
    says = {
        Text("Direction", "Sentido"): one.direction_label.in_(lang),
        Text("Read together with", "Se lee junto con"): f"`{one.companion}`" if one.companion else "",
        Text("Objectives", "Objetivos"): ", ".join(f"`{each}`" for each in one.objectives),
        Text("Other measures of the same", "Otras mediciones de lo mismo"): ", ".join(
            f"`{each}`" for each in one.rivals
        ),
        Text("Baseline", "Línea base"): f"{one.baseline.period.code}: {one.baseline.reason.in_(lang)}",
        Text("Attributes met", "Atributos que cumple"): f"{one.attributes_met}/{len(ATTRIBUTES)}",
    }
    lines = [f"- {label.in_(lang)}: {value}" for label, value in says.items() if value]
    caveats = [f"- {each.in_(lang)}" for each in one.caveats]
    return "\n".join(
        (
            f"## {one.id}",
            "",
            f"**{one.title.in_(lang)}.** {one.definition.in_(lang)}",
            "",
            *lines,
            *caveats,
            "",
        )
    )


def _sources(lang: Lang) -> str:
    return _head(Text("Sources", "Fuentes"), lang) + "\n".join(
        _source(source_id, one, lang=lang) for source_id, one in Workspace.sources().items()
    )


def _source(source_id: str, one: Any, *, lang: Lang) -> str:
    about = one.about
    says = {
        Text("Publisher", "Institución que publica"): about.publisher.in_(lang),
        Text("As republished by", "Republicado por"): about.carrier,
        Text("Licence", "Licencia"): about.licence.name.in_(lang),
        Text("Page", "Página"): f"<{about.landing_page}>" if about.landing_page else "",
        Text("Schedule", "Calendario"): about.schedule.in_(lang),
        Text("Encoding", "Codificación"): about.encoding,
    }
    lines = [f"- {label.in_(lang)}: {value}" for label, value in says.items() if value]
    heads = (Text("Series", "Serie"), Text("Unit", "Unidad"), Text("Definition", "Definición"))
    series = [
        (f"`{each.id}`", unit(each.unit).label.in_(lang), each.definition.in_(lang)) for each in one.series
    ]
    caveats = [f"- {each.in_(lang)}" for each in about.caveats]
    title = f"## {source_id}\n\n**{about.title.in_(lang)}**\n"
    return "\n".join((title, *lines, "", _table(heads, series, lang), *caveats, ""))


def _units(lang: Lang) -> str:
    heads = (Text("Id", "Id"), Text("Name", "Nombre"), Text("Dimension", "Dimensión"))
    note = Text(
        "Only units of one dimension can be converted into one another; everything else is refused.",
        "Solo las unidades de una misma dimensión se convierten entre sí; todo lo demás se rechaza.",
    )
    rows = [(f"`{one.id}`", one.label.in_(lang), f"`{one.dimension}`") for one in UNITS.values()]
    return _head(Text("Units", "Unidades"), lang) + note.in_(lang) + "\n\n" + _table(heads, rows, lang)


def _framework(lang: Lang) -> str:
    return _head(Text("A framework's file", "El archivo de un marco"), lang) + framework_page(_table, lang)


def _table(heads: tuple[Text, ...], rows: list[tuple[str, ...]], lang: Lang) -> str:
    lines = ["| " + " | ".join(head.in_(lang) for head in heads) + " |", "|" + "---|" * len(heads)]
    lines += [
        "| " + " | ".join(cell.replace("|", "\\|").replace("\n", " ") for cell in row) + " |" for row in rows
    ]
    return "\n".join(lines) + "\n"


def main() -> None:
    """Writes every page whose text has changed."""
    wanted = pages()
    for path, text in wanted.items():
        path.parent.mkdir(parents=True, exist_ok=True)
        if not path.exists() or path.read_text(encoding="utf-8") != text:
            path.write_text(text, encoding="utf-8")
            print(path.relative_to(ROOT))


if __name__ == "__main__":
    main()

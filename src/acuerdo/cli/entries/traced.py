"""One figure with everything that it was computed from."""

from __future__ import annotations

from datetime import date
from itertools import groupby
from typing import TYPE_CHECKING

from acuerdo.cli.entries.released import files_table
from acuerdo.cli.output import Cell, Coded, Column, Entry, Table, facts
from acuerdo.cli.words import PLACE, coded_status
from acuerdo.core.text import LANGS, Text
from acuerdo.spec.dump import dump_text

if TYPE_CHECKING:
    from acuerdo.workspace import Trail

_FEW = 24
_SERIES = Column("series", Text("Published series", "Serie publicada"))
_VALUE = Column("value", Text("Value", "Valor"))
_UNIT = Column("unit", Text("Unit", "Unidad"))
_PERIOD = Column("period", Text("Period", "Periodo"))
_STATUS = Column("status", Text("Status", "Estado"))
_KNOWN = Column("known_from", Text("Known from", "Se conoce desde"))
_FILE = Column("release", Text("File", "Archivo"))
_FILES = Text("Files", "Archivos")


def trail_entry(found: Trail, as_of: date | None) -> Entry:
    """The figure, its definition, the values that it rests on, and their files with fingerprints."""
    value = found.value
    return Entry(
        title=found.indicator.title,
        facts=facts(
            {
                Column("indicator", Text("Indicator", "Indicador")): found.indicator.id,
                PLACE: Text(*(f"{value.place.name.in_(lang)} ({value.place.code})" for lang in LANGS)),
                _PERIOD: value.period.code,
                Column("as_of", Text("As known on", "Como se conocía el")): as_of,
                _VALUE: value.value,
                _UNIT: Coded(value.unit.id, value.unit.label),
                _STATUS: coded_status(value.status),
                _KNOWN: value.known_from,
                Column("definition", Text("Definition", "Definición")): found.indicator.definition,
                Column("recipe", Text("How it is computed", "Cómo se calcula")): dump_text(
                    found.indicator.recipe
                ).rstrip(),
                Column("inputs", Text("Computed from", "Se calcula con")): (
                    inputs_table(found) if len(found.inputs) <= _FEW else _added(found)
                ),
                Column("cited", Text("Printed in", "Impreso en")): tuple(_cited(found)),
                Column("corrections", Text("Corrections of ours", "Correcciones nuestras")): tuple(
                    one.reason for one in found.corrections
                ),
                Column("files", _FILES): files_table(_FILES, found.releases, in_lines=True),
            }
        ),
    )


def inputs_table(found: Trail) -> Table:
    """Every published value that the figure rests on, our corrections applied."""
    return Table(
        title=Text(f"What {found.indicator.id} rests on", f"En qué se apoya {found.indicator.id}"),
        columns=(
            _SERIES, PLACE, Column("breakdown", Text("Breakdown", "Desglose")), _PERIOD, _VALUE, _UNIT, _STATUS,
            _KNOWN, _FILE,
        ),
        rows=tuple(
            (
                one.series, one.place, one.label or None, one.period.code, one.value,
                Coded(one.unit.id, one.unit.label), coded_status(one.status), one.known_from, one.release.id,
            )
            for one in found.inputs
        ),
    )  # fmt: skip


def _added(found: Trail) -> Table:
    """The values in one row per series and file, where they are too many for a screen."""
    columns = (
        _SERIES, Column("values", Text("Values", "Valores")), Column("first", Text("From", "Desde")),
        Column("last", Text("To", "Hasta")), Column("total", Text("Their sum", "Su suma")), _UNIT, _FILE,
    )  # fmt: skip
    rows: list[tuple[Cell, ...]] = []
    in_order = sorted(found.inputs, key=lambda one: (one.series, one.release.id))
    for (series, release), group in groupby(in_order, key=lambda one: (one.series, one.release.id)):
        held = list(group)
        rows.append(
            (
                series, len(held), min(one.period.start for one in held), max(one.period.end for one in held),
                sum(one.value for one in held if one.value is not None),
                Coded(held[0].unit.id, held[0].unit.label), release,
            )
        )  # fmt: skip
    return Table(
        title=Text("Computed from", "Se calcula con"),
        columns=columns,
        rows=tuple(rows),
        note=Text("--values prints every one of them.", "--values los muestra uno por uno."),
    )


def _cited(found: Trail) -> list[Text]:
    """Where figures copied from print were read, each once, with what must be known of them."""
    told: dict[Text, None] = {}
    for one in found.inputs:
        if one.cited is None:
            continue
        figure, reference = one.cited
        told[Text(*(reference.citation().text(lang) for lang in LANGS))] = None
        if figure.note is not None:
            told[figure.note] = None
    return list(told)

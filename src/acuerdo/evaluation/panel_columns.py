"""The columns of a table that make a panel, each checked as it is read."""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, Required, TypedDict, final

from acuerdo.core.errors import CheckFailed, NotFound, Problem, UsageError, not_found
from acuerdo.core.text import Text
from acuerdo.evaluation.naming import some

if TYPE_CHECKING:
    from narwhals.typing import IntoDataFrame

Predictor = str | tuple[str, Any] | tuple[str, Any, Any]
"""A column; a column and the one period that counts; or a column and the first and last period."""

_A_COLUMN: Final = Text("a column", "una columna")
_STANDS_FOR_MISSING: Final = (-(2.0**31), -(2.0**63))
"""What a missing whole number becomes where it is stored as one."""


@final
class Columns(TypedDict, total=False):
    """Which columns of a long table, one row per unit and period, mean what.

    Attributes:
        unit: The units; names or codes.
        period: The periods: years, codes such as ``2020-06``, or dates.
        outcome: The outcome; a null is missing, and so is a row that is not there.
        treated: Column that is 1 while a unit is treated and 0 otherwise; or each treated unit's first period, as
            ``{"California": 1989}``. A panel without it, and without ``first_treated``, has no treatment.
        first_treated: Column of each unit's first treated period; null, 0 or infinite if it never is.
        exposure: What counts are divided by or offset with.
        predictors: Columns that a synthetic control matches or a comparison is adjusted for, as means of what is
            stated: over all periods before the first treatment, or over those named, as ``("income", 1980, 1988)``.
        coordinates: Columns of latitude and longitude, in degrees.
        cluster: Column of what each unit belongs to.
    """

    unit: Required[str]
    period: Required[str]
    outcome: Required[str]
    treated: str | Mapping[Any, Any] | None
    first_treated: str
    exposure: str
    predictors: Sequence[Predictor]
    coordinates: tuple[str, str]
    cluster: str


_REQUIRED: Final = ("unit", "period", "outcome")


@final
class Table:
    """A table of any data-frame library, read column by column."""

    def __init__(self, frame: IntoDataFrame) -> None:
        import narwhals as nw

        try:
            self._table = nw.from_native(frame, eager_only=True)
            self._names: Sequence[str] = self._table.columns
        except (TypeError, ValueError, nw.exceptions.NarwhalsError) as error:
            raise UsageError(_no_table(type(frame).__name__)) from error
        index = nw.maybe_get_index(self._table)
        self._index: Sequence[Any] = () if index is None else index.names

    def require(self, columns: Columns) -> None:
        """Refuses what the table cannot give.

        Raises:
            UsageError: If a column is not named that must be, a name is not one of ``Columns``, or several columns
                are not told as a list.
            NotFound: If columns are not in the table; names the nearest of each.
        """
        strange = [name for name in columns if name not in Columns.__annotations__]
        lacking = [name for name in _REQUIRED if name not in columns]
        wrong = [*_wrong_words(strange, lacking), *_misshaped(columns)]
        if wrong:
            raise UsageError(wrong)
        problems: list[Problem] = []
        for name in dict.fromkeys(_named(columns)):
            if name not in self._names and name in self._index:
                problems.append(_is_index(name))
            elif name not in self._names:
                problems += not_found(_A_COLUMN, str(name), known=self._names).problems
        if problems:
            raise NotFound(problems)

    @property
    def names(self) -> Sequence[str]:
        """The names of its columns."""
        return self._names

    def stated(self, name: str) -> list[Any]:
        """The values of a column in which none may be missing.

        Raises:
            CheckFailed: If one is; names the rows, counted from 1.
        """
        values = self._values(name)
        empty = [str(row) for row, one in enumerate(values, start=1) if one is None or one == ""]
        if empty:
            raise CheckFailed(_empty(name, empty))
        if not all(isinstance(one, Hashable) for one in values):
            raise CheckFailed(_no_name(name))
        return values

    def numbers(self, name: str) -> list[float]:
        """The values of a column as numbers; a missing one is NaN.

        Raises:
            CheckFailed: If one is text, a date or anything else; names the rows, counted from 1.
        """
        plain = self._plain_numbers(name)
        if plain is not None:
            return plain
        wrong: list[tuple[int, Any]] = []
        found: list[float] = []
        for row, one in enumerate(self._values(name), start=1):
            number = _number(one)
            if number is None:
                wrong.append((row, one))
            found.append(math.nan if number is None else number)
        if wrong:
            raise CheckFailed(_no_number(name, wrong))
        return found

    def of_units(self, name: str, units: Sequence[str]) -> dict[str, Any]:
        """The one value that each unit has in a column; None where it is missing in all of its rows.

        Raises:
            CheckFailed: If a unit has several.
        """
        found: dict[str, Any] = dict.fromkeys(units)
        several: dict[str, None] = {}
        for unit, one in zip(units, self._values(name), strict=True):
            if one is not None and found[unit] is not None and found[unit] != one:
                several[unit] = None
            found[unit] = one if found[unit] is None else found[unit]
        if several:
            raise CheckFailed(_several(name, [*several]))
        return found

    def _plain_numbers(self, name: str) -> list[float] | None:
        """The values of a column of plain numbers, none of which stands for a missing one; None for any other."""
        import narwhals as nw

        dtype = self._table[name].dtype
        if not (dtype.is_integer() or dtype.is_float()):
            return None
        found: list[float] = self._table[name].cast(nw.Float64).to_numpy().astype(float).tolist()
        return None if any(one in found for one in _STANDS_FOR_MISSING) else found

    def _values(self, name: str) -> list[Any]:
        """The values with None for every kind of missing."""
        column = self._table[name]
        there = zip(column.to_list(), column.is_null().to_list(), strict=True)
        return [None if missing or _is_nan(one) else one for one, missing in there]


def _named(columns: Columns) -> Iterator[str]:
    yield from (columns["unit"], columns["period"], columns["outcome"])
    alone = (columns.get("first_treated"), columns.get("exposure"), columns.get("cluster"))
    yield from (name for name in alone if name is not None)
    yield from columns.get("coordinates", ())
    yield from (one if isinstance(one, str) else one[0] for one in columns.get("predictors", ()))


def _is_nan(value: Any) -> bool:
    return isinstance(value, float) and math.isnan(value)


def _number(value: Any) -> float | None:
    """The value as a number, NaN for a missing one; None where it is no number or stands for a missing one."""
    if value is None:
        return math.nan
    if isinstance(value, (str, bytes)):
        return None
    try:
        found = float(value)
    except OverflowError:
        return math.inf
    except (TypeError, ValueError):
        return None
    return None if found in _STANDS_FOR_MISSING else found


def _is_index(name: str) -> Problem:
    return Problem(
        what=Text(
            f"'{name}' is part of the table's index, not a column.",
            f"«{name}» es parte del índice de la tabla, no una columna.",
        ),
        fix=Text("Give the table's reset_index().", "Dé el reset_index() de la tabla."),
    )


def _no_table(kind: str) -> Problem:
    return Problem(
        what=Text(
            f"This is no data frame that can be read: {kind}.",
            f"No es una tabla de datos que pueda leerse: {kind}.",
        ),
        fix=Text(
            "Give a table of pandas, polars or pyarrow whose columns have names of their own; collect a lazy one "
            "first.",
            "Use una tabla de pandas, polars o pyarrow con nombres de columna distintos; si es diferida, materialícela "
            "antes.",
        ),
    )


_WEIGHTS: Final = Text(
    'Name their column as exposure="…" and write settings={"weights": "exposure"}.',
    'Nombre su columna como exposure="…" y escriba settings={"weights": "exposure"}.',
)


def _wrong_words(strange: Sequence[str], lacking: Sequence[str]) -> list[Problem]:
    known = ", ".join(Columns.__annotations__)
    problems = [
        Problem(
            what=Text(f"'{name}' is not a part of a panel.", f"«{name}» no es una parte de un panel."),
            fix=_WEIGHTS if name == "weights" else Text(f"Use one of: {known}", f"Use alguna de: {known}"),
        )
        for name in strange
    ]
    if lacking:
        problems.append(
            Problem(
                what=Text(
                    f"These columns are not named: {', '.join(lacking)}.",
                    f"Faltan por nombrar estas columnas: {', '.join(lacking)}.",
                ),
                fix=Text('Write, for example, unit="state".', 'Escriba, por ejemplo, unit="state".'),
            )
        )
    return problems


def _misshaped(columns: Columns) -> Iterator[Problem]:
    """What is told neither as a column nor as the list or mapping that it must be."""
    given: dict[str, Any] = {**columns}
    treated, predictors, coordinates = (given.get(name) for name in ("treated", "predictors", "coordinates"))
    if treated is not None and not isinstance(treated, (str, Mapping)):
        yield _shape(
            "treated",
            Text(
                'Name a column of 0 and 1, or say since when: treated={"California": 1989}.',
                'Nombre una columna de 0 y 1, o diga desde cuándo: treated={"California": 1989}.',
            ),
        )
    if predictors is not None and not _is_list(predictors):
        fix = 'predictors=["income", ("beer", 1984, 1988)]'
        yield _shape("predictors", Text(f"Write, for example, {fix}.", f"Escriba, por ejemplo, {fix}."))
    if coordinates is not None and not (_is_list(coordinates) and len(coordinates) == 2):
        fix = 'coordinates=("lat", "lon")'
        yield _shape("coordinates", Text(f"Write, for example, {fix}.", f"Escriba, por ejemplo, {fix}."))


def _is_list(value: Any) -> bool:
    return isinstance(value, Sequence) and not isinstance(value, (str, bytes))


def _shape(name: str, fix: Text) -> Problem:
    return Problem(
        what=Text(
            f"'{name}' is not told in a way that can be read.", f"«{name}» no se indica de un modo legible."
        ),
        fix=fix,
    )


def _empty(name: str, rows: Sequence[str]) -> Problem:
    return Problem(
        what=Text(
            f"'{name}' is missing in rows {some(rows)}, counted from 1.",
            f"Falta «{name}» en las filas {some(rows)}, contadas desde 1.",
        ),
        why=Text(
            "A row without its unit or its period belongs nowhere.",
            "Una fila sin su unidad o su periodo no pertenece a ninguna parte.",
        ),
        fix=Text("Fill them in, or leave the rows out.", "Complételas, o quite las filas."),
    )


def _no_name(name: str) -> Problem:
    return Problem(
        what=Text(
            f"'{name}' holds lists or tables, which name nothing.",
            f"«{name}» contiene listas o tablas, que no nombran nada.",
        ),
        fix=Text("Give texts, numbers or dates.", "Dé textos, números o fechas."),
    )


def _no_number(name: str, wrong: Sequence[tuple[int, Any]]) -> Problem:
    shown = some([f"{row} ({value!r})" for row, value in wrong])
    return Problem(
        what=Text(
            f"'{name}' holds something other than numbers, in rows counted from 1: {shown}.",
            f"«{name}» contiene algo que no son números, en las filas contadas desde 1: {shown}.",
        ),
        why=Text(
            "Text that looks like a number may hide a comma, a blank or a code for missing; so may the smallest whole "
            "number that a computer stores.",
            "Un texto que parece número puede esconder una coma, un espacio o un código de faltante; también el entero "
            "más pequeño que guarda una computadora.",
        ),
        fix=Text(
            "Turn the column into numbers, with nulls where nothing is known.",
            "Convierta la columna en números, con nulos donde no se sabe.",
        ),
    )


def _several(name: str, units: Sequence[str]) -> Problem:
    return Problem(
        what=Text(
            f"'{name}' changes within these units: {some(units)}.",
            f"«{name}» cambia dentro de estas unidades: {some(units)}.",
        ),
        why=Text(
            "It must be the same in all rows of a unit.", "Debe ser igual en todas las filas de una unidad."
        ),
    )

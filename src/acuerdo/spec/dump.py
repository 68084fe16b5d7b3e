"""Writes an object back as YAML that the strict loader reads as the same object."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from typing import Any, cast, final

import yaml
from pydantic import BaseModel

from acuerdo.core.period import Period, PeriodKind
from acuerdo.core.text import Text
from acuerdo.spec.table import Table
from acuerdo.spec.tree import DoubtfulScalarError, resolve


@final
class _Writer(yaml.CSafeDumper):
    """Quotes every text that the loader would otherwise not read as that text."""

    def ignore_aliases(self, data: Any) -> bool:  # noqa: ARG002 - the writer's own signature
        """Write values in full: an alias would not load."""
        return True


def _scalar(writer: yaml.CSafeDumper, value: str, *, tag: str, style: str | None = None) -> yaml.ScalarNode:
    write = cast("Callable[..., yaml.ScalarNode]", writer.represent_scalar)  # pyright: ignore[reportUnknownMemberType]
    return write(f"tag:yaml.org,2002:{tag}", value, style=style)


def _write_text(writer: yaml.CSafeDumper, value: str) -> yaml.ScalarNode:
    try:
        read: object = resolve(value)
    except DoubtfulScalarError:
        read = None
    style = None if isinstance(read, str) and "\n" not in value else '"'
    return _scalar(writer, value, tag="str", style=style)


def _write_date(writer: yaml.CSafeDumper, value: date) -> yaml.ScalarNode:
    return _scalar(writer, value.isoformat(), tag="timestamp")


def _write_period(writer: yaml.CSafeDumper, value: Period) -> yaml.ScalarNode:
    tags = {PeriodKind.YEAR: "int", PeriodKind.DAY: "timestamp"}
    return _scalar(writer, value.code, tag=tags.get(value.kind, "str"))


_Writer.add_representer(str, _write_text)
_Writer.add_representer(date, _write_date)
_Writer.add_representer(Period, _write_period)


def plain(model: BaseModel) -> dict[str, Any]:
    """A model as the plain data of a file: without what has its default, items of tables without ids.

    Dates and periods stay what they are, so that they can be printed in either language.
    """
    return {
        info.alias or name: frozen(getattr(model, name))
        for name, info in type(model).model_fields.items()
        if info.is_required() or getattr(model, name) != info.get_default(call_default_factory=True)
    }


def frozen(value: Any) -> Any:
    """A value as plain data: mappings, tuples, texts, numbers, truth values, dates and periods."""
    if isinstance(value, Table):
        rows = cast("Mapping[str, Any]", frozen(dict(cast("Table[Any]", value))))
        return {key: {name: part for name, part in row.items() if name != "id"} for key, row in rows.items()}
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, Text):
        return value.both()
    if isinstance(value, Mapping):
        return {key: frozen(part) for key, part in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return tuple(frozen(part) for part in cast("tuple[Any, ...]", value))
    return value


def dump_text(model: BaseModel) -> str:
    """A model as YAML, keys in the order of the model."""
    return yaml.dump(
        _lists(plain(model)),
        Dumper=_Writer,
        allow_unicode=True,
        sort_keys=False,
        width=110,
        default_flow_style=False,
    )


def _lists(value: Any) -> Any:
    """Lists for tuples: YAML has no tuples without a tag."""
    if isinstance(value, Mapping):
        return {key: _lists(part) for key, part in cast("Mapping[str, Any]", value).items()}
    return [_lists(part) for part in cast("tuple[Any, ...]", value)] if isinstance(value, tuple) else value

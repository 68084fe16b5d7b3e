"""Writes an object back as YAML that the strict loader reads as the same object."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any, cast

import yaml
from pydantic import BaseModel

from acuerdo.spec.tree import DoubtfulScalarError, resolve


class _Writer(yaml.CSafeDumper):
    """Quotes every text that the loader would otherwise not read as that text."""

    def ignore_aliases(self, data: Any) -> bool:
        """Write values in full: an alias would not load."""
        return True


def _write_text(writer: yaml.CSafeDumper, value: str) -> yaml.ScalarNode:
    try:
        read: object = resolve(value)
    except DoubtfulScalarError:
        read = None
    style = None if isinstance(read, str) and "\n" not in value else '"'
    return writer.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _write_date(writer: yaml.CSafeDumper, value: date) -> yaml.ScalarNode:
    return writer.represent_scalar("tag:yaml.org,2002:timestamp", value.isoformat())


_Writer.add_representer(str, _write_text)
_Writer.add_representer(date, _write_date)


def plain(model: BaseModel) -> dict[str, Any]:
    """A model as plain data, without what has its default; lists are tuples, dates are dates."""
    return cast("dict[str, Any]", frozen(model.model_dump(mode="python", exclude_defaults=True)))


def frozen(value: Any) -> Any:
    """Plain data with tuples for lists and models dissolved, as the loader gives them."""
    if isinstance(value, BaseModel):
        return plain(value)
    if isinstance(value, Mapping):
        return {key: frozen(part) for key, part in cast("Mapping[str, Any]", value).items()}
    if isinstance(value, list | tuple):
        return tuple(frozen(part) for part in cast("tuple[Any, ...]", value))
    return value


def dump_text(model: BaseModel) -> str:
    """A model as YAML, keys in the order of the model."""
    return yaml.dump(
        _lists(plain(model)), Dumper=_Writer, allow_unicode=True, sort_keys=False, width=110, default_flow_style=False
    )


def _lists(value: Any) -> Any:
    """Lists for tuples: YAML has no tuples without a tag."""
    if isinstance(value, Mapping):
        return {key: _lists(part) for key, part in cast("Mapping[str, Any]", value).items()}
    return [_lists(part) for part in cast("tuple[Any, ...]", value)] if isinstance(value, tuple) else value

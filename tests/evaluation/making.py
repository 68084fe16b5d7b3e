"""Contracts with something changed, for the tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import yaml


def changed(tmp_path: Path, source: Path, **changes: object) -> Path:
    """A copy of a contract with some values changed; a key is a path with two underscores between, None removes it."""
    data = _named(yaml.safe_load(source.read_text("utf-8")))
    for trail, value in changes.items():
        *above, last = trail.split("__")
        holder = data
        for name in above:
            holder = holder[name]
        if value is None:
            del holder[last]
        else:
            holder[last] = value
    path = tmp_path / source.name
    path.write_text(yaml.safe_dump(data, allow_unicode=True, sort_keys=False), encoding="utf-8")
    return path


def _named(data: Any) -> Any:
    """Keys as they stand in the file: the library takes a bare ``on`` for true."""
    if isinstance(data, dict):
        return {"on" if key is True else key: _named(value) for key, value in data.items()}
    return [_named(value) for value in data] if isinstance(data, list) else data

"""Contracts with something changed, for the tests."""

from __future__ import annotations

from pathlib import Path

import yaml


def changed(tmp_path: Path, source: Path, **changes: object) -> Path:
    """A copy of a contract with some values changed; a key is a path with two underscores between, None removes it."""
    data = yaml.safe_load(source.read_text("utf-8"))
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

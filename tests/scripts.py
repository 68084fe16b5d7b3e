"""The scripts of the repository, for tests of what they make."""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

_FOLDER = Path(__file__).resolve().parents[1] / "scripts"


def script(name: str) -> ModuleType:
    """A script of ``scripts/``, with its neighbours importable, as when it is run by hand."""
    path = _FOLDER / f"{name}.py"
    if not path.is_file():
        pytest.skip("the scripts are not beside the tests")
    sys.path.insert(0, str(_FOLDER))
    try:
        spec = importlib.util.spec_from_file_location(name, path)
        assert spec is not None
        assert spec.loader is not None
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module
    finally:
        sys.path.remove(str(_FOLDER))

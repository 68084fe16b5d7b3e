"""What the tests of the frameworks' content share."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from acuerdo.spec.library import framework, frameworks
from acuerdo.spec.model import Framework

ARTICLES = Path(__file__).resolve().parents[3] / "shared" / "reference" / "articles"


@pytest.fixture(scope="session")
def all_frameworks() -> Mapping[str, Framework]:
    """The frameworks that come with the software, by id."""
    return frameworks()


@pytest.fixture(scope="session")
def bicentennial() -> Framework:
    """The Bicentennial Framework."""
    return framework("us_mx_bicentennial")


@pytest.fixture(scope="session")
def merida() -> Framework:
    """The Mérida Initiative."""
    return framework("us_mx_merida")


@pytest.fixture(scope="session")
def implementation_group() -> Framework:
    """The Security Implementation Group."""
    return framework("us_mx_security_implementation_group")


@pytest.fixture(scope="session")
def articles() -> Mapping[str, str]:
    """The five source articles by their key in ``references``; skipped where they are absent."""
    files = sorted(ARTICLES.glob("*.txt"))
    if not files:
        pytest.skip(f"the source articles are not at {ARTICLES}")
    return {f"A{file.name[:3]}": file.read_text(encoding="utf-8") for file in files}

from __future__ import annotations

from collections.abc import Mapping

import pytest

from acuerdo.claims.answers import Claims
from acuerdo.claims.checking import Checked
from acuerdo.data.store import Store
from acuerdo.workspace import EVIDENCE


@pytest.fixture(scope="session")
def checked() -> Mapping[str, Checked]:
    """Every claim, checked on the packaged evidence alone, by the last part of its id."""
    if not (EVIDENCE / "releases").is_dir():
        pytest.skip("this checkout has no packaged evidence; make evidence builds it")
    found = Claims(Store(EVIDENCE)).check()
    return {one.claim.id: one for one in found}

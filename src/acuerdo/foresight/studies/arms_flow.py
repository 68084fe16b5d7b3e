"""Firearms in use by criminal groups; no count of them exists, so there is nothing to fit to."""

from __future__ import annotations

from acuerdo.foresight.library import model
from acuerdo.foresight.study import Study, one_at_a_time

M4 = model("arms_flow")

STUDY = Study(model=M4.id, outcome="stock", span=5.0, compared=5.0, structures=one_at_a_time(M4.mechanisms))

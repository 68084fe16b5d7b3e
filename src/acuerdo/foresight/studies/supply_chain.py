"""What reaches buyers; no published series measures it, so there is nothing to fit to."""

from __future__ import annotations

from acuerdo.foresight.library import model
from acuerdo.foresight.study import Study, one_at_a_time

M3 = model("supply_chain")

STUDY = Study(
    model=M3.id, outcome="available", span=60.0, compared=60.0, structures=one_at_a_time(M3.mechanisms)
)

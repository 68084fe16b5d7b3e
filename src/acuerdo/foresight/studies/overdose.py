"""Deaths by opioid overdose; what its own calibration leaves open is the range declared for each parameter."""

from __future__ import annotations

from acuerdo.foresight.library import model
from acuerdo.foresight.study import Study, one_at_a_time

M2 = model("overdose")

STUDY = Study(
    model=M2.id, outcome="deaths", span=17.0, compared=17.0, structures=one_at_a_time(M2.mechanisms)
)

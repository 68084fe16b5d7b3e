"""The status of an observation, in the codes of the SDMX cross-domain list CL_OBS_STATUS."""

from __future__ import annotations

from enum import StrEnum

from acuerdo.core.text import Text


class Status(StrEnum):
    """What a value is worth, as its publisher marks it.

    Reference:
        SDMX cross-domain code list CL_OBS_STATUS, version 2.2.
    """

    NORMAL = "A"
    BREAK = "B"
    ESTIMATED = "E"
    FORECAST = "F"
    IMPUTED = "I"
    MISSING = "M"
    PROVISIONAL = "P"
    SUPPRESSED = "Q"
    LOW_RELIABILITY = "U"

    @property
    def label(self) -> Text:
        """The status in words."""
        return _LABELS[self]


_LABELS = {
    Status.NORMAL: Text("without reservation", "sin reserva"),
    Status.BREAK: Text("break in series", "ruptura de la serie"),
    Status.ESTIMATED: Text("estimated", "estimado"),
    Status.FORECAST: Text("predicted", "predicho"),
    Status.IMPUTED: Text("imputed", "imputado"),
    Status.MISSING: Text("missing", "sin dato"),
    Status.PROVISIONAL: Text("provisional", "preliminar"),
    Status.SUPPRESSED: Text("suppressed by the publisher", "suprimido por la fuente"),
    Status.LOW_RELIABILITY: Text("low reliability", "poco confiable"),
}

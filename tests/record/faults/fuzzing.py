"""Everything that reads bytes from outside, under a fuzzer: an answer or a refusal in words, and nothing else."""

from __future__ import annotations

import io
import sys

import atheris

with atheris.instrument_imports(include=["acuerdo.record"]):  # type: ignore[attr-defined]
    from acuerdo.core.errors import AcuerdoError
    from acuerdo.record.between.asked import Asked
    from acuerdo.record.between.bundle import read_bundle
    from acuerdo.record.between.parcel import lines_of, read_parcel
    from acuerdo.record.checkpoint import read_checkpoint
    from acuerdo.record.entry import Entry
    from acuerdo.record.envelope import Envelope
    from acuerdo.record.extract import proven
    from acuerdo.record.note import read_note
    from acuerdo.record.party import Party

READERS = (
    Envelope.from_bytes,
    Entry.from_payload,
    Asked.from_bytes,
    Party.from_bytes,
    proven,
    lambda raw: read_checkpoint(read_note(raw.decode("utf-8", "replace"))),
    lambda raw: read_parcel(lines_of(io.BytesIO(raw))),
    lambda raw: read_parcel(lines_of(io.BytesIO(b"acuerdo-parcel/1\n" + raw))),
    lambda raw: list(read_bundle(io.BytesIO(raw)).parcels),
    lambda raw: list(read_bundle(io.BytesIO(b"acuerdo-bundle/1\n" + raw)).parcels),
)


def one_input(data: bytes) -> None:
    if not data:
        return
    try:
        READERS[data[0] % len(READERS)](data[1:])
    except AcuerdoError as error:
        # That the refusal itself can be told, in both languages, is part of it.
        error.render("en")
        error.render("es")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one_input)
    atheris.Fuzz()

"""From a publisher's address into the store."""

from __future__ import annotations

from datetime import UTC, datetime

from acuerdo.core.errors import FetchFailed, Problem
from acuerdo.core.text import Text
from acuerdo.data.download import Patience, Progress, download
from acuerdo.data.ingest import Ingested, Origin, ingest
from acuerdo.data.recognise import source
from acuerdo.data.store import Store


def fetch(
    source_id: str, store: Store, *, patience: Patience | None = None, progress: Progress | None = None
) -> Ingested:
    """Downloads the newest file of a source and brings it into the store.

    Raises:
        NotFound: If there is no such source.
        FetchFailed: If the source has no lasting address, or the address does not give the file.
        IngestRefused: If what it gives cannot be trusted.
    """
    reader = source(source_id)
    address = reader.download_address(datetime.now(UTC).date())
    if not address:
        raise _no_address(source_id, reader.about.landing_page)
    got = download(address, store.own / "downloads" / source_id, patience=patience, progress=progress)
    return ingest(
        got.path, store, origin=Origin(retrieved=got.retrieved, url=address), among={source_id: reader}
    )


def _no_address(source_id: str, landing_page: str) -> FetchFailed:
    return FetchFailed(
        Problem(
            what=Text(
                f"'{source_id}' has no lasting address for its file.",
                f"«{source_id}» no tiene una dirección estable para su archivo.",
            ),
            fix=Text(
                f"Get the file from {landing_page} and run: acuerdo ingest FILE",
                f"Obtenga el archivo en {landing_page} y ejecute: acuerdo ingest ARCHIVO",
            ),
        )
    )

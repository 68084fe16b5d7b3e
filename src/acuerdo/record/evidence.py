"""Evidence that is attached to an entry by its hash: the file itself travels, or stays, by itself."""

from __future__ import annotations

from typing import Annotated, final

from pydantic import Field

from acuerdo.record.kind import Named, Sha256
from acuerdo.spec.fields import AbstractSpec


@final
class Evidence(AbstractSpec):
    """One piece of evidence.

    Attributes:
        title: What it is, in its own language.
        sha256: The hash of its bytes, by which anybody who has it can tell that it is the one meant.
        media_type: What kind of file it is.
        url: Where it was published, if it was.
    """

    title: Named
    sha256: Sha256
    media_type: Annotated[str, Field(pattern=r"^[a-z]+/[a-z0-9.+\-]+$")] | None = None
    url: Annotated[str, Field(pattern=r"^https?://\S+$", max_length=2000)] | None = None


Attached = Annotated[tuple[Evidence, ...], Field(strict=False, max_length=64)]
"""The evidence that an entry attaches."""
Item = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*:[a-z][a-z0-9_]*$")]
"""A commitment or decision of a framework: ``us_mx_bicentennial:action_plan``."""

"""The performance review: pages for readers and the same content for machines."""

from acuerdo.review.site import Written, write

__all__ = ["Written", "write"]

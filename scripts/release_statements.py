"""Enters new statements into the ledger, which only grows.

    python scripts/release_statements.py

A statement that the ledger holds can no longer be changed; one that was wrong is replaced by a later one.
"""

from __future__ import annotations

import sys
from pathlib import Path

from acuerdo.tracking.ledger import changed, unreleased

LEDGER = Path(__file__).resolve().parents[1] / "src" / "acuerdo" / "statements" / "released.ledger"


def main() -> int:
    """Adds what is new; refuses if what was released has been changed."""
    broken = changed()
    if broken:
        print("changed since release:", ", ".join(broken), file=sys.stderr)
        return 1
    new = unreleased()
    with LEDGER.open("a", encoding="utf-8") as ledger:
        ledger.writelines(f"{line}\n" for line in new)
    print(f"{len(new)} entered")
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""Computes the outlooks that the review shows and keeps them in the package.

    python scripts/build_outlooks.py [INDICATOR ...]

With no indicator named, every one that can be forecast, has counts still coming in, or is aimed at by somebody; the
optional part ``forecast`` must be installed. Each file names the fingerprints of what it was computed from.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from acuerdo.core.plugins import Folder
from acuerdo.tracking.outlook.keeping import OUTLOOKS, keep
from acuerdo.tracking.outlook.looking import look
from acuerdo.tracking.outlook.outlook import Outlook
from acuerdo.workspace import Workspace

PACKAGE = Path(__file__).resolve().parents[1] / "src" / "acuerdo"


def main() -> None:
    """Computes and keeps them."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("indicators", nargs="*", help="only these")
    chosen: list[str] = parser.parse_args().indicators
    # The packaged evidence alone, so that whoever installs the package finds the same files behind each outlook
    workspace = Workspace.open(PACKAGE.parents[1] / "build" / "no-store-of-its-own")
    folder = _folder(OUTLOOKS)
    for indicator_id in chosen or workspace.indicators():
        indicator = workspace.indicator(indicator_id)
        outlook = look(workspace.store, indicator)
        if _tells(outlook):
            print(keep(workspace.store, outlook, indicator=indicator, folder=folder))


def _folder(outlooks: Folder) -> Path:
    return PACKAGE / outlooks.path


def _tells(outlook: Outlook) -> bool:
    return bool(outlook.nowcasts or outlook.ahead or outlook.chances)


if __name__ == "__main__":
    main()

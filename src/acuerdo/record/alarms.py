"""The contradictions that were found, each in a file of its own, kept as proof until somebody has looked at them."""

from __future__ import annotations

import hashlib
import json
import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any, final

from acuerdo.record import witness
from acuerdo.record.whole_file import write_whole


@final
class Alarms:
    """The contradictions that a node found.

    Attributes:
        folder: Their folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def found(self, side: str | None = None) -> tuple[dict[str, Any], ...]:
        """Those not yet looked at, of one side if it is given."""
        return tuple(one for _, one in self._files(side))

    def keep(self, side: str, record: Mapping[str, Any]) -> None:
        """Keeps one, beside those kept before."""
        text = json.dumps({**record, "side": side}, ensure_ascii=False, sort_keys=True).encode()
        name = f"{side}_{record['code']}_{hashlib.sha256(text).hexdigest()[:16]}.json"
        write_whole(self.folder / name, text)

    def set_aside(self, side: str) -> int:
        """Sets a side's aside; returns how many. Their files stay, under another name."""
        files = self._files(side)
        for path, _ in files:
            path.rename(path.with_suffix(f".{int(time.time())}.seen"))
        return len(files)

    def require_none(self, side: str, *, but: witness.AlarmCode | None = None) -> None:
        """Does nothing where none of a side waits to be looked at.

        Args:
            side: The side.
            but: What may wait all the same.

        Raises:
            WitnessAlarm: If one does.
        """
        for one in self.found(side):
            if one["code"] != but:
                raise witness.alarm(one["code"], str(one["where"]))

    def _files(self, side: str | None) -> list[tuple[Path, dict[str, Any]]]:
        read = [(path, json.loads(path.read_bytes())) for path in sorted(self.folder.glob("*.json"))]
        return [(path, one) for path, one in read if side in {None, one["side"]}]

"""A kept result: what was found, bound to everything it was found from.

A long computation is run once and its answer is kept as a file beside its question. The file says which question it
answers and which inputs it used, each by a content hash; whoever shows the answer compares these with what is there
now, and says which have changed rather than show an old answer as a new one.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.text import Text, same


def fingerprint(content: object) -> str:
    """The sha256, in hexadecimal, of a value made of mappings, lists, texts, numbers and None."""
    return hashlib.sha256(_text(content).encode()).hexdigest()


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One kept answer.

    Attributes:
        question: Id of what was asked: a contract, a scenario, an indicator.
        inputs: Fingerprint or release id of each input by its name, the question's own file among them.
        version: The software version that computed it.
        answer: The answer, of mappings, lists, texts, numbers and None.
    """

    question: str
    inputs: Mapping[str, str] = field(repr=False)  # as long as a page; who wants them names them
    version: str
    answer: Mapping[str, Any] = field(repr=False)

    def changed(self, inputs: Mapping[str, str]) -> tuple[str, ...]:
        """The names of the inputs that are not what they were; none when the answer still stands."""
        names = sorted({*self.inputs, *inputs})
        return tuple(name for name in names if self.inputs.get(name) != inputs.get(name))

    def write(self, path: Path) -> None:
        """Writes the file whole or not at all; the same result gives the same bytes."""
        record = {
            "question": self.question,
            "version": self.version,
            "inputs": dict(self.inputs),
            "answer": dict(self.answer),
        }
        part = path.with_name(f".{path.name}.part")
        path.parent.mkdir(parents=True, exist_ok=True)
        part.write_text(
            json.dumps(record, ensure_ascii=False, sort_keys=True, indent=1, allow_nan=False) + "\n",
            encoding="utf-8",
        )
        part.replace(path)

    @classmethod
    def read(cls, path: Path) -> Result:
        """The result kept in a file.

        Raises:
            CheckFailed: If the file is not a kept result.
        """
        try:
            record = json.loads(path.read_text(encoding="utf-8"))
            return cls(
                question=record["question"],
                inputs=record["inputs"],
                version=record["version"],
                answer=record["answer"],
            )
        except (ValueError, KeyError, TypeError) as error:
            raise CheckFailed(_not_a_result(path, error)) from error


def _text(content: object) -> str:
    return json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def _not_a_result(path: Path, error: Exception) -> Problem:
    return Problem(
        what=Text("This file is not a kept result.", "Este archivo no es un resultado guardado."),
        where=str(path),
        why=same(str(error)),
        fix=Text("Compute the result again.", "Calcule el resultado de nuevo."),
    )

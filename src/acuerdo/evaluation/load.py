"""The contracts that come with the software, and those of the reader: one file per question, read strictly."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Final

from acuerdo.core.plugins import Folder
from acuerdo.core.text import Text
from acuerdo.evaluation.contract import Contract
from acuerdo.evaluation.faults import faults_of
from acuerdo.spec.load import load_document, load_every

CONTRACTS: Final = Folder(
    "evaluation/contracts",
    suffixes=(".yaml",),
    kind=Text("an evaluation contract", "un contrato de evaluación"),
)


def load(path: Path) -> Contract:
    """The contract in a file.

    Raises:
        SpecProblems: If anything is wrong; lists every problem with file, line and column.
    """
    return load_document(path, Contract, check=faults_of)


@cache
def contract(contract_id: str) -> Contract:
    """A contract that comes with the software.

    Raises:
        NotFound: If there is none of that id; names the nearest.
        SpecProblems: If its file is wrong.
    """
    return load(CONTRACTS.file(contract_id))


@cache
def contracts() -> Mapping[str, Contract]:
    """Every contract by id, in order of id.

    Raises:
        SpecProblems: Lists every problem of every file.
    """
    return load_every(CONTRACTS.files(), contract)


def path_of(given: str) -> Path:
    """The file that a reader means: a path to a ``.yaml``, or the id of a contract that comes with the software.

    Raises:
        NotFound: If it is neither.
    """
    path = Path(given)
    return path if path.suffix == ".yaml" else CONTRACTS.file(given)

"""What can be asked about evaluation contracts, on one store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, final

from acuerdo.core.errors import CheckFailed, Problem
from acuerdo.core.result import Result, fingerprint
from acuerdo.core.text import Text, same
from acuerdo.evaluation import kept, state
from acuerdo.evaluation.certainty import GRADES
from acuerdo.evaluation.contract import Contract
from acuerdo.evaluation.load import CONTRACTS, contracts, load, path_of
from acuerdo.evaluation.predictions import Record, track_records
from acuerdo.evaluation.reader import OutcomeReader
from acuerdo.evaluation.ruling import VERDICTS
from acuerdo.evaluation.signatures import SIGNED, Signatures, require_both, signatures

if TYPE_CHECKING:
    from acuerdo.data.store import Store
    from acuerdo.evaluation.rerunning import Rerun
    from acuerdo.record.answers import Record as SharedRecord
    from acuerdo.record.state import State


@final
@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """A contract with what is kept of it.

    Attributes:
        contract: The contract.
        path: Its file.
        state: Where it stands.
        result: Its kept answer; None where it was never run.
        calibration: Its kept calibration; None where it was never calibrated.
        changed: Names of the inputs that are not what the answer rests on; none while it stands.
        entries: Its ledger.
        signatures: Who signed it in the record.
    """

    contract: Contract
    path: Path
    state: state.State
    result: Result | None
    calibration: Result | None
    changed: tuple[str, ...]
    entries: tuple[state.Entry, ...]
    signatures: Signatures


@final
class Evaluation:
    """The contracts that come with the software, and a reader's own, on a store.

    Attributes:
        store: Where the published files lie.
        record: Where both sides sign.
    """

    def __init__(self, store: Store, *, record: SharedRecord) -> None:
        self.store = store
        self.record = record

    @staticmethod
    def word(code: str) -> Text:
        """A state, a verdict, a grade of certainty or a state of signatures as readers call it."""
        words: dict[str, Text] = {**state.STATES, **VERDICTS, **GRADES, **SIGNED}
        return words[code]

    @staticmethod
    def all() -> Mapping[str, Contract]:
        """Every contract that comes with the software, by id."""
        return contracts()

    def answered(self, given: str) -> Answered:
        """A contract with what is kept of it; runs nothing.

        Args:
            given: An id, or the path of a ``.yaml``.

        Raises:
            NotFound: If there is no such contract.
            SpecProblems: If its file is wrong.
        """
        return self._answered(given, self._known(public=False))

    def every(self, *, public: bool = False) -> tuple[Answered, ...]:
        """All contracts that come with the software, in order of id.

        Args:
            public: Signatures only by what everybody may have, for what is published.
        """
        known = self._known(public=public)
        return tuple(self._answered(one, known) for one in CONTRACTS.files())

    def calibrate(self, given: str, *, on: date, keep: bool = True) -> Result:
        """The blind look at a contract; kept beside it, with a line in its ledger.

        Raises:
            CheckFailed: If the contract is frozen already, was frozen in other words and is not a new version, is not
                evaluable, or the data do not carry it.
        """
        from acuerdo.evaluation.calibrating import calibrate

        path = path_of(given)
        contract = load(path)
        if keep:
            state.require_version(
                state.read(state.ledger_of(path)), contract.digest, version=contract.version
            )
        found = calibrate(contract, self.store)
        if keep:
            state.append(
                state.ledger_of(path), "calibrated", contract=contract.digest, holds=_digest(found), on=on
            )
            found.write(kept.calibration_of(path))
        return found

    def freeze(self, given: str, *, on: date) -> state.Entry:
        """Fixes a contract by its digest; from here on a change is a new version.

        Raises:
            CheckFailed: If it is not calibrated as it stands: no method is signed without its measured size. Or if a
                record is kept here in which not both sides have signed it.
        """
        one = self.answered(given)
        if one.contract.plan is None:
            raise CheckFailed(_no_plan(one.contract.id))
        state.require_version(one.entries, one.contract.digest, version=one.contract.version)
        _require_measured(one, given)
        require_both(one.contract, one.signatures)
        return state.append(
            state.ledger_of(one.path),
            "frozen",
            contract=one.contract.digest,
            holds=one.contract.digest,
            on=on,
        )

    def run(self, given: str, *, on: date, keep: bool = True) -> Result:
        """The answer of a contract; kept beside it, with lines in its ledger, where it is frozen.

        Raises:
            CheckFailed: If it is to be kept and is not frozen as it stands, or the data do not carry it.
            MissingExtra: If an optional part is not installed.
        """
        from acuerdo.evaluation.running import run

        one = self.answered(given)
        calibration = one.calibration if _is_of(one.calibration, one.contract) else None
        contract, ledger = one.contract, state.ledger_of(one.path)
        if keep and contract.plan is not None:
            locked = fingerprint(dict(self._inputs(contract)))
            state.append(ledger, "locked", contract=contract.digest, holds=locked, on=on)
        found = run(contract, self.store, calibration=calibration)
        if keep:
            found.write(kept.result_of(one.path))
            if contract.plan is not None:
                state.append(ledger, "run", contract=contract.digest, holds=_digest(found), on=on)
                state.append(
                    ledger, "verdict", contract=contract.digest, holds=found.answer["verdict"], on=on
                )
        return found

    def rerun(self, given: str) -> Rerun:
        """The contract again, on the signed data and on the newest; nothing is kept.

        Raises:
            CheckFailed: If there is no earlier answer, or the data do not carry it.
        """
        from acuerdo.evaluation.rerunning import rerun

        one = self.answered(given)
        if one.result is None:
            raise CheckFailed(_never_run(given))
        return rerun(one.contract, self.store, earlier=one.result, calibration=one.calibration)

    def dissent(self, given: str, words: str, *, on: date) -> state.Entry:
        """Adds a note of a side that does not accept the verdict; the verdict stays.

        Raises:
            CheckFailed: If there is no verdict yet.
        """
        one = self.answered(given)
        return state.append(
            state.ledger_of(one.path), "dissent", contract=one.contract.digest, holds=words, on=on
        )

    def track_records(self) -> tuple[Record, ...]:
        """How well each side's public predictions fared over all contracts."""
        found = self.every()
        verdicts = {one.contract.id: one.result.answer["verdict"] for one in found if one.result is not None}
        return track_records([one.contract for one in found], verdicts)

    def pool(self, *, keep: bool = False) -> Result:
        """What all evaluations of one objective say together; see :mod:`acuerdo.evaluation.pooling`.

        Raises:
            MissingExtra: If an optional part is not installed.
        """
        from acuerdo.evaluation.pooling import pool

        results = {one.contract.id: one.result for one in self.every() if one.result is not None}
        found = pool(contracts(), results)
        if keep:
            found.write(kept.across())
        return found

    @staticmethod
    def pooled() -> Result | None:
        """The kept pooling; None where it was never made."""
        return kept.read(kept.across())

    def _known(self, *, public: bool) -> State | None:
        return self.record.known(public=public) if self.record.exists else None

    def _answered(self, given: str, known: State | None) -> Answered:
        path = path_of(given)
        contract = contracts()[given] if given in contracts() else load(path)
        entries = state.read(state.ledger_of(path))
        result = kept.read(kept.result_of(path))
        return Answered(
            contract=contract,
            path=path,
            state=state.state_of(entries, contract.digest),
            result=result,
            calibration=kept.read(kept.calibration_of(path)),
            changed=() if result is None else kept.changed(result, self._inputs(contract)),
            entries=entries,
            signatures=signatures(known, contract),
        )

    def _inputs(self, contract: Contract) -> Mapping[str, str]:
        known_on = contract.plan.data.known_on if contract.plan else contract.written
        return kept.inputs(contract, OutcomeReader(self.store, known_on=known_on, cut_off=None))


def _digest(result: Result) -> str:
    return fingerprint({"inputs": dict(result.inputs), "answer": dict(result.answer)})


def _is_of(calibration: Result | None, contract: Contract) -> bool:
    return calibration is not None and calibration.inputs.get("contract") == contract.digest


def _require_measured(one: Answered, given: str) -> None:
    calibration = one.calibration
    if calibration is None or not _is_of(calibration, one.contract) or calibration.answer.get("size") is None:
        raise CheckFailed(
            Problem(
                what=Text(
                    f"'{one.contract.id}' cannot be frozen: the size of its rule on its own panel was not measured.",
                    f"«{one.contract.id}» no puede congelarse: no se midió el tamaño de su regla en su propio panel.",
                ),
                why=Text(
                    "Methods in common use reject a true null up to half of the time on such data.",
                    "Métodos de uso común rechazan una hipótesis nula verdadera hasta la mitad de las veces con datos "
                    "así.",
                ),
                fix=Text(
                    f"acuerdo evaluate {given} --blind measures it.",
                    f"acuerdo evaluate {given} --blind lo mide.",
                ),
            )
        )
    if state.holding(one.entries, one.contract.digest, event="calibrated") != _digest(calibration):
        raise CheckFailed(
            Problem(
                what=Text(
                    "The kept calibration is not the one that the ledger speaks of.",
                    "La calibración guardada no es la que consta en el libro.",
                ),
                where=str(one.path),
                fix=Text("Calibrate it again.", "Calíbrelo de nuevo."),
            )
        )


def _no_plan(contract: str) -> Problem:
    return Problem(
        what=Text(
            "The question is not evaluable; there is nothing to freeze.",
            "La pregunta no es evaluable; no hay nada que congelar.",
        ),
        where=contract,
    )


def _never_run(contract: str) -> Problem:
    return Problem(
        what=Text("This contract was never run.", "Este contrato nunca se ha corrido."),
        where=contract,
        fix=same(f"acuerdo evaluate {contract}"),
    )

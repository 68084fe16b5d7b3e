"""Kept answers: comparisons, calibrations, published tables and sensitivities, each bound to the files it rests on."""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Iterable, Mapping
from dataclasses import asdict, fields, is_dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any, Final, Literal

import acuerdo
from acuerdo.core.result import Result, fingerprint
from acuerdo.foresight import coupling, study
from acuerdo.foresight.discovery import Box
from acuerdo.foresight.identified.comparing import Arm, Comparison, Duel, Regret, Turn
from acuerdo.foresight.identified.flipping import Flip
from acuerdo.foresight.identified.spreading import Spread
from acuerdo.foresight.library import model
from acuerdo.foresight.model import Model
from acuerdo.foresight.playbook import BASE, play, plays
from acuerdo.foresight.tracing import trace

Kind = Literal["comparison", "calibration", "published", "sensitivity", "together", "forecasts"]
# What is kept of all models at once, under a name of its own
COUPLED: Final = "bilateral"
RESULTS: Final = Path(__file__).parent / "results"
_DIGITS: Final = 6
# Of a comparison, what no kept one has
_UNKEPT: Final = "by_chance"
# Of a kept comparison: whoever asks for as many gets the same numbers
DRAWS, TRIED = 600, 128


def path(model_id: str, kind: Kind) -> Path:
    """Where an answer about a model is kept."""
    return RESULTS / f"{model_id}.{kind}.json"


def inputs(model_id: str, kind: Kind) -> dict[str, str]:
    """The fingerprint of all that an answer rests on: model, study, and the scenarios that act in it."""
    if model_id == COUPLED:
        return _coupled_inputs()
    found = {"model": declared(model(model_id))}
    if kind == "published":
        found["rows"] = rows(model(model_id))
    if kind != "published" and model_id in study.FOLDER.files():
        found["study"] = _hash(study.FOLDER.file(model_id))
    if kind in {"comparison", "sensitivity"}:
        found |= {
            f"scenario {name}": moved(name, (model_id,))
            for name, one in plays().items()
            if one.moves(model_id) or name == BASE
        }
    return found


def _coupled_inputs() -> dict[str, str]:
    """The links, every model that they join, and every scenario."""
    return {
        "links": _hash(Path(coupling.__file__)),
        **{f"model {name}": declared(model(name)) for name in coupling.ORDER},
        **{f"scenario {name}": moved(name, coupling.ORDER) for name in plays()},
    }


@cache
def declared(one: Model) -> str:
    """The fingerprint of a model: equations and data under every alternative, and every number declared.

    Whichever file an equation is written in; what is only said about it, and in which words, is not in it.
    """
    structures = study.one_at_a_time(one.mechanisms)
    numbers = {
        "parameters": [[each.name, each.value, each.low, each.high, each.spread] for each in one.parameters],
        "constants": [[each.name, each.value] for each in one.constants],
        "levers": [[each.name, each.default, each.low, each.high, each.impulse] for each in one.levers],
        "inputs": [[each.name, each.value] for each in one.inputs],
        "time": [one.time_unit, one.starts.isoformat(), one.span, one.report_every, one.longest_step],
    }
    return fingerprint([numbers, [trace(one, each).fingerprint() for each in structures]])


def rows(one: Model) -> str:
    """The fingerprint of the published results that a model must reproduce; how each is measured is not in it."""
    return fingerprint(
        [[each.name, each.published.en, each.low, each.high, each.source] for each in one.published]
    )


def moved(name: str, models: Iterable[str]) -> str:
    """The fingerprint of what a scenario does in some models; on what evidence, and in which words, is not in it."""
    return fingerprint([play(name).scenario(model(one)).identity() for one in models])


def read(model_id: str, kind: Kind) -> Result | None:
    """The kept answer; None if there is none."""
    file = path(model_id, kind)
    return Result.read(file) if file.is_file() else None


def changed(model_id: str, kind: Kind) -> tuple[str, ...]:
    """What has changed since the answer was kept."""
    found = read(model_id, kind)
    return found.changed(inputs(model_id, kind)) if found else ()


def keep(model_id: str, kind: Kind, *, answer: Mapping[str, Any]) -> Path:
    """Keeps an answer; numbers with six digits, which is finer than anything that is read from them."""
    file = path(model_id, kind)
    Result(
        question=f"{model_id}.{kind}",
        inputs=inputs(model_id, kind),
        version=acuerdo.__version__,
        answer=_plain(answer),
    ).write(file)
    return file


def comparison(model_id: str) -> Comparison | None:
    """The kept comparison of every scenario in a model; None if there is none."""
    found = read(model_id, "comparison")
    return _comparison(found.answer) if found else None


def written(found: Comparison) -> dict[str, Any]:
    """A comparison as it is kept: none is kept of what chance adds."""
    return {name: one for name, one in asdict(found).items() if name != _UNKEPT}


def _comparison(answer: Mapping[str, Any]) -> Comparison:
    plain = {one.name: answer[one.name] for one in fields(Comparison) if one.name != _UNKEPT}
    return Comparison(
        **plain
        | {
            "scenarios": tuple(answer["scenarios"]),
            "begins": date.fromisoformat(answer["begins"]),
            "compared": date.fromisoformat(answer["compared"]),
            "dates": tuple(date.fromisoformat(day) for day in answer["dates"]),
            "arms": tuple(_arm(one) for one in answer["arms"]),
            "duels": tuple(Duel(**one | {"flip": _flip(one["flip"])}) for one in answer["duels"]),
            "turns": tuple(
                Turn(**one | {"flip": _flip(one["flip"]), "box": _box(one["box"])}) for one in answer["turns"]
            ),
            "regrets": tuple(Regret(**one) for one in answer["regrets"]),
        }
    )


def _arm(one: Mapping[str, Any]) -> Arm:
    spreads = {key: Spread(**one[key]) if one[key] else None for key in ("change", "growth")}
    return Arm(**{**one, **spreads, "bands": tuple(tuple(band) for band in one["bands"])})


def _flip(one: Mapping[str, Any] | None) -> Flip | None:
    return Flip(**one) if one else None


def _box(one: Mapping[str, Any] | None) -> Box | None:
    return (
        Box(**{**one, "limits": {name: tuple(ends) for name, ends in one["limits"].items()}}) if one else None
    )


def _plain(value: Any) -> Any:
    match value:
        case date():
            return value.isoformat()
        case bool() | int() | str() | None:
            return value
        case float():
            return float(f"{value:.{_DIGITS}g}") if math.isfinite(value) else None
        case Mapping():
            return {str(key): _plain(one) for key, one in value.items()}
        case list() | tuple():
            return [_plain(one) for one in value]
        case _ if is_dataclass(value) and not isinstance(value, type):
            return _plain(asdict(value))
        case _:
            return _plain(json.loads(json.dumps(value)))


@cache
def _hash(file: Path) -> str:
    return hashlib.sha256(file.read_bytes()).hexdigest()

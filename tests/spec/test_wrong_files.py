"""Every message about a file of content: one wrong file each, with its words in both languages."""

from __future__ import annotations

import os
import re
from pathlib import Path
from typing import Annotated, Any, final

import pytest
from pydantic import BaseModel, BeforeValidator, Field

from acuerdo.core.errors import Problem, SpecProblems
from acuerdo.core.text import LANGS, Lang, Text
from acuerdo.spec.check import framework_faults
from acuerdo.spec.fields import AbstractSpec, Key, refusal
from acuerdo.spec.library import check_frameworks
from acuerdo.spec.load import load_document
from acuerdo.spec.model import Framework
from acuerdo.spec.wording import MESSAGES

WRONG = Path(__file__).resolve().parents[1] / "wrong"
OTHER = Path(__file__).with_name("example_framework.yaml")
REFRESH = os.environ.get("ACUERDO_REFRESH_GOLDEN") == "1"


def _at_most_one(value: object) -> object:
    if isinstance(value, float) and value > 1:
        raise refusal(
            Text(
                f"A share of {value} is more than the whole.",
                f"Una proporción de {value} es más que el total.",
            ),
            Text("Write a number from 0 to 1.", "Escriba un número de 0 a 1."),
        )
    return value


@final
class Small(AbstractSpec):
    """What no field of a framework needs, but other rooms' files may."""

    id: Key
    code: Annotated[str, Field(pattern=r"^[A-Z]\d+$")] = "A1"
    share: Annotated[float, BeforeValidator(_at_most_one)] = 0.5
    numbers: Annotated[tuple[int, ...], Field(max_length=2)] = ()


SMALL = {"form_wrong", "value_stated", "value_refused"}
AGAINST_OTHERS = {"framework_unknown", "foreign_unknown", "points_to_itself", "predecessor_later"}


def found_in(name: str) -> tuple[Problem, ...]:
    """The problems of one wrong file, as the user meets them."""
    path = Path(f"{name}.yaml")
    if name in AGAINST_OTHERS:
        every = check_frameworks({name: path, "example_framework": OTHER})
        return tuple(problem for problem in every if problem.where.startswith(path.name))
    model: type[BaseModel] = Small if name in SMALL else Framework
    check: Any = None if name in SMALL else framework_faults
    with pytest.raises(SpecProblems) as caught:
        load_document(path, model, check=check)
    return caught.value.problems


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_each_wrong_file_gives_its_one_message(
    name: str, lang: Lang, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(WRONG)
    problems = found_in(name)
    rendered = "\n".join(problem.render(lang) for problem in problems) + "\n"
    golden = WRONG / f"{name}.{lang}.txt"
    if REFRESH:
        golden.write_text(rendered, encoding="utf-8")
    assert len(problems) == 1, rendered
    assert rendered == golden.read_text(encoding="utf-8")


def test_every_message_has_a_wrong_file_and_every_wrong_file_a_message() -> None:
    assert {path.stem for path in WRONG.glob("*.yaml")} == set(MESSAGES)
    for lang in LANGS:
        assert {path.name.removesuffix(f".{lang}.txt") for path in WRONG.glob(f"*.{lang}.txt")} == set(
            MESSAGES
        )


def test_every_kind_of_fault_named_in_the_code_has_a_message() -> None:
    source = Path(load_document.__code__.co_filename).parent
    named: set[str] = set()
    for path in source.glob("*.py"):
        text = path.read_text(encoding="utf-8")
        named |= set(re.findall(r'Fault\(\s*kind="(\w+)"', text)) | set(re.findall(r'_add\("(\w+)"', text))
        named |= set(re.findall(r'PydanticCustomError\(\s*"(\w+)"', text))
    assert len(named) > 30
    assert named <= set(MESSAGES)


@pytest.mark.parametrize("name", sorted(MESSAGES))
def test_no_words_of_the_parsers_leak(name: str) -> None:
    spanish = (WRONG / f"{name}.es.txt").read_text(encoding="utf-8")
    english_only = (
        r"\b(the|is not|should be|Input|Field required|extra inputs|while (parsing|scanning)|expected)\b"
    )
    assert not re.search(english_only, spanish)
    assert not re.search(r"[{}]\w+[{}]", spanish.replace("{en", "").replace("{within", ""))

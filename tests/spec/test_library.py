"""The frameworks that come with the software, and the schema that editors use."""

from __future__ import annotations

import json
from typing import Any

import pytest

from acuerdo.core.errors import NotFound
from acuerdo.spec.fields import KEY
from acuerdo.spec.library import FRAMEWORKS, check_library, framework, frameworks
from acuerdo.spec.model import Framework
from acuerdo.spec.schema import FRAMEWORK_SCHEMA
from acuerdo.spec.survey import models_within

SCHEMA_LINE = "# yaml-language-server: $schema=../spec/framework.schema.json"


def test_the_frameworks_agree_with_themselves_and_one_another() -> None:
    assert [problem.render("en") for problem in check_library()] == []
    assert set(frameworks()) == {"us_mx_bicentennial", "us_mx_merida", "us_mx_security_implementation_group"}


def test_every_framework_names_the_schema_in_its_first_line() -> None:
    for path in FRAMEWORKS.files().values():
        assert path.read_text(encoding="utf-8").splitlines()[0] == SCHEMA_LINE


def test_an_unknown_framework_names_the_nearest() -> None:
    with pytest.raises(NotFound) as caught:
        framework("us_mx_bicentenial")
    assert caught.value.problems[0].nearest[0] == "us_mx_bicentennial"


def test_the_schema_asks_for_no_id_inside_a_table_but_for_one_at_the_top() -> None:
    schema: dict[str, Any] = json.loads(FRAMEWORK_SCHEMA.read_text(encoding="utf-8"))
    assert "id" in schema["required"]
    assert "id" not in schema["$defs"]["Commitment"]["properties"]
    assert set(schema["$defs"]["Commitment"]["required"]) == {
        "title",
        "origin",
        "obliged",
        "deadline",
        "sources",
    }
    assert schema["$defs"]["Commitment"]["additionalProperties"] is False
    assert schema["properties"]["id"]["pattern"] == f"^{KEY.pattern}$"


def test_every_key_of_a_framework_is_explained_to_editors() -> None:
    schema: dict[str, Any] = json.loads(FRAMEWORK_SCHEMA.read_text(encoding="utf-8"))
    objects = {"Framework": schema, **schema["$defs"]}
    unexplained = [
        f"{name}.{key}"
        for name, definition in objects.items()
        for key, shape in definition.get("properties", {}).items()
        if not shape.get("title") and name in {one.__name__ for one in models_within(Framework)}
    ]
    assert unexplained == []

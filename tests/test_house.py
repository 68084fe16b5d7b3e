"""The rules of the house, measured on the source itself (``CONTRIBUTING.md`` states them)."""

from __future__ import annotations

import ast
import os
import re
import statistics
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

import acuerdo

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "acuerdo"

MEDIAN_MODULE = 120
LONGEST_MODULE = 400
LONGEST_FUNCTION = 40
MOST_PARAMETERS = 6
MOST_POSITIONAL = 2
BANNED_NAMES = {"utils", "util", "helpers", "helper", "common", "manager", "service", "misc"}
BANNED_RAISES = {
    "Exception", "BaseException", "AssertionError", "ValueError", "RuntimeError", "KeyError", "NotImplementedError",
}  # fmt: skip
# Bases whose subclasses need neither word: their members are values, or they only describe a shape.
SHAPES = {"Enum", "StrEnum", "IntEnum", "Flag", "Protocol", "TypedDict", "NamedTuple"}

Function = ast.FunctionDef | ast.AsyncFunctionDef
Record = Callable[[str, object], None]


class Found(NamedTuple):
    """One function or class and where it stands."""

    where: str
    node: Any


@cache
def modules() -> dict[str, tuple[str, ast.Module]]:
    """Every module of the package: path from the root, text and syntax tree."""
    texts = {
        path.relative_to(ROOT).as_posix(): path.read_text("utf-8") for path in sorted(SOURCE.rglob("*.py"))
    }
    return {name: (text, ast.parse(text)) for name, text in texts.items()}


def nodes(*kinds: type[ast.AST]) -> Iterator[Found]:
    for name, (_, tree) in modules().items():
        for node in ast.walk(tree):
            if isinstance(node, kinds):
                yield Found(f"{name}:{getattr(node, 'lineno', 0)}", node)


def length(function: Function) -> int:
    """Lines from ``def`` to the end, without the docstring."""
    lines = (function.end_lineno or function.lineno) - function.lineno + 1
    first = function.body[0]
    if ast.get_docstring(function, clean=False) is not None:
        lines -= (first.end_lineno or first.lineno) - first.lineno + 1
    return lines


def parameters(function: Function) -> tuple[int, int]:
    """All parameters, and those that may be given by position or by name; ``self`` and ``cls`` do not count.

    What stands before a ``/`` is called by position by contract: the words of a command, what a callback is handed.
    """
    by_contract = [arg.arg for arg in function.args.posonlyargs]
    either = [arg.arg for arg in function.args.args]
    for names in (by_contract, either):
        if names and names[0] in {"self", "cls", "mcs"}:
            del names[0]
    return len(by_contract) + len(either) + len(function.args.kwonlyargs), len(either)


def name_of(node: ast.expr | None) -> str:
    """The last word of a name: ``typing.final`` and ``final`` alike."""
    match node:
        case ast.Call(func=inner) | ast.Subscript(value=inner):
            return name_of(inner)
        case ast.Attribute(attr=word) | ast.Name(id=word):
            return word
        case _:
            return ""


def report(record: Record, measure: str, sizes: dict[str, int]) -> None:
    worst = sorted(sizes.items(), key=lambda item: (-item[1], item[0]))[:3]
    record("house", f"{measure}: " + ", ".join(f"{size} {where}" for where, size in worst))


def test_modules_are_short(record_property: Record) -> None:
    sizes = {name: text.count("\n") for name, (text, _) in modules().items()}
    report(record_property, f"module lines (median {statistics.median(sizes.values()):g})", sizes)
    assert statistics.median(sizes.values()) <= MEDIAN_MODULE
    assert {name: size for name, size in sizes.items() if size > LONGEST_MODULE} == {}


def test_functions_are_short(record_property: Record) -> None:
    sizes = {
        f"{where} {node.name}": length(node) for where, node in nodes(ast.FunctionDef, ast.AsyncFunctionDef)
    }
    report(record_property, "function lines", sizes)
    assert {where: size for where, size in sizes.items() if size > LONGEST_FUNCTION} == {}


def test_functions_take_few_parameters(record_property: Record) -> None:
    found = {f"{where} {node.name}": node for where, node in nodes(ast.FunctionDef, ast.AsyncFunctionDef)}
    report(record_property, "parameters", {where: parameters(node)[0] for where, node in found.items()})
    many = {where for where, node in found.items() if parameters(node)[0] > MOST_PARAMETERS}
    by_position = {
        where
        for where, node in found.items()
        if parameters(node)[1] > MOST_POSITIONAL and not node.name.startswith("__")
    }
    assert (many, by_position) == (set(), set())


def test_modules_have_names_that_say_something() -> None:
    words = {name: {*Path(name).with_suffix("").parts} for name in modules()}
    assert [name for name, parts in words.items() if parts & BANNED_NAMES] == []


def test_classes_are_abstract_or_final() -> None:
    wrong = []
    for where, node in nodes(ast.ClassDef):
        bases = {name_of(base) for base in node.bases}
        final = "final" in {name_of(decorator) for decorator in node.decorator_list}
        abstract = node.name.lstrip("_").startswith("Abstract")
        # The root of the error tree is caught by its name in every caller, so it keeps the plain one.
        plain = bool(bases & SHAPES) or node.name == "AcuerdoError"
        if final == abstract and not plain:
            wrong.append(f"{where} {node.name}")
    assert wrong == []


def test_data_classes_are_frozen() -> None:
    wrong = []
    for where, node in nodes(ast.ClassDef):
        for decorator in node.decorator_list:
            if name_of(decorator) != "dataclass":
                continue
            given = decorator.keywords if isinstance(decorator, ast.Call) else []
            switches = {
                word.arg
                for word in given
                if isinstance(word.value, ast.Constant) and word.value.value is True
            }
            if not {"frozen", "slots"} <= switches:
                wrong.append(f"{where} {node.name}")
    assert wrong == []


def test_no_guessing_and_no_parents() -> None:
    calls = [
        f"{where} {name_of(node.func)}()"
        for where, node in nodes(ast.Call)
        if name_of(node.func) in {"hasattr", "super"}
    ]
    assert calls == []


def test_errors_come_from_the_tree() -> None:
    raised = [
        f"{where} raise {name_of(node.exc)}"
        for where, node in nodes(ast.Raise)
        if name_of(node.exc) in BANNED_RAISES
    ]
    asserted = [f"{where} assert" for where, _ in nodes(ast.Assert)]
    assert raised + asserted == []


def test_core_is_standard_library_only() -> None:
    foreign = []
    for where, node in nodes(ast.Import, ast.ImportFrom):
        if not where.startswith("src/acuerdo/core/"):
            continue
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
        foreign += [
            f"{where} {name}"
            for name in names
            if name.split(".")[0] not in {*sys.stdlib_module_names, "acuerdo"}
        ]
    assert foreign == []


def at_run_time(tree: ast.AST) -> Iterator[str]:
    """The modules that a module imports when it runs; what is imported for its types alone does not count."""
    for node in ast.iter_child_nodes(tree):
        match node:
            case ast.If(test=test, orelse=other) if name_of(test) == "TYPE_CHECKING":
                for each in other:
                    yield from at_run_time(each)
            case ast.Import(names=names):
                yield from (alias.name for alias in names)
            case ast.ImportFrom(module=module):
                yield module or ""
            case _:
                yield from at_run_time(node)


def test_the_faces_reach_the_rooms_through_the_workspace() -> None:
    doors = ("acuerdo.cli", "acuerdo.core", "acuerdo.review", "acuerdo.spec", "acuerdo.workspace")
    around = [
        f"{name}: {imported}"
        for name, (_, tree) in modules().items()
        if name.startswith("src/acuerdo/cli/")
        for imported in at_run_time(tree)
        if imported.startswith("acuerdo.") and not imported.startswith(doors)
    ]
    assert around == []


def one_sided(value: Any, path: str) -> Iterator[str]:
    """Places in a YAML document where a text lacks a language; a quotation keeps its own."""
    if isinstance(value, dict):
        sides = {"en", "es"} & value.keys()
        if (
            sides
            and not path.endswith("quote")
            and any(not str(value.get(side) or "").strip() for side in ("en", "es"))
        ):
            yield path
        for key, inner in value.items():
            yield from one_sided(inner, f"{path}.{key}")
    elif isinstance(value, list):
        for number, inner in enumerate(value):
            yield from one_sided(inner, f"{path}[{number}]")


def read_yaml(path: Path) -> Any:
    return yaml.load(path.read_text("utf-8"), Loader=yaml.CSafeLoader)


def test_every_text_has_both_languages() -> None:
    files = sorted(SOURCE.rglob("*.yaml"))
    assert [
        spot for path in files for spot in one_sided(read_yaml(path), path.relative_to(SOURCE).as_posix())
    ] == []


def leaves(words: Any, path: str = "") -> dict[str, str]:
    if not isinstance(words, dict):
        return {path: str(words)}
    return {
        key: text for name, inner in words.items() for key, text in leaves(inner, f"{path}.{name}").items()
    }


def test_interface_words_match_in_both_languages() -> None:
    if not (SOURCE / "locale").is_dir():
        pytest.skip("this checkout has no interface words yet")
    english, spanish = (leaves(read_yaml(SOURCE / "locale" / f"{lang}.yaml")) for lang in ("en", "es"))
    assert english.keys() == spanish.keys()
    holes = {
        key: (re.findall(r"{\w+}|%\(\w+\)", text), re.findall(r"{\w+}|%\(\w+\)", spanish[key]))
        for key, text in english.items()
    }
    assert [key for key, (one, other) in holes.items() if sorted(one) != sorted(other)] == []
    assert [key for key, text in {**english, **spanish}.items() if not text.strip()] == []


def spanish_in(value: Any) -> Iterator[str]:
    """Every Spanish side of a YAML document."""
    if isinstance(value, dict):
        for key, inner in value.items():
            if isinstance(inner, str) and (key == "es" or str(key).endswith("_es")):
                yield inner
            else:
                yield from spanish_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spanish_in(inner)


def written(node: ast.expr) -> str:
    """The words of a string in the source, with ``{}`` where a value goes in; a value in per cent with its sign."""
    match node:
        case ast.Constant(value=str() as words):
            return words
        case ast.FormattedValue(format_spec=ast.JoinedStr(values=[ast.Constant(value=str() as spec)])):
            return "{}%" if spec.endswith("%") else "{}"
        case ast.FormattedValue():
            return "{}"
        case ast.JoinedStr(values=parts):
            return "".join(map(written, parts))
        case _:
            return ""


def spanish_texts() -> Iterator[tuple[str, str]]:
    """Every Spanish text of the package and where it stands: what ``Text`` is given, and the YAML's ``es``."""
    for where, node in nodes(ast.Call):
        if name_of(node.func) == "Text":
            sides = [*node.args[1:2], *(one.value for one in node.keywords if one.arg == "es")]
            yield from ((where, written(side)) for side in sides)
    for path in sorted(SOURCE.rglob("*.yaml")):
        read, name = read_yaml(path), path.relative_to(SOURCE).as_posix()
        texts = leaves(read).values() if name == "locale/es.yaml" else spanish_in(read)
        yield from ((name, text) for text in texts)


def test_in_spanish_a_space_that_does_not_break_stands_before_the_sign_of_per_cent() -> None:
    ours = [(where, re.sub(r"«[^»]*»", "", text)) for where, text in spanish_texts()]
    assert sum("\u00a0%" in text for _, text in ours) > 30
    assert [(where, text) for where, text in ours if re.search(r"[\d}] ?%", text)] == []


def plug_in_folders() -> list[str]:
    """Folders that are read through ``core.plugins.Folder``, as the source itself names them."""
    return sorted(
        {
            node.args[0].value
            for _, node in nodes(ast.Call)
            if name_of(node.func) == "Folder" and node.args and isinstance(node.args[0], ast.Constant)
        }
    )


def test_contributing_says_where_each_plug_in_goes() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert [folder for folder in plug_in_folders() if f"src/acuerdo/{folder}/" not in text] == []


def commands(readme: Path) -> list[str]:
    blocks = re.findall(
        r"^```(?:console|bash|sh)\n(.*?)^```", readme.read_text("utf-8"), re.MULTILINE | re.DOTALL
    )
    return [line.split("  #")[0].strip() for block in blocks for line in block.splitlines() if line.strip()]


def test_readmes_give_the_same_commands() -> None:
    english = commands(ROOT / "README.md")
    assert english == commands(ROOT / "README.es.md")
    assert english[0] == "make review"


UNFILLED = "FILL IN"


def test_no_beginning_was_left_unfilled() -> None:
    own = SOURCE / "cli"
    looks_for_it = SOURCE / "core" / "plugins.py"
    files = [
        path
        for path in SOURCE.rglob("*")
        if path.suffix in {".py", ".yaml"} and own not in path.parents and path != looks_for_it
    ]
    assert [str(path.relative_to(ROOT)) for path in files if UNFILLED in path.read_text("utf-8")] == []


def published_files() -> list[Path]:
    """Files that belong to the project: those that git keeps or would keep."""
    if not (ROOT / ".git").exists():
        pytest.skip("this is not a clone, so what belongs to the project is not known")
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    return [ROOT / name.decode() for name in listed.stdout.split(b"\0") if name]


def test_nothing_names_the_machine_it_was_made_on() -> None:
    # Put together from halves, so that this file does not name them either.
    registries = "|".join(("py" + "pi", "python" + "hosted", "npm" + "js"))
    pattern = re.compile(
        rf"{re.escape(str(ROOT.parent))}/|/(?:home|Users)/\w+/|https?://(?:[a-z]+\.)*(?:{registries})\."
    )
    leaks = []
    for path in published_files():
        try:
            text = path.read_text("utf-8")
        except (FileNotFoundError, UnicodeDecodeError):
            continue
        leaks += [f"{path.relative_to(ROOT)}: {match.group()}" for match in pattern.finditer(text)]
    assert leaks == []


@pytest.mark.skipif(
    not os.environ.get("ACUERDO_TEST_INSTALLED"), reason="runs on the sources, not on the installed wheel"
)
def test_the_installed_wheel_is_what_is_tested() -> None:
    assert "site-packages" in Path(acuerdo.__file__).parts
    shipped = {
        path.relative_to(SOURCE)
        for path in SOURCE.rglob("*")
        if path.is_file() and "__pycache__" not in path.parts
    }
    installed = Path(acuerdo.__file__).parent
    assert sorted(str(path) for path in shipped if not (installed / path).is_file()) == []

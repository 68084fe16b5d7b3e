import pytest

from acuerdo.core import errors
from acuerdo.core.errors import (
    AcuerdoError,
    NotFound,
    Problem,
    SpecProblems,
    missing_extra,
    nearest,
    not_found,
)
from acuerdo.core.text import Text


def _tree() -> list[type[AcuerdoError]]:
    return [one for one in vars(errors).values() if isinstance(one, type) and issubclass(one, AcuerdoError)]


def test_every_error_has_an_exit_code_of_its_own_and_stands_in_the_drawing():
    codes = [one.exit_code for one in _tree()]
    assert len(set(codes)) == len(codes)
    drawing = errors.__doc__ or ""
    for one in _tree():
        line = next(line for line in drawing.splitlines() if one.__name__ in line)
        assert str(one.exit_code) in line.split()


def test_a_message_says_what_where_why_nearest_and_what_to_do_in_both_languages():
    problem = Problem(
        what=Text("commitment 'c017' points nowhere.", "el compromiso 'c017' no apunta a nada."),
        where="plan.yaml:214:9",
        why=Text("goals are ids", "las metas son ids"),
        fix=Text("use a known id", "use un id conocido"),
        nearest=("protect_people",),
    )
    assert problem.render("en").splitlines() == [
        "plan.yaml:214:9: commitment 'c017' points nowhere.",
        "  Why: goals are ids",
        "  Did you mean protect_people?",
        "  What to do: use a known id",
    ]
    assert "¿Quiso decir protect_people?" in problem.render("es")


def test_a_place_in_a_table_is_told_in_the_language():
    problem = Problem(what=Text("garbled", "dañado"), where="data, 2.csv, row 6, column Año")
    assert problem.render("en") == "data, 2.csv, row 6, column Año: garbled"
    assert problem.render("es").endswith("2.csv, fila 6, columna Año: dañado")


def test_all_problems_are_told_at_once():
    error = SpecProblems([Problem(what=Text(f"fault {n}", f"falla {n}")) for n in range(3)])
    assert [f"fault {n}" in str(error) for n in range(3)] == [True] * 3


@pytest.mark.parametrize(
    ("name", "known", "expected"),
    [
        ("protect_poeple", ["protect_people", "money"], ("protect_people",)),
        ("MX_HOMICIDES", ["mx_homicides"], ("mx_homicides",)),
        ("zzz", ["mx_homicides"], ()),
    ],
)
def test_the_nearest_names_are_found_whatever_the_case(name, known, expected):
    assert nearest(name, known) == expected


def test_an_unknown_name_lists_what_exists():
    error = not_found(
        Text("an indicator", "un indicador"), "mx_homicide", known=["mx_homicides", "us_overdoses"]
    )
    assert isinstance(error, NotFound)
    assert "us_overdoses" in str(error)
    assert error.problems[0].nearest == ("mx_homicides",)


def test_a_missing_part_says_how_to_install_it():
    assert "acuerdo[r]" in str(missing_extra("r", Text("Reading .rda files", "Leer archivos .rda")))

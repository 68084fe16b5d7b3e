from datetime import date

from acuerdo.core.citation import Citation

REPORT = Citation(
    key="gao_20_388",
    title="Mérida: needs 50% & more",
    publisher="GAO",
    kind="report",
    date="2020-05-12",
    url="https://www.gao.gov/products/gao-20-388",
    page="14",
    accessed=date(2026, 11, 21),
)


def test_bibtex_has_every_field_escaped_and_in_order():
    assert REPORT.bibtex().splitlines() == [
        "@techreport{gao_20_388,",
        r"  title = {M{\'e}rida: needs 50\% \& more},",
        "  institution = {GAO},",
        "  year = {2020},",
        "  month = {5},",
        "  day = {12},",
        "  pages = {14},",
        "  url = {https://www.gao.gov/products/gao-20-388},",
        "  urldate = {2026-11-21}",
        "}",
    ]


def test_a_date_known_only_to_the_month_stays_so():
    entry = Citation(key="k", title="t", publisher="p", date="2021-10").bibtex()
    assert "month = {10}" in entry
    assert "day" not in entry


def test_an_undated_source_says_so_in_each_language():
    undated = Citation(key="k", title="t", publisher="p")
    assert "n.d." in undated.text("en")
    assert "s. f." in undated.text("es")


def test_the_line_for_a_reader_leads_to_the_page():
    assert REPORT.text("es") == (
        "GAO, «Mérida: needs 50% & more», 12 de mayo de 2020, p. 14, https://www.gao.gov/products/gao-20-388, "
        "consultado el 21 de noviembre de 2026"
    )


def test_spanish_letters_become_commands_any_bibtex_reads():
    entry = Citation(key="k", title="¿Qué cambió en Nuevo León? niñez, vergüenza", publisher="INEGI").bibtex()
    assert r"Qu{\'e} cambi{\'o} en Nuevo Le{\'o}n? ni{\~n}ez, verg{\"u}enza" in entry


def test_a_title_of_ours_is_in_the_readers_language() -> None:
    source = Citation(key="a", title="[Report]", title_es="[Nota]", publisher="B")
    assert "“[Report]”" in source.text("en")
    assert "«[Nota]»" in source.text("es")
    assert "title = {[Report]}" in source.bibtex()


def test_authors_are_listed_as_a_reader_writes_them() -> None:
    source = Citation(
        key="a", title="t", publisher="p", author="Ana Ruiz and Bob Lee and others", date="2021-10"
    )
    assert source.text("en") == "Ana Ruiz, Bob Lee and others, p, “t”, October 2021"
    assert source.text("es") == "Ana Ruiz, Bob Lee y otros, p, «t», octubre de 2021"

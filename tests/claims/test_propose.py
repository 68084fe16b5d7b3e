"""From words to a check, by rules over the catalog in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pytest

from acuerdo.claims.claim import ClaimText
from acuerdo.claims.faults import faults_of
from acuerdo.claims.propose import Proposal, propose
from acuerdo.core.errors import UsageError
from acuerdo.core.period import Period
from acuerdo.core.text import Lang
from acuerdo.indicators.load import catalog
from acuerdo.spec.load import load_text


def proposal(words: str, *, lang: Lang = "en", values: Mapping[str, float] | None = None) -> Proposal:
    known = {Period.parse(code): value for code, value in (values or {"2007": 1, "2024": 30_000}).items()}
    return propose(words, catalog=catalog(), lang=lang, said=date(2026, 1, 2), known=lambda _: known)


@pytest.mark.parametrize(
    ("words", "lang", "kind", "indicator", "body"),
    [
        (
            "homicides more than doubled since 2008",
            "en",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2008", "until": "2024", "written": "more than doubled"},
        ),
        (
            "los homicidios se han más que duplicado desde 2008",
            "es",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2008", "until": "2024", "written": "más que duplicado"},
        ),
        (
            "los homicidios subieron más del doble desde 2007",
            "es",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2007", "until": "2024", "written": "más del doble"},
        ),
        (
            "los homicidios casi se duplicaron desde 2008",
            "es",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2008", "until": "2024", "written": "casi se duplicaron"},
        ),
        (
            "hubo más de 36,000 homicidios en 2020",
            "es",
            "value",
            "mx_homicide_deaths",
            {"at": "2020", "written": "más de 36,000"},
        ),
        ("overdose deaths reached a record in 2021", "en", "record", "us_overdose_deaths", {"at": ["2021"]}),
        (
            "la tasa de homicidios bajó de 2018 a 2023",
            "es",
            "trend",
            "mx_homicide_rate",
            {"since": "2018", "until": "2023", "direction": "down"},
        ),
        (
            "homicides fell by half between 2018 and 2022",
            "en",
            "change",
            "mx_homicide_deaths",
            {"since": "2018", "until": "2022", "direction": "down", "written": "by half"},
        ),
        (
            "las muertes por sobredosis bajaron 27 por ciento en 2024",
            "es",
            "change",
            "us_overdose_deaths",
            {"since": "2023", "until": "2024", "direction": "down", "written": "27 por ciento"},
        ),
        (
            "el decomiso de fentanilo se redujo a la mitad de 2023 a 2025",
            "es",
            "ratio",
            "us_fentanyl_seized",
            {"since": "FY2023", "until": "FY2025", "written": "a la mitad"},
        ),
        (
            "one in four homicides in Mexico in 2020 was in Guanajuato",
            "en",
            "share",
            "mx_homicide_victims",
            {"place": "MX-11", "at": "2020", "written": "one in four"},
        ),
        (
            "los homicidios no han bajado desde 2018",
            "es",
            "trend",
            "mx_homicide_deaths",
            {"since": "2018", "until": "2024", "direction": "down", "denied": True},
        ),
        (
            "no más de 30 mil homicidios en 2023",
            "es",
            "value",
            "mx_homicide_deaths",
            {"written": "no más de 30 mil"},
        ),
        (
            "nueve de cada diez delitos no se denuncian",
            "es",
            "value",
            "mx_crimes_not_investigated_share",
            {"written": "nueve de cada diez", "rivals": []},
        ),
        (
            "la tasa de homicidios bajó de 29 en 2018 a 24 en 2023",
            "es",
            "definition",
            "mx_homicide_rate",
            {
                "points": [{"at": "2018", "written": "29"}, {"at": "2023", "written": "24"}],
                "shown_as": "fall",
            },
        ),
        (
            "hubo más homicidios en Guanajuato que en Baja California en 2018",
            "es",
            "comparison",
            "mx_homicide_victims",
            {"place": "MX-11", "than_place": "MX-02", "at": "2018", "relation": "more"},
        ),
        (
            "homicides are at their lowest level since 2016",
            "en",
            "record",
            "mx_homicide_deaths",
            {"since": "2016"},
        ),
        (
            "never have so many people died of overdoses as in 2022",
            "en",
            "record",
            "us_overdose_deaths",
            {"at": ["2022"]},
        ),
        (
            "homicides are at their lowest level in ten years",
            "en",
            "record",
            "mx_homicide_deaths",
            {"since": "2014", "extreme": "lowest"},
        ),
        (
            "los homicidios están en su nivel más bajo en una década",
            "es",
            "record",
            "mx_homicide_deaths",
            {"since": "2014", "extreme": "lowest"},
        ),
        (
            "nine of ten crimes are never reported",
            "en",
            "value",
            "mx_crimes_not_investigated_share",
            {"written": "nine of ten"},
        ),
        (
            "since 2007 there have been over 230,000 homicides",
            "en",
            "sum",
            "mx_homicide_deaths",
            {"since": "2007", "until": "2024", "written": "over 230,000"},
        ),
        (
            "extraditions fell 18 percent from 2018 to 2019",
            "en",
            "change",
            "mx_extraditions",
            {"since": "2018", "until": "2019", "direction": "down", "written": "18 percent"},
        ),
        (
            "hubo 33 mil 550 homicidios en 2024",
            "es",
            "value",
            "mx_homicide_deaths",
            {"at": "2024", "written": "33 mil 550"},
        ),
        (
            "en 2024 hubo 33 550 homicidios",
            "es",
            "value",
            "mx_homicide_deaths",
            {"at": "2024", "written": "33 550"},
        ),
        (
            "between 30,000 and 35,000 people were murdered in 2022",
            "en",
            "value",
            "mx_homicide_deaths",
            {"at": "2022", "written": "between 30,000 and 35,000"},
        ),
        (
            "los homicidios en Culiacán se triplicaron entre 2010 y 2024",
            "es",
            "ratio",
            "mx_homicide_deaths_by_occurrence",
            {"place": "MX-25006", "since": "2010", "until": "2024"},
        ),
        (
            "homicides in Ciudad Juárez fell from 2010 to 2020",
            "en",
            "trend",
            "mx_homicide_deaths_by_occurrence",
            {"place": "MX-08037"},
        ),
        (
            "los homicidios en León, Guanajuato, bajaron de 2018 a 2020",
            "es",
            "trend",
            "mx_homicide_deaths_by_occurrence",
            {"place": "MX-11020"},
        ),
        (
            "homicides have fallen every year since 2018",
            "en",
            "trend",
            "mx_homicide_deaths",
            {"since": "2018", "direction": "down", "every_step": True},
        ),
        (
            "los homicidios bajaron a la mitad en un año",
            "es",
            "ratio",
            "mx_homicide_deaths",
            {"since": "2023", "until": "2024", "written": "a la mitad"},
        ),
        (
            "overdose deaths were 93,331 in 2020, up from 36,450 in 2008",
            "en",
            "definition",
            "us_overdose_deaths",
            {
                "points": [{"at": "2008", "written": "36,450"}, {"at": "2020", "written": "93,331"}],
                "shown_as": "rise",
            },
        ),
        (
            "la tasa de homicidios pasó de 8.1 en 2007 a 28.7 en 2020",
            "es",
            "definition",
            "mx_homicide_rate",
            {
                "points": [{"at": "2007", "written": "8.1"}, {"at": "2020", "written": "28.7"}],
                "shown_as": "rise",
            },
        ),
        (
            "fentanyl seizures at the border fell by nearly half from fiscal 2023 to fiscal 2025",
            "en",
            "change",
            "us_fentanyl_seized",
            {"since": "FY2023", "until": "FY2025", "written": "nearly half", "names_its_source": True},
        ),
        (
            "CBP seized 12,257 kilos of fentanyl in FY23",
            "en",
            "value",
            "us_fentanyl_seized",
            {"at": "FY2023", "written": "12,257", "unit": "kilograms"},
        ),
        (
            "de cada 10 armas, 7 vienen de Estados Unidos",
            "es",
            "value",
            "mx_firearms_us_sourced_share",
            {"written": "de cada 10 armas, 7"},
        ),
        (
            "subió la cifra negra al 93.2% en 2024",
            "es",
            "value",
            "mx_crimes_not_investigated_share",
            {"at": "2024", "written": "93.2%"},
        ),
        (
            "bloquearon 4,057 millones de pesos en 2024",
            "es",
            "value",
            "mx_money_blocked",
            {"written": "4,057 millones", "unit": "mxn"},
        ),
        ("the country saw 33,550 homicides last year", "en", "value", "mx_homicide_deaths", {"at": "2025"}),
        (
            "no fewer than 35,000 homicides in 2019",
            "en",
            "value",
            "mx_homicide_deaths",
            {"written": "no fewer than 35,000"},
        ),
        (
            "Culiacán registró 800 homicidios en 2024",
            "es",
            "value",
            "mx_homicide_deaths_by_occurrence",
            {"place": "MX-25006", "written": "800"},
        ),
        (
            "Sinaloa's murders doubled between 2010 and 2024",
            "en",
            "ratio",
            "mx_homicide_victims",
            {"place": "MX-25", "written": "doubled"},
        ),
        (
            "fentanyl seizures are down 50% at the southwest border from FY2023 to FY2025",
            "en",
            "change",
            "us_fentanyl_seized",
            {"until": "FY2025", "written": "50%"},
        ),
    ],
)
def test_words_become_a_check(
    words: str, lang: Lang, kind: str, indicator: str, body: dict[str, object]
) -> None:
    found = proposal(words, lang=lang)
    assert (found.kind, found.indicator) == (kind, indicator)
    ((_, check),) = found.text.claims["claim"].check.given
    given = check.model_dump(mode="json", exclude_defaults=True)
    assert {name: given[name] for name in body} == body


def test_a_fiscal_year_is_counted_as_one() -> None:
    found = proposal(
        "seizures of heroin have continued to fall since 2021", values={"FY2021": 5400, "FY2025": 1258}
    )
    ((_, check),) = found.text.claims["claim"].check.given
    assert (found.indicator, str(check.since), str(check.until)) == ("us_heroin_seized", "FY2021", "FY2025")


def test_a_half_year_is_compared_with_the_same_half_and_never_taken_for_a_year() -> None:
    halves = {"2024": 33_550.0, "2024-H1": 16_306.0, "2025-H1": 14_488.0}
    found = proposal("homicides fell 11 percent in the first half of 2025", values=halves)
    ((kind, body),) = found.text.claims["claim"].check.given
    assert (kind, str(body.since), str(body.until), body.written) == (
        "change",
        "2024-H1",
        "2025-H1",
        "11 percent",
    )
    ((_, whole),) = proposal("14,488 homicides in 2025", values=halves).text.claims["claim"].check.given
    assert str(whole.at) == "2025"


def test_what_the_words_leave_open_is_said() -> None:
    said = proposal("la violencia se ha triplicado", lang="es").assumed
    assert [one.es for one in said] == [
        "Se cuenta desde 2020: las palabras no dicen desde cuándo.",
        "Se cuenta hasta 2024, lo más reciente que se conserva.",
    ]
    assert proposal("homicides rose from 2008 to 2020").assumed == ()
    assert [one.en for one in proposal("homicides did not fall from 2022 to 2023").assumed] == [
        "The words deny it, so the verdict is on the denial."
    ]


def test_words_of_a_later_time_than_the_figures_name_the_newest() -> None:
    with pytest.raises(UsageError) as caught:
        proposal("extraditions fell by more than half since 2022", values={"2018": 69, "2019": 58})
    assert "is for 2019" in caught.value.problems[0].what.en


@pytest.mark.parametrize(
    "words",
    [
        "homicides in Mexico fell 32 percent since Sheinbaum took office",
        "los homicidios bajaron 32 por ciento desde que Sheinbaum asumió el cargo",
    ],
)
def test_a_start_without_its_year_is_asked_for_and_not_guessed(words: str) -> None:
    with pytest.raises(UsageError) as caught:
        proposal(words)
    assert "and not its year" in caught.value.problems[0].what.en


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("homicides in Guanahuato fell since 2018", "Guanahuato"),
        ("homicides in Colombia doubled since 2008", "Colombia"),
        ("los homicidios en Benito Juárez bajaron desde 2018", "Quintana Roo"),
        ("overdose deaths in Mexico doubled since 2015", "counted in United States"),
        ("homicides in Texas doubled since 2015", "counted in Mexico"),
        ("extraditions from Sinaloa rose", "not counted for Sinaloa"),
        ("2,600 homicides in January 2024", "january 2024"),
        ("los homicidios bajaron 11 por ciento en el primer semestre de 2024", "primer semestre"),
        ("100 murders a day in 2020", "counted by the year"),
        ("some 33,000 homicides every year since 2018", "each year of a span"),
        ("CBP seized 12 tons of fentanyl in 2023", "tons"),
        ("homicides cost $3 billion in 2020", "$"),
        ("homicides rose. " * 400, "characters"),
        ("25 percent of homicides occurred in three states", "No check"),
    ],
)
def test_words_that_another_figure_would_answer_are_refused_and_told_why(words: str, told: str) -> None:
    with pytest.raises(UsageError) as caught:
        proposal(words)
    problem = caught.value.problems[0]
    assert told in problem.what.en
    assert problem.fix is not None


def test_missing_and_not_located_is_no_denial() -> None:
    found = proposal("más de 132,000 personas desaparecidas y no localizadas", lang="es")
    assert found.text.claims["claim"].check.given[0][1].denied is False


def test_a_start_of_a_total_without_its_year_is_asked_for() -> None:
    with pytest.raises(UsageError) as caught:
        proposal("Since López Obrador took office, more than 160,000 people have been killed")
    assert "and not its year" in caught.value.problems[0].what.en


def test_a_comparison_of_two_countries_is_no_movement() -> None:
    found = proposal("the homicide rate, at 25 per 100,000, is four times that of the United States")
    assert found.kind == "value"
    assert "four times" in found.assumed[-1].en


def test_the_place_that_was_understood_is_said() -> None:
    said = proposal("homicides in Culiacan tripled between 2010 and 2024").assumed
    assert [one.en for one in said] == ["Counted in Culiacán."]


def test_a_misspelt_place_is_answered_with_the_nearest() -> None:
    with pytest.raises(UsageError) as caught:
        proposal("los homicidios en Guanahuato bajaron desde 2018", lang="es")
    assert "Guanajuato" in caught.value.render("es")


def test_a_second_figure_is_said_to_be_left_out() -> None:
    found = proposal("En 2020 hubo 36,773 homicidios y 93,331 muertes por sobredosis", lang="es")
    assert "«93,331»" in found.assumed[-1].es
    stock = {"2024-09-09": 115_608, "2025-12-18": 133_520}
    assert proposal("133,520 missing as of December 18, 2025", values=stock).assumed == ()


def test_pasted_words_lose_the_marks_of_the_page_they_came_from() -> None:
    found = proposal("<p>“Homicides <b>more than doubled</b>&nbsp;since 2008”</p>")
    assert found.text.claims["claim"].quote == "Homicides more than doubled since 2008"


def test_a_rate_that_another_population_explains_is_not_refuted() -> None:
    near, far = (
        proposal(
            f"la tasa de homicidios fue de {rate} por cada 100 mil habitantes en 2024", values={"2024": 25.4}
        )
        for rate in ("25.8", "35")
    )
    (_, body), (_, other) = (one.text.claims["claim"].check.given[0] for one in (near, far))
    assert (body.written, body.is_nearest, other.is_nearest) == ("25.8", True, False)
    assert near.assumed == ()


def test_an_indicator_that_is_named_needs_no_words_that_fit() -> None:
    one = {"mx_extortion_victims": catalog()["mx_extortion_victims"]}
    found = propose(
        "they rose since 2008",
        catalog=one,
        lang="en",
        said=date(2026, 1, 2),
        known=lambda _: {Period.parse("2024"): 1.0},
    )
    assert found.indicator == "mx_extortion_victims"


def test_what_is_proposed_can_be_read_back() -> None:
    found = proposal("homicides more than doubled since 2008")
    assert load_text(found.yaml, ClaimText, name="proposal.yaml", check=faults_of) == found.text


@pytest.mark.parametrize(
    "words",
    ["the sky is blue", "homicides", "", "Ciudad Juárez is the most violent city in the world"],
)
def test_words_without_a_check_say_what_is_lacking(words: str) -> None:
    with pytest.raises(UsageError) as caught:
        proposal(words)
    assert "what is counted" not in caught.value.render("es")
    assert caught.value.problems[0].fix is not None

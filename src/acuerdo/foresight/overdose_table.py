"""What the model of overdose must reproduce: the published effects of policies, the counted dead, and what must hold.

The published effects are compared, not fitted: the sign and the order are demanded, the sizes stand side by side.
Times are years since 2015. Runs use the compiled back end where it is installed; the back ends agree by contract.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from functools import cache

import numpy as np

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text, per_cent, same
from acuerdo.foresight.model import Behaviour, Published
from acuerdo.foresight.scenario import Schedule, Series
from acuerdo.foresight.trial import Setting, Trajectory, Trial

FDA, INPUTS, HOMER, CDC = "lim_2022", "fda_source_inputs", "homer_2021", "cdc_vsrr"
_PER_CENT = Text("per cent", "por ciento")
# Of the published base run; compared and not demanded, because it does not follow the counts of 2021 and 2022
PUBLISHED_BASE = 541_753
_FROM, _RAMP = date(2022, 1, 1), date(2025, 1, 1)
# The policies of the published table that the model has too, with what each changes against the base over 2022–32 in
# per cent: deaths, and person-years with a disorder, treated or not
_POLICIES: Mapping[str, tuple[Mapping[str, float], float, float, str, str]] = {
    "fentanyl_risk": ({"safer_use": 0.2}, -11.33, 0.68, "Risk of fentanyl −20%", "Riesgo del fentanilo −20 %"),
    "return": ({"recovery_support": 0.2}, -3.64, -2.84, "Return to disorder −20%",
               "Recaída en el trastorno −20 %"),
    "naloxone": ({"naloxone": 1.2}, -2.67, 0.16, "Naloxone kits +20%", "Dosis de naloxona +20 %"),
    "prescribing": ({"prescribing": 0.2}, -0.84, -1.38, "Patients prescribed opioids −20%",
                    "Pacientes con receta de opioides −20 %"),
    "developing": ({"prevention": 0.2}, -0.72, -1.01, "Developing a disorder −20%",
                   "Aparición del trastorno −20 %"),
    "capacity": ({"treatment_capacity": 0.2}, -0.43, -0.13, "Treatment capacity +20%",
                 "Capacidad de tratamiento +20 %"),
    "package_10": ({"safer_use": 0.1, "recovery_support": 0.1, "naloxone": 1.1, "prescribing": 0.1,
                    "prevention": 0.1}, -11.2, -3.6, "All of them by 10%", "Todo ello en 10 %"),
    "package_20": ({"safer_use": 0.2, "recovery_support": 0.2, "naloxone": 1.2, "prescribing": 0.2,
                    "prevention": 0.2}, -21.7, -7.3, "All of them by 20%", "Todo ello en 20 %"),
    "package_50": ({"safer_use": 0.5, "recovery_support": 0.5, "naloxone": 1.5, "prescribing": 0.5,
                    "prevention": 0.5}, -48.1, -19.0, "All of them by 50%", "Todo ello en 50 %"),
}  # fmt: skip


def _quick(trial: Trial) -> Trial:
    return Trial(trial.model, "auto")


@cache
def _policy(trial: Trial, name: str) -> Trajectory:
    """A policy that comes in evenly over three years from 2022, as in the published table; ``base`` has none."""
    moved = _POLICIES[name][0] if name in _POLICIES else {}
    usual = {one.name: one.default for one in trial.model.levers}
    levers = {
        lever: Schedule(((_FROM, usual[lever]), (_RAMP, value)), ramp=True) for lever, value in moved.items()
    }
    return _quick(trial).run(Setting(levers=levers))


def _over_2022_32(run: Trajectory, outcome: str) -> float:
    times = np.arange(7.0, 17.01, 0.25)
    return float(np.trapezoid([run.at(outcome, float(time)) for time in times], times))


def deaths_in_base(trial: Trial) -> float:
    """Deaths by opioid overdose of 2022–32 where nothing is done, at central values."""
    return _over_2022_32(_policy(trial, "base"), "deaths")


def _change(name: str, outcome: str = "deaths") -> Callable[[Trial], float]:
    """The sum of an outcome over 2022–32 against the base, in per cent."""

    def measure(trial: Trial) -> float:
        sums = [_over_2022_32(_policy(trial, one), outcome) for one in (name, "base")]
        return 100.0 * (sums[0] / sums[1] - 1.0)

    return measure


def _pairs_in_order(trial: Trial) -> float:
    """Of the pairs of single policies whose published effects differ by half a point, how many stand as published."""
    single = {name: one[1] for name, one in _POLICIES.items() if not name.startswith("package")}
    pairs = [(low, high) for low in single for high in single if single[low] < single[high] - 0.5]
    right = [pair for pair in pairs if _change(pair[0])(trial) < _change(pair[1])(trial)]
    return 100.0 * len(right) / len(pairs)


@cache
def _usual(trial: Trial) -> Trajectory:
    return _quick(trial).run(Setting(span=8.0))


def _mean_of(outcome: str, year: int) -> Callable[[Trial], float]:
    def measure(trial: Trial) -> float:
        times = year - trial.model.starts.year + np.arange(0.0, 1.01, 0.25)
        return float(np.trapezoid([_usual(trial).at(outcome, float(time)) for time in times], times))

    return measure


def _with_supply(trial: Trial, **levels: float) -> Trajectory:
    inputs = {name: Series(np.array([0.0, 7.0]), np.full(2, level)) for name, level in levels.items()}
    return _quick(trial).run(Setting(inputs=inputs, span=7.0))


def _saves_lives(name: str) -> Behaviour:
    _, _, _, en, es = _POLICIES[name]

    def holds(trial: Trial) -> bool:
        return _change(name)(trial) < 0.0

    title = Text(f"{en}: deaths fall.", f"{es}: bajan las muertes.")
    return Behaviour(name=f"{name}_saves_lives", kind="direction", holds=holds, title=title)


def _survivors_remain(trial: Trial) -> bool:
    return _policy(trial, "naloxone").end("with_disorder") > _policy(trial, "base").end("with_disorder")


def _stronger_kills(trial: Trial) -> bool:
    return _with_supply(trial, potency=1.2).end("deaths") > _usual(trial).at("deaths", 7.0)


def _scarcer_fewer(trial: Trial) -> bool:
    return _with_supply(trial, available=0.5).end("demand") < _usual(trial).at("demand", 7.0)


def _no_potency(trial: Trial) -> bool:
    return bool((_with_supply(trial, potency=0.0).values["synthetic_deaths"] == 0.0).all())


def _per_cent(value: float, *, decimals: int) -> Text:
    return per_cent(f"{value:+.{decimals}f}".replace("-", "−"))


def _row(name: str) -> Published:
    _, published, _, en, es = _POLICIES[name]
    return Published(
        name=name, title=Text(f"{en}: deaths 2022–32", f"{es}: muertes 2022-2032"),
        published=_per_cent(published, decimals=1 if "package" in name else 2),
        low=-100.0, high=-1e-6, unit=_SIGN, source=FDA, measure=_change(name),
    )  # fmt: skip


def _disorder_row(name: str) -> Published:
    """What a policy changes in person-years with a disorder; its sign is demanded where it comes out at all."""
    _, _, published, en, es = _POLICIES[name]
    turned = name in _TURNED
    low, high = (-0.5, 0.5) if turned else (-100.0, -1e-6) if published < 0.0 else (1e-6, 100.0)
    return Published(
        name=f"{name}_disorder",
        title=Text(f"{en}: person-years with a disorder 2022–32", f"{es}: años-persona con trastorno 2022-2032"),
        published=_per_cent(published, decimals=1 if "package" in name else 2),
        low=low, high=high, unit=_TURNED_SIGN if turned else _SIGN, source=FDA, measure=_change(name, "with_disorder"),
    )  # fmt: skip


def _counted(outcome: str, year: int, *, value: int, source: str, within: float, what: Text) -> Published:
    return Published(
        name=f"{outcome}_{year}", title=Text(f"{what.en}, {year}", f"{what.es}, {year}"), published=same(f"{value:,}"),
        low=value * (1.0 - within), high=value * (1.0 + within), source=source,
        unit=Text("deaths a year; the model is fitted to these", "muertes al año; a estas se ajusta el modelo"),
        measure=_mean_of(outcome, year),
    )  # fmt: skip


_SIGN = Text("per cent; only the sign is demanded", "por ciento; solo se exige el signo")
# Here nobody reaches remission sooner in treatment (0.24 a year) than without (0.3), so that places add to the disorder
_TURNED = frozenset({"capacity"})
_TURNED_SIGN = Text(
    "per cent; the sign is not the published one, only that the change is small is demanded",
    "por ciento; el signo no es el publicado, solo se exige que el cambio sea pequeño",
)
_SYNTHETIC = Text("Deaths with synthetic opioids", "Muertes con opioides sintéticos")
_OPIOID = Text("Deaths with opioids", "Muertes con opioides")
PUBLISHED = (
    *(_row(name) for name in _POLICIES),
    *(_disorder_row(name) for name in _POLICIES),
    Published(
        name="policies_in_order",
        title=Text("Pairs of policies in the published order, where effects differ by more than half a point",
                   "Pares de políticas en el orden publicado, si sus efectos difieren más de medio punto"),
        published=per_cent("100"), low=100.0, high=100.0, unit=_PER_CENT, source=FDA, measure=_pairs_in_order,
    ),
    # December figures of the twelve-month counts, as released in September 2025
    *(_counted("synthetic_deaths", year, value=value, source=CDC, within=0.25, what=_SYNTHETIC)
      for year, value in ((2015, 9_610), (2017, 28_659), (2020, 56_894), (2021, 71_143), (2022, 74_829))),
    *(_counted("deaths", year, value=value, source=INPUTS, within=0.15, what=_OPIOID)
      for year, value in ((2015, 33_203), (2017, 47_882), (2020, 69_061))),
)  # fmt: skip
REFERENCES = (
    Citation(
        key=FDA,
        title="[SOURCE, the opioid systems model of the U.S. Food and Drug Administration]",
        title_es="[SOURCE, el modelo del sistema de opioides de la FDA de Estados Unidos]",
        publisher="Proceedings of the National Academy of Sciences", author="Lim and others", kind="article",
        date="2022", url="https://doi.org/10.1073/pnas.2115714119",
        note=Text(
            "541,753 deaths by overdose in 2022–32; fitted rates; the effect of each policy",
            "541,753 muertes por sobredosis en 2022–32; tasas ajustadas; efecto de cada política",
        ),
    ),
    Citation(
        key=INPUTS, title="[Input data of the opioid systems model]",
        title_es="[Datos de entrada del modelo del sistema de opioides]",
        publisher="U.S. Food and Drug Administration", kind="dataset", date="2022",
        url="https://github.com/FDA/SOURCE",
        note=Text(
            "deaths, initiation, treatment, prevalence adjusted for those that surveys miss, 1999–2020",
            "muertes, inicio, tratamiento y prevalencia corregida por quienes las encuestas no alcanzan, 1999–2020",
        ),
    ),
    Citation(
        key=HOMER, title="[A dynamic model of the opioid epidemic]",
        title_es="[Un modelo dinámico de la epidemia de opioides]",
        publisher="American Journal of Drug and Alcohol Abuse", author="Homer and Wakeland", kind="article",
        date="2021", note=Text(
            "lay naloxone in 4 to 20 per cent of overdoses: deaths −12 per cent",
            "naloxona en manos legas en 4 a 20 por ciento de las sobredosis: muertes −12 por ciento",
        ),
    ),
    Citation(
        key=CDC, title="VSRR Provisional Drug Overdose Death Counts",
        publisher="Centers for Disease Control and Prevention", kind="dataset", date="2025-09",
        note=Text(
            "deaths with synthetic opioids in the twelve months to December",
            "muertes con opioides sintéticos en los doce meses a diciembre",
        ),
    ),
)  # fmt: skip
# fmt: off
BEHAVIOURS = (
    *(_saves_lives(name) for name in _POLICIES if not name.startswith("package")),
    Behaviour(name="survivors_remain", kind="direction", holds=_survivors_remain,
              title=Text("Whom naloxone saves still has the disorder.",
                         "A quien salva la naloxona le queda el trastorno.")),
    Behaviour(name="stronger_kills", kind="direction", holds=_stronger_kills,
              title=Text("A stronger supply kills more.", "Una oferta más potente mata más.")),
    Behaviour(name="scarcer_fewer", kind="direction", holds=_scarcer_fewer,
              title=Text("Where there is less, fewer use.", "Donde hay menos, consumen menos.")),
    Behaviour(name="no_potency_no_deaths", kind="extreme", holds=_no_potency,
              title=Text("Without any potency nobody dies of synthetic opioids.",
                         "Sin potencia alguna nadie muere por opioides sintéticos.")),
)
# fmt: on

"""Long work tells its rate and the time left; where it is going to be slow, that is said before it begins."""

from __future__ import annotations

import sys
import warnings

import pytest
from tests.foresight.examples import growth

from acuerdo.cli.command import Call
from acuerdo.cli.watching import watching
from acuerdo.core.text import Text
from acuerdo.foresight import asking
from acuerdo.foresight.answers import Foresight
from acuerdo.foresight.asking import Question
from acuerdo.foresight.backends import SlowBackend, forewarn, slow
from acuerdo.foresight.computing import fitted, influences_of
from acuerdo.foresight.identified.predicting import Prediction
from acuerdo.foresight.identified.sampling import ENSEMBLES, WALKERS, sample
from acuerdo.foresight.library import model
from acuerdo.foresight.progress import Progress, Watch
from acuerdo.foresight.run import Setup
from acuerdo.foresight.study import study

M1 = "cartel_recruitment"


@pytest.fixture
def no_numba(monkeypatch: pytest.MonkeyPatch) -> None:
    """As where it is not installed: nothing finds it, and importing it fails."""
    monkeypatch.setitem(sys.modules, "numba", None)


def ends(told: list[Progress]) -> dict[str, tuple[int, int]]:
    """How far each kind of work came, in the order in which they began."""
    return {one.of.en: (one.done, one.total) for one in told}


def test_a_watch_tells_rate_and_time_left() -> None:
    told: list[Progress] = []
    watch = Watch(10, told.append, found=4)
    watch.tick()
    watch.tick(2)
    watch.tick(2, found=True)
    assert [one.done for one in told] == [5, 7, 9]
    # What was found took no time
    assert told[-1].rate > 0.0
    assert told[-1].left == pytest.approx(1.0 / told[-1].rate)
    assert told[-1].rate <= told[-2].rate


def test_a_fit_tells_of_values_starts_and_profiles(monkeypatch: pytest.MonkeyPatch) -> None:
    # What was fitted once in a process is not told of again
    monkeypatch.setattr(asking, "_FITTED", {})
    told: list[Progress] = []
    found = fitted(M1, starts=2, tried=3, setup=Setup(advance=told.append))
    swept = {f"Profile of {name}": (7, 7) for name in found.profiles}
    assert ends(told) == {"Values fitted": (3, 3), "Starts of the fit": (2, 2)} | swept
    assert all(one.left is not None and one.left >= 0.0 for one in told)


def test_what_fits_is_all_that_was_found_to() -> None:
    """The best fit and what a profile finds are among it, however few values were tried."""
    found = fitted(M1, starts=2, tried=3)
    for name, best in found.best.items():
        low, high = found.fits(name)
        assert low <= best <= high
        values = found.members.table[name]
        assert (low <= values.min(), values.max() <= high) == (True, True)
    held = found.profiles["starting_size"]
    fitting = held[held[:, 1] <= found.most, 0]
    low, high = found.fits("starting_size")
    assert (low, high) == (min(fitting.min(), low), max(fitting.max(), high))
    # The ends of what was sought fit but for the lower
    assert high == held[-1, 0]
    assert low > held[0, 0]


def test_chains_tell_of_every_step() -> None:
    told: list[Progress] = []
    one = study(M1)
    assert one.fit is not None
    sample(Prediction(model(M1), one.fit, structure={}), steps=3, draws=4, advance=told.append)
    assert ends(told) == {"Values fitted": (2 * WALKERS, 2 * WALKERS),
                          "Steps of the chains": (3 * ENSEMBLES, 3 * ENSEMBLES)}  # fmt: skip


def test_a_sensitivity_tells_of_its_runs() -> None:
    told: list[Progress] = []
    influences_of("arms_flow", "southbound_inspection", count=8, setup=Setup(advance=told.append))
    assert {one.of.en for one in told} == {"Simulated"}
    assert told[-1].done == told[-1].total > 0


@pytest.mark.usefixtures("no_numba")
def test_slow_work_is_told_before_it_begins() -> None:
    """Over 150 groups the plain reference takes fifty times as long; where states are scalars nothing is said."""
    told = slow(model(M1))
    assert told is not None
    assert "acuerdo[fast]" in told.en
    assert "acuerdo[fast]" in told.es
    assert slow(growth()) is None
    question = Question(model=M1, scenarios=())
    with warnings.catch_warnings():
        warnings.simplefilter("error", SlowBackend)
        with pytest.raises(SlowBackend, match=r"acuerdo\[fast\]"):
            Foresight.ask(question)
        with pytest.raises(SlowBackend):
            Foresight.fitted(M1)
        with pytest.raises(SlowBackend):
            Foresight.sensitivity("double_the_arrests", model=M1)
        with pytest.raises(SlowBackend):
            Foresight.compare("double_the_arrests", model=M1)


def test_where_the_compiled_back_end_is_there_nothing_is_said() -> None:
    assert slow(model(M1)) is None


@pytest.mark.usefixtures("no_numba")
@pytest.mark.parametrize(
    ("lang", "said", "stopped"),
    [
        ("en", "not installed", "Stopped. What was done is kept"),
        ("es", "no está instalado", "Detenido. Lo hecho se conserva"),
    ],
)
def test_a_command_says_it_once_and_what_stopping_leaves(lang, said: str, stopped: str, capsys) -> None:
    models = (M1, M1, "overdose")

    def interrupted() -> None:
        with watching(Call(lang=lang), Text("Fitting", "Ajustando"), models=models) as tell:
            forewarn(model(M1))
            tell(Progress(1, 2, 0.5, 2.0))
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    out = capsys.readouterr()
    assert out.out == ""
    assert out.err.count(said) == 1
    assert out.err.splitlines()[-1].startswith(stopped)

"""What happens next: mechanism models, run for many draws, honest about what the data cannot tell.

A model is one file in ``models/``. It declares states, parameters, levers, outcomes and equations
(:mod:`~acuerdo.foresight.model`); the equations are traced into graphs (:mod:`~acuerdo.foresight.tracing`,
:mod:`~acuerdo.foresight.expression`), checked for units (:mod:`~acuerdo.foresight.dimensions`) and balance
(:mod:`~acuerdo.foresight.check`), and computed by three back ends from the one declaration: NumPy
(:mod:`~acuerdo.foresight.arrays`), a compiled kernel (:mod:`acuerdo.foresight.kernel`), JAX
(:mod:`~acuerdo.foresight.gradients`).

A run (:mod:`~acuerdo.foresight.run`) takes scenarios (:mod:`~acuerdo.foresight.scenario`), structures and draws
(:mod:`~acuerdo.foresight.draws`); steps lie on a timeline (:mod:`~acuerdo.foresight.timeline`) and are as long as
the error allows (:mod:`~acuerdo.foresight.stepping`). Draws are computed in blocks (:mod:`~acuerdo.foresight.block`)
by an executor (:mod:`~acuerdo.foresight.executors`), reduced at once (:mod:`~acuerdo.foresight.reduction`,
:mod:`~acuerdo.foresight.sketch`), kept for resuming (:mod:`~acuerdo.foresight.keeping`), and read from the result
(:mod:`~acuerdo.foresight.results`). Single runs at chosen values: :mod:`~acuerdo.foresight.trial`.

A model in one file::

    def equations(m: Equations) -> None:
        users = m["users"]
        m.start("users", m["users_at_start"])
        m.flow("starting", m["start_rate"] * users * (1.0 - m["prevention"]), into="users")
        dying = m.flow("dying", m["death_rate"] * users, out_of="users")
        m.outcome("users", users)
        m.outcome("deaths", dying)

    MODEL = Model(
        id="example", title=Text("Example", "Ejemplo"), summary=Text("…", "…"),
        time_unit="year", starts=date(2020, 1, 1), span=10, report_every=0.25, longest_step=0.5,
        states=(State(name="users", title=Text("Users", "Usuarios"), unit="person"),),
        parameters=(
            Parameter(name="users_at_start", title=Text("Users at the start", "Usuarios al inicio"),
                      value=1e6, low=0.9e6, high=1.1e6, unit="person", source="survey", licence="CC0-1.0"), …),
        levers=(Lever(name="prevention", title=Text("Prevention", "Prevención"), unit="", default=0.0,
                      low=0.0, high=1.0, objectives=("us_mx_bicentennial:launch_1a",),
                      evidence=Text("Assumed.", "Supuesto.")),),
        outcomes=(Outcome(name="users", …), Outcome(name="deaths", unit="person/year", …)),
        equations=equations, references=(Citation(key="survey", …),),
    )

and a run of it::

    more = Scenario(id="prevention", levers={"prevention": Schedule(((date(2022, 1, 1), 0.2),))})
    run = Workspace.open().foresight.run("example", scenarios=(BASELINE, more), draws=Draws(count=10_000))
    run.quantile("prevention", "deaths", 0.5, kind="relative")
"""

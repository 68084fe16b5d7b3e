"""The answer of an evaluation contract, its blind calibration and its second run, told in full."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from acuerdo.cli.output import Cell, Coded, Column, Entry, Table, facts
from acuerdo.core.text import Text, percent, same

if TYPE_CHECKING:
    from acuerdo.core.result import Result
    from acuerdo.evaluation.contract import Contract
    from acuerdo.evaluation.rerunning import Difference, Rerun

_EFFECT = (
    Column("value", Text("Effect", "Efecto")),
    Column("low", Text("From", "De")),
    Column("high", Text("To", "A")),
    Column("p_value", same("p")),
)

_DETECTABLE = Column(
    "detectable", Text("Smallest effect seen 80 times in 100", "Menor efecto visto 80 veces de cada 100")
)
_PERCENT = Coded("percent", Text("per cent", "por ciento"))
_ESTIMATED = Text("estimated", "estimado")
_SAME, _ANOTHER = Text("the same", "la misma"), Text("another", "otra")


def answer_entry(
    contract: Contract, result: Result, *, calibration: Result | None, word: Callable[[str], Text]
) -> Entry:
    """The verdict, why, how sure, what the rule can see, and every other choice that was tried."""
    answer = result.answer
    effect = answer.get("effect") or {}
    sure = answer.get("certainty") or {}
    return Entry(
        title=contract.question,
        facts=facts(
            {
                Column("id", same("Id")): contract.id,
                Column("verdict", Text("Verdict", "Veredicto")): Coded(
                    answer["verdict"], word(answer["verdict"])
                ),
                Column("because", Text("Because", "Porque")): _text(answer["because"]),
                Column("would_need", Text("It would take", "Se requeriría")): _maybe(
                    answer.get("would_need")
                ),
                Column("effect", Text("Effect", "Efecto")): effect.get("value"),
                Column("scale", Text("in", "en")): scale_of(answer),
                Column("low", _interval_from(answer)): effect.get("low"),
                Column("high", Text("to", "a")): effect.get("high"),
                Column("p_value", Text("p-value", "Valor p")): effect.get("p_value"),
                **_sight(contract, calibration),
                Column("certainty", Text("Certainty (GRADE)", "Certeza (GRADE)")): Coded(
                    sure["grade"], word(sure["grade"])
                )
                if sure
                else None,
                Column("maryland", Text("Maryland scale", "Escala de Maryland")): sure.get("maryland"),
                Column("steps", Text("Steps of the grade", "Pasos del grado")): tuple(
                    _text(one["why"]) for one in sure.get("steps", ())
                ),
                Column("robustness", Text("Other choices", "Otras elecciones")): _others(answer),
                Column("inputs", Text("Rests on", "Descansa en")): _inputs(result.inputs),
                Column("version", Text("Software", "Programa")): result.version,
            }
        ),
    )


def _sight(contract: Contract, calibration: Result | None) -> dict[Column, Any]:
    """What would matter, and what the rule sees of it, in what the effect is counted in."""
    if contract.plan is None or calibration is None or not calibration.answer["power"]:
        return {}
    measured = calibration.answer
    most = max(float(size) for size in measured["power"])
    unseen = Coded(
        f"above_{most:g}",
        Text(f"none of those tried, up to {most:g}", f"ninguno de los probados, hasta {most:g}"),
    )
    return {
        Column("smallest", Text("Smallest effect of interest", "Menor efecto de interés")): float(
            contract.plan.decision.smallest_effect
        ),
        _DETECTABLE: unseen if measured["detectable"] is None else measured["detectable"],
    }


def _interval_from(answer: Mapping[str, Any]) -> Text:
    """The heading of an interval's lower end, with its level."""
    if "primary" not in answer:
        return Text("Interval from", "Intervalo de")
    level = percent(answer["primary"]["estimate"]["level"])
    return Text(f"{level.en} interval from", f"Intervalo al {level.es}, de")


def calibration_entry(contract: Contract, result: Result) -> Entry:
    """What is known before the outcome is."""
    answer = result.answer
    trends, fit = answer.get("pre_trends") or {}, answer.get("fit") or {}
    panel = answer["panel"]
    return Entry(
        title=contract.question,
        facts=facts(
            {
                Column("id", same("Id")): contract.id,
                Column("units", Text("Units", "Unidades")): len(panel["units"]),
                Column("first", Text("First period", "Primer periodo")): panel["first"],
                Column("last", Text("Last period read", "Último periodo leído")): panel["last"],
                Column("missing_share", Text("Missing share", "Parte faltante")): panel["missing_share"],
                Column("gaps", Text("Units with gaps", "Unidades con faltantes")): tuple(
                    f"{one['unit']}: {one['missing']}" for one in answer["coverage"]
                ),
                Column(
                    "trend_gap",
                    Text("Yearly trend, treated less others", "Tendencia anual, tratadas menos otras"),
                ): (trends.get("gap")),
                Column(
                    "trend_spread", Text("Spread of the others' trends", "Dispersión de las otras")
                ): trends.get("spread"),
                Column(
                    "fit", Text("Trial at the end of the blind span", "Ensayo al final del tramo ciego")
                ): fit.get("estimate"),
                Column("fit_p", Text("Its p-value", "Su valor p")): fit.get("p_value"),
            }
            | _tried(answer)
        ),
    )


def _tried(answer: Mapping[str, Any]) -> dict[Column, Any]:
    """What the rule did on its placebos."""
    return {
        Column("draws", same("Placebos")): answer["draws"],
        Column("size", Text("False positives of the test", "Falsos positivos de la prueba")): answer["size"],
        Column("support_share", Text("Of them called supported", "De ellos, dados por respaldados")): answer[
            "support_share"
        ],
        Column("power", Text("Power by effect", "Potencia por efecto")): tuple(
            f"{effect}: {answer['power'][effect]}" for effect in sorted(answer["power"], key=float)
        ),
        _DETECTABLE: answer["detectable"],
    }


def rerun_entry(contract: Contract, found: Rerun, *, word: Callable[[str], Text]) -> Entry:
    """What changed in an answer, and whether the software or the data changed it."""
    newest = found.latest.answer["verdict"]
    return Entry(
        title=contract.question,
        facts=facts(
            {
                Column("id", same("Id")): contract.id,
                Column("inputs", Text("Inputs that changed", "Insumos que cambiaron")): found.inputs,
                Column("software", Text("Changed by the software", "Cambió por el programa")): _differences(
                    found.software
                ),
                Column("new_files", Text("Files since", "Archivos desde entonces")): found.new_files,
                Column("cells", Text("Cells revised", "Celdas revisadas")): found.cells,
                Column(
                    "largest", Text("Largest revision, share", "Mayor revisión, proporción")
                ): found.largest,
                Column("data", Text("Changed by the data", "Cambió por los datos")): _differences(found.data),
                Column("verdict", Text("Verdict on the newest data", "Veredicto con los datos más nuevos")): (
                    Coded(newest, word(newest))
                ),
            }
        ),
    )


def scale_of(answer: Mapping[str, Any]) -> Coded | None:
    """What an effect is counted in: per cent of what would have been, or the method's own measure."""
    if "primary" not in answer:
        return None
    estimate = answer["primary"]["estimate"]
    in_percent = answer["scale"] == "percent"
    return _PERCENT if in_percent else Coded(estimate["unit"], _text(estimate["unit_label"]))


def _others(answer: Mapping[str, Any]) -> Table:
    rows: list[tuple[Cell, ...]] = []
    for one in answer.get("robustness", ()):
        effect = one["effect"] or {}
        cells = (effect.get(column.key) for column in _EFFECT)
        rows.append((_text(one["label"]), *cells, _coded(one), _agrees(one)))
    return Table(
        title=Text("Other choices", "Otras elecciones"),
        columns=(
            Column("label", Text("Choice", "Elección")),
            *_EFFECT,
            Column("code", Text("Outcome", "Resultado")),
            Column("answer", Text("Answer", "Respuesta")),
        ),
        rows=rows,
    )


def _agrees(one: Mapping[str, Any]) -> Coded:
    return Coded("another", _ANOTHER) if one["disagrees"] else Coded("same", _SAME)


def _inputs(inputs: Mapping[str, str]) -> Table:
    return Table(
        title=Text("Rests on", "Descansa en"),
        columns=(
            Column("input", Text("Input", "Insumo")),
            Column("fingerprint", Text("Fingerprint", "Huella")),
        ),
        rows=tuple(inputs.items()),
    )


def _differences(found: tuple[Difference, ...]) -> Table:
    return Table(
        title=Text("Differences", "Diferencias"),
        columns=(
            Column("what", Text("What", "Qué")),
            Column("then", Text("Then", "Antes")),
            Column("now", Text("Now", "Ahora")),
        ),
        rows=tuple((one.what, _cell(one.then), _cell(one.now)) for one in found),
    )


def _cell(value: object) -> Cell:
    return value if isinstance(value, (str, int, float)) or value is None else str(value)


def _coded(one: Mapping[str, Any]) -> Coded:
    """The outcome in a word where there is an estimate, else in the sentence that says why there is none."""
    return Coded(one["code"], _ESTIMATED if one["code"] == "estimated" else _text(one["outcome"]))


def _text(record: Mapping[str, str]) -> Text:
    return Text(record["en"], record["es"])


def _maybe(record: Mapping[str, str] | None) -> Text | None:
    return None if record is None else _text(record)

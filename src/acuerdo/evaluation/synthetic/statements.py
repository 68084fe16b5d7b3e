"""What every synthetic control says of itself, in words that its methods share."""

from __future__ import annotations

from typing import Final

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text

MEAN_EFFECT: Final = Text(
    "The mean effect on the treated unit over the periods that count.",
    "El efecto medio en la unidad tratada durante los periodos que cuentan.",
)
MIXTURE_FOLLOWS: Final = Text(
    "Before the treatment, a mixture of the donors follows the unit; what moved both goes on alike.",
    "Antes del tratamiento, una mezcla de los donantes sigue a la unidad; lo que movía a ambos sigue igual.",
)
DONORS_UNTOUCHED: Final = Text(
    "The donors are not touched by the treatment, and nothing else hits the unit alone at its start.",
    "El tratamiento no toca a los donantes, y ninguna otra cosa golpea solo a la unidad cuando empieza.",
)
OUT_OF_REACH: Final = Text(
    "A unit outside of what donors can mix; donors that are treated too, or hit by spill-over.",
    "Una unidad fuera de lo que los donantes pueden mezclar; donantes también tratados, o alcanzados por derrames.",
)
CHOSEN_AFTERWARDS: Final = Text(
    "Choosing donors, periods or predictors after seeing the answer; more donors than periods to match.",
    "Elegir donantes, periodos o predictores después de ver la respuesta; más donantes que periodos por igualar.",
)
ABADIE_2010: Final = Citation(
    key="abadie_diamond_hainmueller_2010",
    title="Synthetic Control Methods for Comparative Case Studies",
    publisher="Journal of the American Statistical Association",
    kind="article",
    author="Abadie, Alberto and Diamond, Alexis and Hainmueller, Jens",
    date="2010",
    url="https://doi.org/10.1198/jasa.2009.ap08746",
)
CHERNOZHUKOV_2021: Final = Citation(
    key="chernozhukov_wuthrich_zhu_2021",
    title="An Exact and Robust Conformal Inference Method for Counterfactual and Synthetic Controls",
    publisher="Journal of the American Statistical Association",
    kind="article",
    author="Chernozhukov, Victor and Wüthrich, Kaspar and Zhu, Yinchu",
    date="2021",
    url="https://doi.org/10.1080/01621459.2021.1920957",
)

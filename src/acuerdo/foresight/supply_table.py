"""What the model of supply rests on."""

from __future__ import annotations

from acuerdo.core.citation import Citation
from acuerdo.core.text import Text

CONTROLS, ISOMERS, IDENTITY = "cunningham_2010", "cunningham_2013", "revenue_identity"
REFERENCES = (
    Citation(
        key=CONTROLS,
        title="[Precursor controls and methamphetamine treatment in Mexico and Texas]",
        title_es="[Controles de precursores y tratamiento por metanfetamina en México y Texas]",
        publisher="James K. Cunningham and others",
        kind="article",
        date="2010",
        note=Text(
            "November 2005: −12 per cent Mexico, −11 Texas, temporary; March 2007: −56 and −48, lasting",
            "noviembre de 2005: −12 por ciento en México y −11 en Texas, pasajero; marzo de 2007: −56 y −48, duradero",
        ),
    ),
    Citation(
        key=ISOMERS,
        title="[Mixed-isomer methamphetamine in exhibits]",
        title_es="[Metanfetamina de isómeros mezclados en muestras]",
        publisher="James K. Cunningham and others",
        kind="article",
        date="2013",
        note=Text(
            "from 4 to 37 per cent of exhibits by 2010",
            "de 4 a 37 por ciento de las muestras en 2010",
        ),
    ),
    Citation(
        key=IDENTITY,
        title="[Revenue under constant elasticity: R′/R = (1−s)^(1+1/ε)]",
        title_es="[Ingreso con elasticidad constante: R′/R = (1−s)^(1+1/ε)]",
        publisher="Acuerdo",
        kind="misc",
        note=Text(
            "follows from the definition of elasticity",
            "se sigue de la definición de elasticidad",
        ),
    ),
)

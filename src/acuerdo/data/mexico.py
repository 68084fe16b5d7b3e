"""What the Mexican sources have in common: who publishes, when, and which months they write."""

from __future__ import annotations

from acuerdo.core.text import Text
from acuerdo.data.schedule import months_after_year
from acuerdo.data.source import Published

INEGI = Text(
    "National Institute of Statistics and Geography (INEGI), Mexico",
    "Instituto Nacional de Estadística y Geografía (INEGI)",
)
SESNSP = Text(
    "Executive Secretariat of the National Public Security System (SESNSP), Mexico",
    "Secretariado Ejecutivo del Sistema Nacional de Seguridad Pública (SESNSP)",
)
CONAPO = Text("National Population Council (CONAPO), Mexico", "Consejo Nacional de Población (CONAPO)")
MONTHS = tuple(
    "Enero Febrero Marzo Abril Mayo Junio Julio Agosto Septiembre Octubre Noviembre Diciembre".split()
)
INEGI_SCHEDULE = Text(
    "Yearly: preliminary about seven months and definitive ten to eleven months after the year's end. A file is "
    "dated here by the definitive release of its last year.",
    "Anual: cifras preliminares unos siete meses y definitivas de diez a once meses después de terminar el año. "
    "Aquí cada archivo se fecha por la publicación definitiva de su último año.",
)
SESNSP_SCHEDULE = Text(
    "Monthly, about the 20th of the following month; every file restates all months since January 2015.",
    "Mensual, alrededor del día 20 del mes siguiente; cada archivo reexpresa todos los meses desde enero de 2015.",
)
SESNSP_REVISED = Text(
    "Every monthly file restates the past: a difference between two files is a revision.",
    "Cada archivo mensual reexpresa el pasado: la diferencia entre dos archivos es una revisión.",
)
CARRIED = Text(
    "The file reached us through a third party that re-published it, not from the publisher's own page.",
    "El archivo llegó por medio de un tercero que lo volvió a publicar, no de la página de la fuente.",
)


def inegi_definitive(year: int) -> Published:
    """When the definitive registered deaths of a year are public: eleven months after its end."""
    return months_after_year(year, months=11)

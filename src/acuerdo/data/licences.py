"""Terms of use that several publishers share."""

from __future__ import annotations

from acuerdo.core.text import Text, same
from acuerdo.data.source import Licence

LIBRE_USO_MX = Licence(
    id="LIBRE-USO-MX",
    name=Text(
        "Terms of free use of Mexican federal open data (attribution)",
        "Términos de Libre Uso MX de los datos abiertos (con atribución)",
    ),
    url="https://wiki.openstreetmap.org/wiki/LIBRE_USO_MX",
    open=True,
)
INEGI_FREE_USE = Licence(
    id="INEGI-free-use",
    name=Text(
        "INEGI, terms of free use of information (attribution)",
        "INEGI, Términos de Libre Uso de la Información (con atribución)",
    ),
    url="https://en.www.inegi.org.mx/inegi/terminos.html",
    open=True,
)
CC_BY_4 = Licence(
    id="CC-BY-4.0",
    name=same("Creative Commons Attribution 4.0"),
    url="https://creativecommons.org/licenses/by/4.0/",
    open=True,
)
US_PUBLIC_DOMAIN = Licence(
    id="US-government-work",
    name=Text(
        "work of the U.S. federal government, public domain",
        "obra del gobierno federal de EE. UU., dominio público",
    ),
    url="https://www.usa.gov/government-works",
    open=True,
)
NOT_STATED = Licence(
    id="not-stated",
    name=Text(
        "no licence is stated; figures only, with their source",
        "sin licencia declarada; solo cifras, con su fuente",
    ),
    open=False,
)

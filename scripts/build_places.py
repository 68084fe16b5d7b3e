"""Write the place tables of ``core/places`` from INEGI's catalogue, the Census counties and CLDR country names.

    python scripts/build_places.py ../shared/data

Codes: INEGI Marco Geoestadístico (municipalities), U.S. Census Bureau FIPS (states, counties), ISO 3166-1
(countries, with the names of the Unicode CLDR in both languages).
"""

from __future__ import annotations

import csv
import gzip
import json
import sys
from collections.abc import Iterable
from pathlib import Path

from babel import Locale

TARGET = Path(__file__).parents[1] / "src/acuerdo/core/places"
HEADER = "code\tlevel\tparent\talias\tname_en\tname_es\tother_names"
MX_STATES = """
01|AGU|Aguascalientes||
02|BCN|Baja California||
03|BCS|Baja California Sur||
04|CAM|Campeche||
05|COA|Coahuila||Coahuila de Zaragoza
06|COL|Colima||
07|CHP|Chiapas||
08|CHH|Chihuahua||
09|CMX|Mexico City|Ciudad de México|Distrito Federal;CDMX
10|DUR|Durango||
11|GUA|Guanajuato||
12|GRO|Guerrero||
13|HID|Hidalgo||
14|JAL|Jalisco||
15|MEX|State of Mexico|Estado de México|México;Mexico State;Edo México
16|MIC|Michoacán||Michoacán de Ocampo
17|MOR|Morelos||
18|NAY|Nayarit||
19|NLE|Nuevo León||
20|OAX|Oaxaca||
21|PUE|Puebla||
22|QUE|Querétaro||Querétaro de Arteaga;Querétaro Arteaga
23|ROO|Quintana Roo||
24|SLP|San Luis Potosí||
25|SIN|Sinaloa||
26|SON|Sonora||
27|TAB|Tabasco||
28|TAM|Tamaulipas||
29|TLA|Tlaxcala||
30|VER|Veracruz||Veracruz de Ignacio de la Llave;Veracruz Llave
31|YUC|Yucatán||
32|ZAC|Zacatecas||
99||Not specified|No especificado|No Especificada;Entidad no especificada
"""
US_ALIASES = {
    pair[:2]: pair[3:]
    for pair in (
        "01:AL 02:AK 04:AZ 05:AR 06:CA 08:CO 09:CT 10:DE 11:DC 12:FL 13:GA 15:HI 16:ID 17:IL 18:IN 19:IA 20:KS 21:KY "
        "22:LA 23:ME 24:MD 25:MA 26:MI 27:MN 28:MS 29:MO 30:MT 31:NE 32:NV 33:NH 34:NJ 35:NM 36:NY 37:NC 38:ND 39:OH "
        "40:OK 41:OR 42:PA 44:RI 45:SC 46:SD 47:TN 48:TX 49:UT 50:VT 51:VA 53:WA 54:WV 55:WI 56:WY 60:AS 66:GU 69:MP "
        "72:PR 78:VI"
    ).split()
}
US_SPANISH = {
    "11": "Distrito de Columbia", "15": "Hawái", "22": "Luisiana", "28": "Misisipi", "29": "Misuri",
    "33": "Nuevo Hampshire", "34": "Nueva Jersey", "35": "Nuevo México", "36": "Nueva York",
    "37": "Carolina del Norte", "38": "Dakota del Norte", "41": "Oregón", "42": "Pensilvania",
    "45": "Carolina del Sur", "46": "Dakota del Sur", "54": "Virginia Occidental", "60": "Samoa Americana",
    "69": "Islas Marianas del Norte", "78": "Islas Vírgenes de los Estados Unidos",
}  # fmt: skip


def main(data: Path) -> None:
    """Write the three tables."""
    _write("0_countries", _countries())
    _write("1_mexico", _mexico(data))
    _write("2_united_states", _united_states(data))


def _countries() -> Iterable[tuple[str, ...]]:
    english, spanish = Locale("en").territories, Locale("es", "MX").territories
    others = {
        "MX": "United Mexican States;Estados Unidos Mexicanos;Nacional;Mexico",
        "US": "United States of America;USA;EE. UU.",
    }
    for code in sorted(code for code in map(str, english) if len(code) == 2 and code.isalpha()):
        if code in spanish and code not in {"EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"}:
            yield (
                code,
                "country",
                "",
                "",
                english[code],
                spanish[code],
                others.get(code, ""),
            )


def _mexico(data: Path) -> Iterable[tuple[str, ...]]:
    for line in MX_STATES.strip().splitlines():
        code, alias, english, spanish, others = line.split("|")
        yield (
            f"MX-{code}",
            "state",
            "MX",
            f"MX-{alias}" if alias else "",
            english,
            spanish,
            others.replace(";", "|"),
        )
    with gzip.open(
        data / "mx_population/inegi_ageeml_municipal_catalog.csv.gz", "rt", encoding="utf-8-sig"
    ) as file:
        rows = sorted((row["CVEGEO"], row["NOM_MUN"]) for row in csv.DictReader(file))
    for code, name in rows:
        yield f"MX-{code}", "municipality", f"MX-{code[:2]}", "", name, "", ""
    for state in range(1, 33):
        yield (
            f"MX-{state:02}999",
            "municipality",
            f"MX-{state:02}",
            "",
            "Not specified",
            "No especificado",
            "",
        )


def _united_states(data: Path) -> Iterable[tuple[str, ...]]:
    with gzip.open(data / "boundaries/us_counties-10m.topo.json.gz", "rt", encoding="utf-8") as file:
        objects = json.load(file)["objects"]
    for shape in sorted(objects["states"]["geometries"], key=lambda one: one["id"]):
        code = shape["id"]
        yield (
            f"US-{code}",
            "state",
            "US",
            f"US-{US_ALIASES[code]}",
            shape["properties"]["name"],
            US_SPANISH.get(code, ""),
            "",
        )
    yield "US-NYC", "jurisdiction", "US", "", "New York City", "Ciudad de Nueva York", ""
    for shape in sorted(objects["counties"]["geometries"], key=lambda one: one["id"]):
        yield f"US-{shape['id']}", "county", f"US-{shape['id'][:2]}", "", shape["properties"]["name"], "", ""


def _write(name: str, rows: Iterable[tuple[str, ...]]) -> None:
    TARGET.mkdir(exist_ok=True)
    lines = [HEADER, *("\t".join(row) for row in rows)]
    (TARGET / f"{name}.tsv").write_text("\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main(Path(sys.argv[1]))

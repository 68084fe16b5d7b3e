"""``acuerdo review``: the performance review of a framework, as pages and as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.core.text import LANGS, Text


def review(
    call: Call,
    framework: Annotated[
        str, Word(about=Text("Id of the framework.", "Id del marco."), label=Text("FRAMEWORK", "MARCO"))
    ],
    /,
    *,
    as_of: Annotated[
        date | None,
        Word(
            about=Text(
                "Write it as it could have been written on this day.",
                "La elabora como pudo haberse elaborado ese día.",
            ),
            label=Text("DATE", "FECHA"),
        ),
    ] = None,
    lang: Annotated[
        tuple[Literal["en", "es"], ...],
        Word(
            about=Text("Languages of the pages.", "Idiomas de las páginas."),
            label=Text("LANG", "IDIOMA"),
            many=True,
        ),
    ] = LANGS,
    out: Annotated[
        Path,
        Word(
            about=Text("Folder that the pages are written to.", "Carpeta en que se escriben las páginas."),
            label=Text("FOLDER", "CARPETA"),
        ),
    ] = Path("build/review"),
) -> Text:
    """Writes the review and says where to open it."""
    with call.progress(Text("Writing the review", "Elaborando la revisión")) as advance:
        written = call.workspace.review(framework, as_of=as_of, langs=lang, out=out, advance=advance)
    first = out / "index.html"
    return Text(
        f"{written} pages written. Open {first.resolve().as_uri()}",
        f"Se escribieron {written} páginas. Abra {first.resolve().as_uri()}",
    )


COMMAND = Command(
    call=review,
    about=Text(
        "Write the performance review of a framework: pages, charts and JSON.",
        "Elabora la revisión del desempeño de un marco: páginas, gráficas y JSON.",
    ),
    examples=(
        Example(
            call="acuerdo review us_mx_bicentennial --out build/review",
            about=Text("The review, in both languages.", "La revisión, en ambos idiomas."),
        ),
        Example(
            call="acuerdo review us_mx_bicentennial --as-of 2022-10-13 --lang es --out build/2022",
            about=Text(
                "As it could have been written on 13 October 2022, in Spanish only.",
                "Tal como pudo haberse elaborado el 13 de octubre de 2022, solo en español.",
            ),
        ),
    ),
    table=False,
)

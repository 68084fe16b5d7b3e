"""``acuerdo review``: the performance review of a framework, as pages and as JSON."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Literal

from acuerdo.cli.command import Call, Command, Example, Word
from acuerdo.core.period import day_label
from acuerdo.core.text import LANGS, Text

FrameworkId = Annotated[
    str, Word(about=Text("Id of the framework.", "Id del marco."), label=Text("FRAMEWORK", "MARCO"))
]
AsOf = Annotated[
    date | None,
    Word(
        about=Text(
            "Write it as it could have been written on this day.",
            "La elabora como pudo haberse elaborado ese día.",
        ),
        label=Text("DATE", "FECHA"),
    ),
]
Languages = Annotated[
    tuple[Literal["en", "es"], ...],
    Word(
        about=Text("Languages of the pages.", "Idiomas de las páginas."),
        label=Text("LANG", "IDIOMA"),
        many=True,
    ),
]
Out = Annotated[
    Path,
    Word(
        about=Text("Folder that the pages are written to.", "Carpeta en que se escriben las páginas."),
        label=Text("FOLDER", "CARPETA"),
    ),
]


def review(
    call: Call,
    framework: FrameworkId,
    /,
    *,
    as_of: AsOf = None,
    lang: Languages = LANGS,
    out: Out = Path("build/review"),
) -> Text:
    """Writes the review and says where to open it."""
    from acuerdo.review.site import write

    with call.progress(Text("Writing the review", "Elaborando la evaluación")) as advance:
        written = write(call.workspace, framework, out=out, as_of=as_of, langs=lang, progress=advance)
    first = (written.folder / "index.html").resolve().as_uri()
    state = _NEW if written.renewed else _SAME
    return Text(
        f"{state.en.format(pages=written.pages, day=day_label(written.day, 'en'))} Open {first}",
        f"{state.es.format(pages=written.pages, day=day_label(written.day, 'es'))} Abra {first}",
    )


_NEW = Text(
    "The review as of {day}: {pages} pages in each language.",
    "La evaluación al {day}: {pages} páginas en cada idioma.",
)
_SAME = Text(
    "The review as of {day} is already there, and nothing has changed since: {pages} pages in each language.",
    "La evaluación al {day} ya está ahí y nada ha cambiado desde entonces: {pages} páginas en cada idioma.",
)

COMMAND = Command(
    call=review,
    section="start",
    about=Text(
        "Write the performance review of a framework: pages, charts and JSON.",
        "Elabora la evaluación del desempeño de un marco: páginas, gráficas y JSON.",
    ),
    examples=(
        Example(
            call="acuerdo review us_mx_bicentennial --out build/review",
            about=Text("The review, in both languages.", "La evaluación, en ambos idiomas."),
        ),
        Example(
            call="acuerdo review us_mx_bicentennial --as-of 2022-10-13 --lang es --out build/2022",
            about=Text(
                "As it could have been written on October 13, 2022, in Spanish only.",
                "Tal como pudo haberse elaborado el 13 de octubre de 2022, solo en español.",
            ),
        ),
    ),
    table=False,
)

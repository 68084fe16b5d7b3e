"""Messages about a file that is not YAML as it must be written here."""

from __future__ import annotations

from typing import Final

from acuerdo.core.text import Text
from acuerdo.spec.wording.message import Message

_QUOTES_OR_PLAIN = Text(
    'If it is text, put it in quotes: "{given}".', 'Si es texto, póngalo entre comillas: "{given}".'
)
_READABLE_ALONE = Text(
    "Every statement must be readable where it stands, without a search for what it copies.",
    "Cada afirmación debe poder leerse donde está, sin buscar qué copia.",
)

READING: Final[dict[str, Message]] = {
    "encoding_wrong": Message(
        Text(
            "The file is not in UTF-8: byte {given} cannot be read.",
            "El archivo no está en UTF-8: el byte {given} no puede leerse.",
        ),
        fix=Text("Save it again with the encoding UTF-8.", "Guárdelo de nuevo con la codificación UTF-8."),
    ),
    "text_garbled": Message(
        Text("'{given}' is a letter that was decoded wrongly.", "'{given}' es una letra mal decodificada."),
        why=Text(
            "The text was read in one encoding and saved in another on its way here.",
            "El texto se leyó en una codificación y se guardó en otra antes de llegar aquí.",
        ),
        fix=Text("Type the letter again, such as ó or ñ.", "Escriba de nuevo la letra, por ejemplo ó o ñ."),
    ),
    "file_empty": Message(
        Text("The file is empty.", "El archivo está vacío."),
        fix=Text("Write its keys, or delete the file.", "Escriba sus claves o elimine el archivo."),
    ),
    "documents_several": Message(
        Text("A second document begins here.", "Aquí comienza un segundo documento."),
        why=Text(
            "One file holds one thing; its name is the id.",
            "Un archivo contiene una sola cosa; su nombre es el id.",
        ),
        fix=Text(
            "Remove the line '---' or move what follows to a file of its own.",
            "Quite la línea '---' o pase lo que sigue a otro archivo.",
        ),
    ),
    "indent_tab": Message(
        Text("This line is indented with a tab.", "Esta línea lleva una tabulación como sangría."),
        why=Text("YAML allows only spaces there.", "YAML sólo admite espacios ahí."),
        fix=Text("Replace each tab with two spaces.", "Sustituya cada tabulación por dos espacios."),
    ),
    "quote_open": Message(
        Text(
            "A quotation mark is opened here and never closed.",
            "Aquí se abren comillas que nunca se cierran.",
        ),
        fix=Text("Close it.", "Ciérrelas."),
    ),
    "bracket_open": Message(
        Text(
            "A list [ ] or a mapping {{ }} is not closed, or lacks a comma: {given}",
            "Una lista [ ] o un mapa {{ }} no se cierra, o le falta una coma: {given}",
        ),
        fix=Text(
            "Close it, or put a comma between its parts.", "Ciérrelo o ponga una coma entre sus partes."
        ),
    ),
    "bracket_extra": Message(
        Text(
            "A bracket is closed here that was never opened.",
            "Aquí se cierra un paréntesis que nunca se abrió.",
        ),
        fix=Text("Delete it, or open it before.", "Bórrelo o ábralo antes."),
    ),
    "comma_in_text": Message(
        Text("'{given}' stands alone inside {{ }}.", "'{given}' está suelto dentro de {{ }}."),
        why=Text(
            "Inside {{ }} a comma ends a text that has no quotes.",
            "Dentro de {{ }}, una coma termina un texto sin comillas.",
        ),
        fix=Text(
            "Put the whole text in quotes, or write en: and es: on lines of their own.",
            "Ponga todo el texto entre comillas o escriba en: y es: en renglones propios.",
        ),
    ),
    "character_forbidden": Message(
        Text(
            "The file holds a control character that no text needs.",
            "El archivo contiene un carácter de control que ningún texto requiere.",
        ),
        fix=Text(
            "Delete it; it often comes from a paste out of a PDF.",
            "Bórrelo; suele venir al pegar desde un PDF.",
        ),
    ),
    "colon_in_text": Message(
        Text(
            "A colon inside a text without quotes is read as a key: {given}",
            "Dos puntos dentro de un texto sin comillas se leen como clave: {given}",
        ),
        fix=Text(
            "Put the text in quotes, or check that the line is indented as its neighbours are.",
            "Ponga el texto entre comillas o revise que la sangría coincida con la de las líneas vecinas.",
        ),
    ),
    "character_start": Message(
        Text(
            "A text without quotes cannot begin like this: {given}",
            "Un texto sin comillas no puede comenzar así: {given}",
        ),
        why=Text(
            "Characters such as @, ` and % mean something else in YAML.",
            "Caracteres como @, ` y % significan otra cosa en YAML.",
        ),
        fix=Text("Put the text in quotes.", "Ponga el texto entre comillas."),
    ),
    "indent_uneven": Message(
        Text(
            "This line does not stand under the lines it belongs to: {given}",
            "Esta línea no está alineada con las que le corresponden: {given}",
        ),
        fix=Text(
            "Indent it as its neighbours are, two spaces for each level.",
            "Déle la misma sangría que a sus vecinas, dos espacios por nivel.",
        ),
    ),
    "colon_missing": Message(
        Text(
            "A key without a colon, or a text that runs over the line: {given}",
            "Una clave sin dos puntos, o un texto que sigue en otra línea: {given}",
        ),
        fix=Text(
            "Write 'key: value', with a space after the colon.",
            "Escriba 'clave: valor', con un espacio después de los dos puntos.",
        ),
    ),
    "escape_unknown": Message(
        Text(
            "A backslash in double quotes begins an escape that YAML does not know: {given}",
            "Una diagonal invertida entre comillas dobles inicia un escape que YAML no conoce: {given}",
        ),
        fix=Text(
            "Use single quotes, or write \\\\ for a backslash.",
            "Use comillas simples o escriba \\\\ para una diagonal invertida.",
        ),
    ),
    "syntax_unknown": Message(
        Text(
            "The file cannot be read as YAML from here: {given}",
            "El archivo no puede leerse como YAML a partir de aquí: {given}",
        ),
        fix=Text(
            "Compare the line with the same part of another file of this folder.",
            "Compare la línea con la misma parte de otro archivo de esta carpeta.",
        ),
    ),
    "nesting_too_deep": Message(
        Text(
            "More than {levels} levels are nested in one another here.",
            "Aquí hay más de {levels} niveles anidados.",
        ),
        fix=Text(
            "Check the brackets; no file of content is that deep.",
            "Revise los paréntesis; ningún archivo de contenido es tan profundo.",
        ),
    ),
    "alias_used": Message(
        Text(
            "'*{given}' repeats something written elsewhere.", "'*{given}' repite algo escrito en otra parte."
        ),
        why=_READABLE_ALONE,
        fix=Text("Write the value itself.", "Escriba el valor mismo."),
    ),
    "anchor_used": Message(
        Text(
            "'&{given}' names a value in order to repeat it.",
            "'&{given}' da nombre a un valor para repetirlo.",
        ),
        why=_READABLE_ALONE,
        fix=Text(
            "Remove it, and write the value itself wherever it is needed.",
            "Quítelo y escriba el valor mismo donde haga falta.",
        ),
    ),
    "merge_used": Message(
        Text("'<<' merges other keys into this one.", "'<<' mezcla otras claves en ésta."),
        why=_READABLE_ALONE,
        fix=Text("Write the keys themselves.", "Escriba las claves mismas."),
    ),
    "tag_used": Message(
        Text("'{given}' names a type.", "'{given}' nombra un tipo."),
        why=Text(
            "The model decides what type a value has; a file of content does not.",
            "El modelo decide el tipo de cada valor; un archivo de contenido no.",
        ),
        fix=Text("Remove it.", "Quítelo."),
    ),
    "key_repeated": Message(
        Text(
            "The key '{given}' stands here a second time.", "La clave '{given}' aparece aquí por segunda vez."
        ),
        why=Text(
            "The first is on line {line}; one of the two would be lost unseen.",
            "La primera está en la línea {line}; una de las dos se perdería sin aviso.",
        ),
        fix=Text("Keep one, or give this one another name.", "Conserve una o dé a ésta otro nombre."),
    ),
    "key_not_text": Message(
        Text(
            "A key must be a word, not a list or a mapping.",
            "Una clave debe ser una palabra, no una lista ni un mapa.",
        ),
        fix=Text(
            "Write 'key: value'; put a text that begins with [ or {{ in quotes.",
            "Escriba 'clave: valor'; ponga entre comillas un texto que empiece con [ o {{.",
        ),
    ),
    "value_empty": Message(
        Text("Nothing is written for '{path}'.", "No hay nada escrito en '{path}'."),
        why=Text(
            "What is not known is left out; an empty value would look like one.",
            "Lo que no se sabe se omite; un valor vacío parecería un dato.",
        ),
        fix=Text("Write the value, or delete the key.", "Escriba el valor o borre la clave."),
    ),
    "word_doubtful": Message(
        Text(
            "'{given}' is read as a word by some programs and as true or false by others.",
            "Algunos programas leen '{given}' como palabra y otros como verdadero o falso.",
        ),
        fix=Text(
            'Write true or false; if it is text, put it in quotes: "{given}".',
            'Escriba true o false; si es texto, póngalo entre comillas: "{given}".',
        ),
    ),
    "time_doubtful": Message(
        Text(
            "'{given}' is read as a time of day by some programs and as a number by others.",
            "Algunos programas leen '{given}' como hora y otros como número.",
        ),
        fix=_QUOTES_OR_PLAIN,
    ),
    "number_doubtful": Message(
        Text(
            "'{given}' is not written as a number is written here.",
            "'{given}' no está escrito como se escriben aquí los números.",
        ),
        why=Text(
            "Programs disagree about leading zeros, 0x, signs and bare points.",
            "Los programas no coinciden sobre ceros iniciales, 0x, signos y puntos sueltos.",
        ),
        fix=Text(
            "Write 80_000 or 1.5, with _ for thousands and a point for decimals. If it is text, put it in quotes.",
            "Escriba 80_000 o 1.5, con _ para millares y punto decimal. Si es texto, póngalo entre comillas.",
        ),
    ),
    "date_impossible": Message(
        Text("The date {given} does not exist.", "La fecha {given} no existe."),
        fix=Text("Correct the month or the day (year-month-day).", "Corrija el mes o el día (año-mes-día)."),
    ),
    "date_short": Message(
        Text("The date {given} is not written in full.", "La fecha {given} no está escrita completa."),
        fix=Text(
            "Write year-month-day with two digits for month and day: 2021-10-08.",
            "Escriba año-mes-día con dos dígitos para mes y día: 2021-10-08.",
        ),
    ),
}

"""Messages about a value that the model does not allow where it stands."""

from __future__ import annotations

from typing import Final

from acuerdo.core.text import Text, same
from acuerdo.spec.wording.message import Message

_BOTH_LANGUAGES = Text(
    "Every text that readers see exists in English and in Spanish.",
    "Todo texto que ven los lectores existe en inglés y en español.",
)

VALUES: Final[dict[str, Message]] = {
    "key_missing": Message(
        Text("'{path}' lacks the key '{key}'.", "A '{path}' le falta la clave '{key}'."),
        fix=Text("Add '{key}:' there.", "Agregue ahí '{key}:'."),
    ),
    "unit_missing": Message(
        Text("The number at '{path}' has no unit.", "El número en '{path}' no tiene unidad."),
        why=Text(
            "A number without its unit cannot be compared or added.",
            "Un número sin unidad no puede compararse ni sumarse.",
        ),
        fix=Text(
            "Add 'unit:', such as weapons, persons or usd_million.",
            "Agregue 'unit:', por ejemplo weapons, persons o usd_million.",
        ),
    ),
    "source_missing": Message(
        Text("'{path}' has no source.", "'{path}' no tiene fuente."),
        why=Text(
            "Every statement and every number can be followed back to a published text.",
            "Toda afirmación y todo número deben poder rastrearse a un texto publicado.",
        ),
        fix=Text(
            "Add '{key}:' with keys of 'references', such as [S1].",
            "Agregue '{key}:' con claves de 'references', por ejemplo [S1].",
        ),
    ),
    "key_unknown": Message(
        Text(
            "'{key}' is not a key that may stand in '{path}'.",
            "'{key}' no es una clave que pueda ir en '{path}'.",
        ),
        fix=Text("Keys there: {known}.", "Claves posibles: {known}."),
    ),
    "choice_unknown": Message(
        Text("'{given}' is not allowed for '{path}'.", "'{given}' no se admite en '{path}'."),
        fix=Text("Use one of: {known}.", "Use uno de: {known}."),
    ),
    "type_wrong": Message(
        Text(
            "'{path}' must be {expected}; here is {found}.", "'{path}' debe ser {expected}; aquí hay {found}."
        ),
        fix=same("{advice}"),
    ),
    "number_with_comma": Message(
        Text("'{given}' is read as text, not as a number.", "'{given}' se lee como texto, no como número."),
        why=Text(
            "A comma means thousands in English and decimals in other places.",
            "La coma significa millares en inglés y decimales en otros lugares.",
        ),
        fix=Text("Write {plain}.", "Escriba {plain}."),
    ),
    "list_empty": Message(
        Text("The list '{path}' is empty.", "La lista '{path}' está vacía."),
        fix=Text("It needs at least one entry.", "Necesita al menos un elemento."),
    ),
    "key_malformed": Message(
        Text("'{given}' cannot be an id.", "'{given}' no puede ser un id."),
        why=Text(
            "Ids stand in addresses, file names and commands.",
            "Los id aparecen en direcciones, nombres de archivo y comandos.",
        ),
        fix=Text(
            "Begin with a small letter; use small letters without accents, digits and _.",
            "Comience con minúscula; use minúsculas sin acento, dígitos y _.",
        ),
    ),
    "id_inside": Message(
        Text(
            "The entry '{given}' has a key 'id' inside.", "El elemento '{given}' tiene dentro una clave 'id'."
        ),
        why=Text("Its id is the key that it stands under.", "Su id es la clave bajo la que está."),
        fix=Text("Delete the line 'id:'.", "Borre la línea 'id:'."),
    ),
    "form_wrong": Message(
        Text(
            "'{given}' does not have the form that '{path}' needs.",
            "'{given}' no tiene la forma que requiere '{path}'.",
        ),
        fix=Text("It must match {pattern}", "Debe coincidir con {pattern}"),
    ),
    "text_empty": Message(
        Text("The text '{path}' is empty.", "El texto '{path}' está vacío."),
        fix=Text(
            "Write it, or delete the key if it is not known.", "Escríbalo o borre la clave si no se conoce."
        ),
    ),
    "out_of_range": Message(
        Text("{given} is out of range for '{path}'.", "{given} está fuera del intervalo de '{path}'."),
        fix=Text("It must be {limit}.", "Debe ser {limit}."),
    ),
    "text_language_missing": Message(
        Text(
            "The text '{path}' lacks its {language} side.",
            "Al texto '{path}' le falta la versión en {language}.",
        ),
        why=_BOTH_LANGUAGES,
        fix=Text("Add '{lang}:' beside the other.", "Agregue '{lang}:' junto a la otra."),
    ),
    "text_not_bilingual": Message(
        Text("The text '{path}' stands in one language only.", "El texto '{path}' está en un solo idioma."),
        why=_BOTH_LANGUAGES,
        fix=Text("Write {{en: …, es: …}}.", "Escriba {{en: …, es: …}}."),
    ),
    "text_unknown_language": Message(
        Text("'{given}' is not a language of this text.", "'{given}' no es un idioma de este texto."),
        why=_BOTH_LANGUAGES,
        fix=Text("Use the keys en and es only.", "Use sólo las claves en y es."),
    ),
    "text_side_not_text": Message(
        Text(
            "The {language} side of '{path}' is not text.",
            "La versión en {language} de '{path}' no es texto.",
        ),
        fix=Text("Put it in quotes.", "Póngala entre comillas."),
    ),
    "text_placeholder": Message(
        Text("'{given}' only holds the place of a text.", "'{given}' sólo ocupa el lugar de un texto."),
        why=_BOTH_LANGUAGES,
        fix=Text("Write the {language} text.", "Escriba el texto en {language}."),
    ),
    "text_untranslated": Message(
        Text("Both sides of '{path}' say the same.", "Ambos lados de '{path}' dicen lo mismo."),
        why=_BOTH_LANGUAGES,
        fix=Text(
            "Translate one side. A name may stay as it is; a sentence may not.",
            "Traduzca un lado. Un nombre puede quedar igual; una oración no.",
        ),
    ),
    "date_malformed": Message(
        Text(
            "'{given}' is not a whole date, or does not exist.",
            "'{given}' no es una fecha completa, o no existe.",
        ),
        fix=Text("Write year-month-day: 2021-10-08.", "Escriba año-mes-día: 2021-10-08."),
    ),
    "period_malformed": Message(
        Text("'{given}' is neither a date nor a period.", "'{given}' no es una fecha ni un periodo."),
        fix=Text(
            "Write 2021-10-08, 2021-10, 2021-Q4, 2021-H2, 2021 or FY2021, as exactly as it is known.",
            "Escriba 2021-10-08, 2021-10, 2021-Q4, 2021-H2, 2021 o FY2021, con la precisión que se conozca.",
        ),
    ),
    "unit_unknown": Message(
        Text(
            "'{given}' is not a unit of measurement known here.",
            "'{given}' no es una unidad de medida conocida aquí.",
        ),
        fix=Text(
            "Use the id of a unit, such as deaths, persons, firearms, usd_million or percent.",
            "Use el id de una unidad, por ejemplo deaths, persons, firearms, usd_million o percent.",
        ),
    ),
    "value_stated": Message(same("{what}"), fix=same("{fix}")),
    "value_refused": Message(
        Text("The value of '{path}' is not allowed: {found}.", "El valor de '{path}' no se admite: {found}."),
        fix=Text(
            "Compare it with the same key in another file of this kind.",
            "Compárelo con la misma clave en otro archivo de este tipo.",
        ),
    ),
}

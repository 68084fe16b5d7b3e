"""Messages about a file that is well written and yet cannot be true as it stands."""

from __future__ import annotations

from typing import Final

from acuerdo.core.text import Text
from acuerdo.spec.wording.message import Message

MEANING: Final[dict[str, Message]] = {
    "id_not_file_name": Message(
        Text(
            "The id is '{given}', but the file is called '{name}'.",
            "El id es '{given}', pero el archivo se llama '{name}'.",
        ),
        why=Text("The file's name is the id.", "El nombre del archivo es el id."),
        fix=Text("Give both the same name.", "Dé a ambos el mismo nombre."),
    ),
    "id_repeated": Message(
        Text(
            "The id '{given}' is already taken: see line {line}.",
            "El id '{given}' ya está en uso: vea la línea {line}.",
        ),
        why=Text(
            "A pointer to '{given}' could mean either of the two.",
            "Una referencia a '{given}' podría significar cualquiera de los dos.",
        ),
        fix=Text("Give one of the two another id.", "Dé a uno de los dos otro id."),
    ),
    "reference_unknown": Message(
        Text(
            "'{path}' points to '{given}', which does not exist.",
            "'{path}' remite a '{given}', que no existe.",
        ),
        why=Text("It must be the id of {kinds}.", "Debe ser el id de {kinds}."),
        fix=Text(
            "Use an id that stands under {places}, or add it there.",
            "Use un id que esté en {places}, o agréguelo ahí.",
        ),
    ),
    "reference_other_kind": Message(
        Text(
            "'{path}' points to '{given}', which is {found}.", "'{path}' remite a '{given}', que es {found}."
        ),
        why=Text("It must be the id of {kinds}.", "Debe ser el id de {kinds}."),
        fix=Text("Use an id that stands under {places}.", "Use un id que esté en {places}."),
    ),
    "foreign_malformed": Message(
        Text("'{given}' does not say in which framework to look.", "'{given}' no dice en qué marco buscar."),
        fix=Text(
            "Write framework:id, such as us_mx_merida:pillar_1.",
            "Escriba marco:id, por ejemplo us_mx_merida:pillar_1.",
        ),
    ),
    "framework_unknown": Message(
        Text("There is no framework '{given}'.", "No hay ningún marco '{given}'."),
        fix=Text("Use one of: {known}.", "Use uno de: {known}."),
    ),
    "foreign_unknown": Message(
        Text(
            "The framework '{framework}' has no goal, area or objective '{given}'.",
            "El marco '{framework}' no tiene meta, área ni objetivo '{given}'.",
        ),
        fix=Text("Use one of: {known}.", "Use uno de: {known}."),
    ),
    "points_to_itself": Message(
        Text("'{path}' points to its own framework.", "'{path}' remite a su propio marco."),
        fix=Text("Name an earlier framework.", "Nombre un marco anterior."),
    ),
    "predecessor_later": Message(
        Text(
            "'{given}' is named as predecessor, but begins later: {other} against {own}.",
            "'{given}' figura como antecesor, pero comienza después: {other} frente a {own}.",
        ),
        fix=Text(
            "Correct one of the two dates, or name the frameworks the other way round.",
            "Corrija una de las dos fechas o invierta los marcos.",
        ),
    ),
    "deadline_before_origin": Message(
        Text(
            "The commitment '{given}' is due on {deadline}, before it was made on {origin}.",
            "El compromiso '{given}' vence el {deadline}, antes de asumirse el {origin}.",
        ),
        fix=Text(
            "Correct the deadline, 'made_on' or the origin.", "Corrija el plazo, 'made_on' o el origen."
        ),
    ),
    "record_before_origin": Message(
        Text(
            "The record of '{given}' is dated {date}, before the commitment was made on {origin}.",
            "El registro de '{given}' tiene fecha {date}, antes de asumirse el compromiso el {origin}.",
        ),
        fix=Text(
            "Correct the date of the record, 'made_on' or the origin.",
            "Corrija la fecha del registro, 'made_on' o el origen.",
        ),
    ),
    "parties_too_few": Message(
        Text("An agreement has at least two parties.", "Un acuerdo tiene al menos dos partes."),
        fix=Text("Add the other party under 'parties:'.", "Agregue la otra parte en 'parties:'."),
    ),
    "ends_before_begins": Message(
        Text(
            "'{path}' is {end}, earlier than the beginning, {begin}.",
            "'{path}' es el {end}, anterior al comienzo, el {begin}.",
        ),
        fix=Text("Correct one of the two dates.", "Corrija una de las dos fechas."),
    ),
    "meeting_before_body": Message(
        Text(
            "The meeting '{given}' of {date} lies before its body '{body}' was installed on {installed}.",
            "La reunión '{given}' del {date} es anterior a la instalación de '{body}', el {installed}.",
        ),
        fix=Text(
            "Correct one of the two dates, or leave out 'body:'.",
            "Corrija una de las dos fechas u omita 'body:'.",
        ),
    ),
    "report_before_period": Message(
        Text(
            "'{given}' is reported on {report}, before its period begins on {begin}.",
            "'{given}' se reporta el {report}, antes de que comience su periodo, el {begin}.",
        ),
        why=Text(
            "Money can be requested or appropriated in advance, but not obligated, disbursed or expended.",
            "El dinero puede solicitarse o asignarse antes, pero no comprometerse, desembolsarse ni ejercerse.",
        ),
        fix=Text(
            "Correct the period, the report date or the type.",
            "Corrija el periodo, la fecha del reporte o el tipo.",
        ),
    ),
    "sum_wrong": Message(
        Text(
            "'{given}' is {stated}, but the lines that it adds up give {computed}.",
            "'{given}' es {stated}, pero las líneas que suma dan {computed}.",
        ),
        fix=Text(
            "Correct an amount; where the source prints another total, use 'part_of' on the parts instead of 'sum_of'.",
            "Corrija un monto; si la fuente imprime otro total, use 'part_of' en las partes en vez de 'sum_of'.",
        ),
    ),
    "sum_units_differ": Message(
        Text(
            "'{given}' adds up lines in different units: {units}.",
            "'{given}' suma líneas en unidades distintas: {units}.",
        ),
        fix=Text("Give all of them in one unit.", "Póngalas todas en una sola unidad."),
    ),
    "share_unlinked": Message(
        Text(
            "'{given}' needs both 'unit: percent' and 'share_of', or neither.",
            "'{given}' requiere tanto 'unit: percent' como 'share_of', o ninguno.",
        ),
        why=Text("A percentage says nothing without its whole.", "Un porcentaje no dice nada sin su total."),
        fix=Text(
            "Add the missing one, or give an amount of money.", "Agregue el que falta o indique un monto."
        ),
    ),
    "circular": Message(
        Text("'{path}' leads back to itself: {chain}.", "'{path}' vuelve a sí mismo: {chain}."),
        fix=Text("Remove one of these links.", "Quite uno de esos enlaces."),
    ),
    "number_misplaced": Message(
        Text(
            "'{given}' has the number {number}, but stands under {outer}.",
            "'{given}' lleva el número {number}, pero está bajo {outer}.",
        ),
        fix=Text("Move it, or correct one of the two numbers.", "Muévalo o corrija uno de los dos números."),
    ),
}

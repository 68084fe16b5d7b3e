"""``acuerdo decline``: no to what the other side proposes, and why."""

from __future__ import annotations

from acuerdo.cli.command import Call, Command, Example
from acuerdo.cli.signing import DryRun, Named, Reason, Signing, WithKey, enter, in_both
from acuerdo.core.text import Text


def decline(
    call: Call,
    named: Named,
    /,
    *,
    reason: Reason,
    key: WithKey = None,
    dry_run: DryRun = False,
) -> Text:
    """Signs it with its reason in both languages; what was said before stays in the log."""
    signing = Signing(key=key, dry_run=dry_run)
    return enter(call, lambda desk: desk.decline(named, in_both(reason)), signing=signing)


COMMAND = Command(
    call=decline,
    section="entering",
    about=Text(
        "Decline what the other side proposes, and say why.",
        "Rechaza lo que propone la otra parte y dice por qué.",
    ),
    examples=(
        Example(
            call='acuerdo decline target:mx_homicide_rate:2027 --reason "Not before the baseline is reviewed." '
            '"No antes de revisar la línea base." --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)

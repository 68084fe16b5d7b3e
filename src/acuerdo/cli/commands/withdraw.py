"""``acuerdo withdraw``: taking back a proposal, a coding or a consent of our own."""

from __future__ import annotations

from acuerdo.cli.command import Call, Command, Example
from acuerdo.cli.signing import DryRun, Named, Reason, Signing, WithKey, enter, in_both
from acuerdo.core.text import Text


def withdraw(
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
    return enter(call, lambda desk: desk.withdraw(named, in_both(reason)), signing=signing)


COMMAND = Command(
    call=withdraw,
    section="entering",
    about=Text(
        "Withdraw your own proposal, coding or consent, and say why.",
        "Retira una propuesta, codificación o consentimiento propio y dice por qué.",
    ),
    examples=(
        Example(
            call="acuerdo withdraw coding:us_mx_bicentennial:action_plan "
            '--reason "Coded by mistake." "Codificado por error." --dry-run',
            about=Text("What would be signed; nothing is.", "Lo que se firmaría; nada se firma."),
        ),
    ),
    table=False,
)

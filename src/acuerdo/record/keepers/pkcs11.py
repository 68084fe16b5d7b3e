"""``pkcs11``: a key in a hardware security module or smart card, which signs and never gives the key out.

A place is the path of an RFC 7512 address: ``pkcs11:token=LABEL;object=LABEL``, and ``serial=...`` where two tokens
have one label. The maker's module is named by the machine and not by the record: a folder that somebody brought must
not say which program is loaded.
"""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, final
from urllib.parse import unquote

from acuerdo.core.errors import KeyRefused, Problem, UsageError, missing_extra, not_found
from acuerdo.core.text import Text, same
from acuerdo.record.asking import Ask, asked
from acuerdo.record.keeper import Keeper
from acuerdo.record.party import PublicKey
from acuerdo.record.signer import AbstractSigner, verifies

if TYPE_CHECKING:
    from pkcs11 import Session, Token

MODULE_VARIABLE: Final = "ACUERDO_PKCS11_MODULE"
PIN_VARIABLE: Final = "ACUERDO_PKCS11_PIN"
_TRIAL: Final = b"acuerdo-trial/1"
# Ed25519 as an identifier (RFC 8410) or by its name (PKCS#11 3.0); the point ends the bytes that frame it.
_CURVES: Final = (b"\x06\x03\x2b\x65\x70", b"\x13\x0cedwards25519")
# Modules are not asked to lock: calls are made one at a time.
_ONE_AT_A_TIME: Final = threading.Lock()
_LOGGED_IN: Final[dict[bytes, Session]] = {}
"""Sessions by the token's serial number: a token takes its PIN once in a program, for all its keys."""


@final
@dataclass(frozen=True, slots=True)
class Place:
    """A key's place: the labels of its token and of the key, and the token's serial number if it is given."""

    token: str
    object: str
    serial: str = ""


@final
class TokenSigner(AbstractSigner):
    """A key in a token."""

    __slots__ = ("_key", "_public")

    def __init__(self, key: Any, public: bytes) -> None:
        self._key = key
        self._public = public

    @property
    def public(self) -> bytes:
        """The 32 bytes of the public key."""
        return self._public

    def sign(self, message: bytes) -> bytes:
        """The signature over a message, checked before it is given.

        Raises:
            KeyRefused: If the token does not sign, or another key signs than the one that is known.
        """
        with _ONE_AT_A_TIME, _in_words() as pkcs11:
            signature = self._key.sign(message, mechanism=pkcs11.Mechanism.EDDSA)
        if not verifies(self._public, signature, message=message):
            raise _refused(_ANOTHER)
        return signature


def read_place(place: str) -> Place:
    """The place that an address names.

    Raises:
        UsageError: If it is not of the form; it is not repeated, for somebody may have put a PIN in it.
    """
    given = [part.partition("=") for part in place.partition(":")[2].split(";")]
    read = {name: unquote(value) for name, _, value in given}
    if len(read) < len(given) or not {"token", "object"} <= set(read) <= {"token", "object", "serial"}:
        raise UsageError(Problem(what=_NO_PLACE, why=_NO_PIN_IN_IT, fix=_FORM))
    if "?" in place or not all(read.values()):
        raise UsageError(Problem(what=_NO_PLACE, why=_NO_PIN_IN_IT, fix=_FORM))
    return Place(**read)


def public(place: str) -> bytes:
    """The public half of the key at a place.

    Raises:
        KeyRefused: If the token is not there, cannot sign so, or the key is not an Ed25519 key.
        NotFound: If no token or no key has the label; names the nearest.
    """
    at = read_place(place)
    with _ONE_AT_A_TIME, _in_words() as pkcs11, _token(at).open() as session:
        key = _labelled(session, at, object_class=pkcs11.ObjectClass.PUBLIC_KEY)
        if key.key_type != pkcs11.KeyType.EC_EDWARDS or key[pkcs11.Attribute.EC_PARAMS] not in _CURVES:
            raise _refused(_NOT_ED25519, at.object)
        return key[pkcs11.Attribute.EC_POINT][-32:]


def open_key(place: str, about: PublicKey, ask: Ask | None, /) -> AbstractSigner:
    """What signs with the key at a place; the token's PIN is asked for once in a program.

    Raises:
        KeyRefused: If there is no PIN, it is wrong, or the key there is not the one that is known.
        NotFound: If no token or no key has the label; names the nearest.
    """
    at = read_place(place)
    with _ONE_AT_A_TIME, _in_words() as pkcs11:
        token = _token(at)
        if token.serial not in _LOGGED_IN:
            _LOGGED_IN[token.serial] = _logged_in(token, about, ask=ask)
        key = _labelled(_LOGGED_IN[token.serial], at, object_class=pkcs11.ObjectClass.PRIVATE_KEY)
    signer = TokenSigner(key, about.raw)
    signer.sign(_TRIAL)
    return signer


def _library() -> Any:
    """The maker's module, loaded."""
    path = os.environ.get(MODULE_VARIABLE)
    if not path:
        raise KeyRefused(Problem(what=_NO_MODULE, fix=_SAY_MODULE))
    import pkcs11

    try:
        return pkcs11.lib(path)
    except pkcs11.PKCS11Error as error:
        why = same(str(error))
        raise KeyRefused(Problem(what=_BAD_MODULE, where=path, why=why, fix=_SAY_MODULE)) from error


def _token(at: Place) -> Token:
    """The token of a place, which can sign as the record asks."""
    import pkcs11

    tokens = [one for one in _library().get_tokens() if pkcs11.TokenFlag.TOKEN_INITIALIZED in one.flags]
    if not tokens:
        raise _refused(_NO_TOKENS)
    fit = [one for one in tokens if one.label == at.token and at.serial in {"", one.serial.decode()}]
    if not fit:
        known = {f"{one.label};serial={one.serial.decode()}" if at.serial else one.label for one in tokens}
        named = f"{at.token};serial={at.serial}" if at.serial else at.token
        raise not_found(Text("a token", "un token"), named, known=known)
    if len(fit) > 1:
        serials = ", ".join(one.serial.decode() for one in fit)
        raise _refused(_TWO_TOKENS, f"{at.token}: {serials}")
    if pkcs11.Mechanism.EDDSA not in fit[0].slot.get_mechanisms():
        raise _refused(_NO_MECHANISM, at.token)
    return fit[0]


def _labelled(session: Session, at: Place, *, object_class: Any) -> Any:
    """The one key of a class that has the label."""
    import pkcs11

    keys: list[Any] = list(session.get_objects({pkcs11.Attribute.CLASS: object_class}))
    fit = [one for one in keys if one.label == at.object]
    if not fit:
        kind = Text(f"a key in the token '{at.token}'", f"una llave en el token «{at.token}»")
        raise not_found(kind, at.object, known={one.label for one in keys})
    if len(fit) > 1:
        raise _refused(_TWO_KEYS, at.object)
    return fit[0]


def _logged_in(token: Token, about: PublicKey, *, ask: Ask | None) -> Session:
    """A session in which the token has its PIN; a PIN that could lock it is only taken from a person."""
    import pkcs11

    flags = token.flags
    if pkcs11.TokenFlag.USER_PIN_LOCKED in flags:
        raise _refused(_LOCKED)
    if pkcs11.TokenFlag.USER_PIN_FINAL_TRY in flags and PIN_VARIABLE in os.environ:
        raise _refused(_LAST_BY_HAND, token.label)
    tries = tries_left(flags)
    head = Text(
        f"PIN of the token {token.label}, for {about.holder} ({about.id[:12]})",
        f"PIN del token {token.label}, para {about.holder} ({about.id[:12]})",
    )
    prompt = Text(f"{tries.en} {head.en}", f"{tries.es} {head.es}") if tries else head
    pin = asked(PIN_VARIABLE, prompt, lacking=_NO_PIN, ask=ask)
    try:
        return token.open(user_pin=pin)
    except (pkcs11.PinIncorrect, pkcs11.PinInvalid, pkcs11.PinLenRange) as error:
        raise KeyRefused(
            Problem(
                what=_WRONG_PIN,
                where=token.label,
                why=tries_left(token.slot.get_token().flags),
                fix=_TRY_AGAIN,
            )
        ) from error


def tries_left(flags: int) -> Text | None:
    """What a token tells of how often its PIN may still be tried; PKCS#11 gives no number."""
    import pkcs11

    for flag, told in (
        (pkcs11.TokenFlag.USER_PIN_LOCKED, _LOCKED),
        (pkcs11.TokenFlag.USER_PIN_FINAL_TRY, _FINAL),
        (pkcs11.TokenFlag.USER_PIN_COUNT_LOW, _LOW),
    ):
        if flag & flags:
            return told
    return None


@contextmanager
def _in_words() -> Iterator[Any]:
    """The library that speaks with tokens; tells in words what a token answers, and where the library is missing."""
    try:
        import pkcs11
    except ImportError as error:
        raise missing_extra("hsm", Text("A key in a token", "Una llave en un token")) from error
    try:
        yield pkcs11
    except pkcs11.PKCS11Error as error:
        name = type(error).__name__
        raise _refused(_ANSWERS.get(name, same(f"PKCS#11: {name}."))) from error


_NO_PLACE = Text("This does not name a key in a token.", "Esto no nombra una llave en un token.")
_NO_PIN_IN_IT = Text(
    "A place has the labels of the token and of the key, and never a PIN nor a module.",
    "Un lugar lleva las etiquetas del token y de la llave; nunca un PIN ni un módulo.",
)
_FORM = Text(
    f"Write 'pkcs11:token=LABEL;object=LABEL'; the PIN is asked for, or stands in {PIN_VARIABLE}.",
    f"Escriba 'pkcs11:token=ETIQUETA;object=ETIQUETA'; el PIN se pide, o está en {PIN_VARIABLE}.",
)
_NO_MODULE = Text(
    "It is not said which PKCS#11 module speaks with the token.",
    "No se ha dicho qué módulo PKCS#11 habla con el token.",
)
_BAD_MODULE = Text("This PKCS#11 module cannot be loaded.", "Este módulo PKCS#11 no puede cargarse.")
_SAY_MODULE = Text(
    f"Set {MODULE_VARIABLE} to the file that the token's maker supplies, such as /usr/lib/softhsm/libsofthsm2.so.",
    f"Ponga en {MODULE_VARIABLE} el archivo que entrega el fabricante del token, como "
    "/usr/lib/softhsm/libsofthsm2.so.",
)
_NO_TOKENS = Text(
    "The module knows of no token: none is connected, or none was set up.",
    "El módulo no conoce ningún token: ninguno está conectado, o ninguno fue inicializado.",
)
_TWO_TOKENS = Text(
    "Several tokens have this label; add ';serial=...' with one of these: {}",
    "Varios tokens tienen esta etiqueta; añada ';serial=...' con uno de estos: {}",
)
_TWO_KEYS = Text(
    "Several keys of the token have the label '{}'; give each its own.",
    "Varias llaves del token tienen la etiqueta «{}»; dé a cada una la suya.",
)
_NO_MECHANISM = Text(
    "The token '{}' does not sign with Ed25519 (CKM_EDDSA), which the record asks for.",
    "El token «{}» no firma con Ed25519 (CKM_EDDSA), que es lo que pide el registro.",
)
_NOT_ED25519 = Text("The key '{}' is not an Ed25519 key.", "La llave «{}» no es una llave Ed25519.")
_ANOTHER = Text(
    "Another key stands under that label now than the one that the record knows.",
    "Bajo esa etiqueta está ahora otra llave que la que conoce el registro.",
)
_NO_PIN = Text("Nothing is signed: there is no PIN for the token.", "Nada se firma: falta el PIN del token.")
_WRONG_PIN = Text("The PIN is not this token's.", "El PIN no es el de este token.")
_TRY_AGAIN = Text(
    "Look it up before you try again; only the token's security officer can unlock it.",
    "Verifíquelo antes de intentarlo de nuevo; solo el oficial de seguridad del token puede desbloquearlo.",
)
_LOW = Text(
    "A wrong PIN was given since the last right one; after more of them the token locks itself.",
    "Se dio un PIN equivocado desde el último correcto; con más de ellos el token se bloquea.",
)
_FINAL = Text(
    "ONE try is left: after another wrong PIN the token locks itself.",
    "Queda UN intento: con otro PIN equivocado el token se bloquea.",
)
_LOCKED = Text(
    "The token has locked itself; its security officer must unlock it.",
    "El token se bloqueó; debe desbloquearlo su oficial de seguridad.",
)
_LAST_BY_HAND = Text(
    f"One try is left on the token '{{}}', and a PIN from {PIN_VARIABLE} might be wrong again; type it by hand.",
    f"Queda un intento en el token «{{}}», y el PIN de {PIN_VARIABLE} podría estar mal otra vez; escríbalo a mano.",
)
_REMOVED = Text("The token is no longer connected.", "El token ya no está conectado.")
_ANSWERS: Final = {
    "DeviceRemoved": _REMOVED,
    "TokenNotPresent": _REMOVED,
    "SessionHandleInvalid": _REMOVED,
    "SessionClosed": _REMOVED,
    "PinLocked": _LOCKED,
    "PinExpired": Text("The token's PIN has expired.", "El PIN del token venció."),
    "UserPinNotInitialized": Text("The token has no PIN yet.", "El token aún no tiene PIN."),
    "UserNotLoggedIn": Text(
        "The token asks for its PIN at every signature, which is not supported.",
        "El token pide su PIN en cada firma, lo que no está previsto.",
    ),
    "MechanismInvalid": Text(
        "The token does not sign with Ed25519 (CKM_EDDSA).", "El token no firma con Ed25519 (CKM_EDDSA)."
    ),
}


def _refused(why: Text, named: str = "") -> KeyRefused:
    return KeyRefused(
        Problem(
            what=Text("The key in the token cannot be used.", "La llave del token no puede usarse."),
            why=Text(why.en.format(named), why.es.format(named)),
        )
    )


KEEPER = Keeper(public=public, open=open_key)

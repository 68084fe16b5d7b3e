"""Keys that a token keeps, with SoftHSM: a token in software that speaks PKCS#11 as the hardware does."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from acuerdo.cli.app import run
from acuerdo.core.errors import KeyRefused
from acuerdo.core.text import Text
from acuerdo.record.keeper import keeper
from acuerdo.record.own_key import NewKey, OwnKey
from acuerdo.record.signer import verifies

pkcs11 = pytest.importorskip("pkcs11", reason="the extra acuerdo[hsm] is not installed")

ROOT = Path(__file__).resolve().parents[2]
PIN, WRONG = "135-sí-790", "000000"  # not hexadecimal: no serial number of a token can hold it
MODULES = ("/usr/lib/softhsm/libsofthsm2.so", "/usr/local/lib/softhsm/libsofthsm2.so",
           "/opt/homebrew/lib/softhsm/libsofthsm2.so")  # fmt: skip
ED25519, P256 = b"\x06\x03\x2b\x65\x70", b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
BEGIN = ("node", "init", "demo:mx", "--name", "Mexico", "México", "--desk")


@dataclass(frozen=True)
class Tokens:
    """The tokens of a machine."""

    folder: Path
    module: str

    @property
    def environment(self) -> dict[str, str]:
        return {
            "SOFTHSM2_CONF": str(self.folder / "softhsm2.conf"),
            "ACUERDO_PKCS11_MODULE": self.module,
            "ACUERDO_PASSPHRASE": "a passphrase",
        }

    def session(self, label: str) -> Any:
        token = next(pkcs11.lib(self.module).get_tokens(token_label=label))
        try:
            return token.open(rw=True, user_pin=PIN)
        except pkcs11.UserAlreadyLoggedIn:  # by the program under test
            return token.open(rw=True)

    def make(self, token: str, label: str, *, curve: bytes = ED25519) -> bytes:
        """Makes a key in a token as its owner would; returns its public half."""
        edwards = curve == ED25519
        kind = pkcs11.KeyType.EC_EDWARDS if edwards else pkcs11.KeyType.EC
        way = pkcs11.Mechanism.EC_EDWARDS_KEY_PAIR_GEN if edwards else pkcs11.Mechanism.EC_KEY_PAIR_GEN
        with self.session(token) as session:
            form = session.create_domain_parameters(kind, {pkcs11.Attribute.EC_PARAMS: curve}, local=True)
            made, _ = form.generate_keypair(mechanism=way, label=label, store=True)
            return made[pkcs11.Attribute.EC_POINT][-32:]

    def remove(self, token: str, label: str) -> None:
        with self.session(token) as session:
            for one in list(session.get_objects({pkcs11.Attribute.LABEL: label})):
                one.destroy()

    def run(self, store: Path, *words: str, lang: str = "en", **more: str) -> tuple[int, str, str]:
        """A call in a process of its own, as at a desk; without a PIN unless one is given."""
        code = "import sys; from acuerdo.cli.app import run; sys.exit(run(sys.argv[1:]))"
        if more.pop("without_the_extra", ""):
            code = "import sys; sys.modules['pkcs11'] = None; " + code
        done = subprocess.run(
            [sys.executable, "-c", code, *words, "--store", str(store), "--lang", lang],
            env={**os.environ, "PYTHONPATH": os.pathsep.join(sys.path), **self.environment, **more},
            stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=60, check=False,
        )  # fmt: skip
        assert "Traceback" not in done.stderr, done.stderr
        return done.returncode, done.stdout, done.stderr


@pytest.fixture(scope="module")
def tokens(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Tokens]:
    tool, module = shutil.which("softhsm2-util"), next((one for one in MODULES if Path(one).is_file()), None)
    if tool is None or module is None:
        pytest.skip("SoftHSM is not here (apt-get install softhsm2)")
    folder = tmp_path_factory.mktemp("tokens")
    (folder / "kept").mkdir()
    settings = f"directories.tokendir = {folder / 'kept'}\nlog.level = ERROR\n"
    (folder / "softhsm2.conf").write_text(settings)
    (folder / "without.conf").write_text(settings + "slots.mechanisms = CKM_ECDSA\n")
    (folder / "empty").mkdir()
    (folder / "empty.conf").write_text(f"directories.tokendir = {folder / 'empty'}\nlog.level = ERROR\n")
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("SOFTHSM2_CONF", str(folder / "softhsm2.conf"))
        patch.setenv("ACUERDO_PKCS11_MODULE", module)
        for label in ("Cancillería", "Wrong PIN", "Changed", "Twin", "Twin"):
            subprocess.run(
                [tool, "--init-token", "--free", "--label", label, "--pin", PIN, "--so-pin", "security officer"],
                check=True, capture_output=True,
            )  # fmt: skip
        made = Tokens(folder, module)
        for label in ("desk", "node", "twice", "twice"):
            made.make("Cancillería", label)
        made.make("Cancillería", "p256", curve=P256)
        yield made


def place(token: str, label: str) -> str:
    return f"pkcs11:token={token};object={label}"


@pytest.mark.slow
def test_a_side_whose_keys_a_token_keeps(tokens: Tokens, tmp_path: Path) -> None:
    store, pin = tmp_path / "mx", {"ACUERDO_PKCS11_PIN": PIN}
    code, _, err = tokens.run(store, *BEGIN, f"Foreign Ministry={place('Cancillería', 'desk')}", **pin)
    assert (code, err) == (0, "")
    first = json.loads(tokens.run(store, "keys", "--export")[1])["keys"][0]
    raw = NewKey.of("Foreign Ministry", "desk", place=place("Cancillería", "desk")).about.public
    assert (first["public"], first["holder"]) == (raw, "Foreign Ministry")
    for file in (store / "node").rglob("*"):
        assert not file.is_file() or PIN.encode() not in file.read_bytes()
    code, out, err = tokens.run(store, "code", "us_mx_bicentennial:action_plan", "complete", **pin)
    assert (code, out.startswith("Entered at place 0")) == (0, True)
    # The node's key moves into the token too, and the one in the file ends.
    new = f"Node in the token={place('Cancillería', 'node')}"
    reason = ("--reason", "Into the token.", "Al token.")
    seen, told, _ = tokens.run(store, "hand-over", new, "--role", "node", *reason, "--dry-run")
    assert (seen, "Nothing was signed" in told) == (0, True)  # no PIN is needed to see what would be signed
    key = ("--key", "Foreign Ministry")
    assert tokens.run(store, "hand-over", new, "--role", "node", *reason, *key, **pin)[0] == 0
    assert tokens.run(store, "revoke", "Node mx", "--cause", "retired", *reason, *key, **pin)[0] == 0
    assert tokens.run(store, "verify")[0] == 0
    # Whoever is not told of the new key can prove nothing by it, and learns why.
    bundle, party = tmp_path / "out.acuerdo", tmp_path / "mx.json"
    party.write_text(tokens.run(store, "keys", "--export")[1])
    seen = (str(bundle), "--party", str(party))
    assert tokens.run(store, "exchange", "export", str(bundle), "--to", "public", **pin)[0] == 0
    code, _, err = tokens.run(tmp_path / "nobody", "verify", *seen)
    assert (code, "handed the key over may be among those withheld" in err) == (12, True)
    handed = next(one for one in json.loads(tokens.run(store, "log", "--json")[1]) if one["place"] == 1)
    assert tokens.run(store, "mark", handed["id"], "--reach", "public", **pin)[0] == 0
    assert tokens.run(store, "exchange", "export", str(bundle), "--to", "public", **pin)[0] == 0
    code, out, err = tokens.run(tmp_path / "nobody", "verify", *seen)
    assert (code, "Mexico" in out) == (0, True), out + err


@pytest.mark.parametrize(
    ("at", "code", "told"),
    [
        ("pkcs11:token=Cancilleria;object=desk", 3, ("Did you mean Cancillería?", "¿Quiso decir Cancillería?")),
        ("pkcs11:token=Canciller%C3%ADa;object=dess", 3, ("Did you mean desk?", "¿Quiso decir desk?")),
        ("pkcs11:token=Cancillería;object=p256", 14, ("is not an Ed25519 key", "no es una llave Ed25519")),
        ("pkcs11:token=Cancillería;object=twice", 14, ("Several keys", "Varias llaves")),
        ("pkcs11:token=Twin;object=desk", 14, ("add ';serial=...'", "añada ';serial=...'")),
        ("pkcs11:token=Twin;object=desk;serial=00", 3, ("Twin;serial=", "Twin;serial=")),
        (f"pkcs11:token=Cancillería;object=desk?pin-value={PIN}", 2, ("never a PIN", "nunca un PIN")),
        (f"pkcs11:token=Cancillería;object=desk;pin-value={PIN}", 2, ("never a PIN", "nunca un PIN")),
        ("pkcs11:token=Cancillería", 2, ("does not name a key", "no nombra una llave")),
        ("pkcs11:token=;object=desk", 2, ("does not name a key", "no nombra una llave")),
        ("pkcs12:token=Cancillería;object=desk", 3, ("Did you mean pkcs11?", "¿Quiso decir pkcs11?")),
        ("nowhere", 3, ("a way of keeping a key", "un modo de guardar una llave")),
    ],
)  # fmt: skip
def test_a_wrong_place_is_answered_in_words(
    tokens: Tokens,
    tmp_path: Path,
    capsys: pytest.CaptureFixture[str],
    at: str,
    code: int,
    told: tuple[str, str],
) -> None:
    for lang, words in zip(("en", "es"), told, strict=True):
        assert run([*BEGIN, f"Desk={at}", "--store", str(tmp_path), "--lang", lang]) == code
        out, err = capsys.readouterr()
        assert (out, words in err, PIN in err) == ("", True, False), err
    assert not (tmp_path / "node").exists()


@pytest.mark.parametrize(
    ("setting", "code", "told"),
    [
        ({"ACUERDO_PKCS11_MODULE": ""}, 14, "which PKCS#11 module"),
        ({"ACUERDO_PKCS11_MODULE": "/nowhere/module.so"}, 14, "cannot be loaded"),
        ({"ACUERDO_PKCS11_MODULE": __file__}, 14, "cannot be loaded"),
        ({"SOFTHSM2_CONF": "without.conf"}, 14, "does not sign with Ed25519 (CKM_EDDSA)"),
        ({"SOFTHSM2_CONF": "empty.conf"}, 14, "knows of no token"),
        ({"without_the_extra": "yes"}, 11, "pip install 'acuerdo[hsm]'"),
        ({}, 14, "there is no PIN for the token"),
    ],
)  # fmt: skip
def test_a_machine_that_is_not_set_up_is_told_what_lacks(
    tokens: Tokens, tmp_path: Path, setting: dict[str, str], code: int, told: str
) -> None:
    if "SOFTHSM2_CONF" in setting:
        setting = {"SOFTHSM2_CONF": str(tokens.folder / setting["SOFTHSM2_CONF"])}
    found, out, err = tokens.run(tmp_path, *BEGIN, f"Desk={place('Cancillería', 'desk')}", **setting)
    assert (found, out, told in err) == (code, "", True), err


def test_a_wrong_pin_is_told_with_what_it_may_cost(tokens: Tokens, tmp_path: Path) -> None:
    tokens.make("Wrong PIN", "desk")
    prompts: list[Text] = []

    def typing(what: str) -> Callable[[Text], str]:
        def ask(prompt: Text) -> str:
            prompts.append(prompt)
            return what

        return ask

    key = NewKey.of("Office", "desk", place=place("Wrong PIN", "desk"))
    with pytest.raises(KeyRefused, match="there is no PIN"):
        key.keep(tmp_path, ask=typing(""))
    with pytest.raises(KeyRefused, match="not this token's") as caught:
        key.keep(tmp_path, ask=typing(WRONG))
    assert "se bloquea" in caught.value.render("es")
    assert list(tmp_path.iterdir()) == []
    signer = key.keep(tmp_path, ask=typing(PIN))
    assert verifies(key.about.raw, signer.sign(b"what is said"), message=b"what is said")
    assert ["locks itself" in one.en for one in prompts] == [False, False, True]
    assert "PIN of the token Wrong PIN, for Office" in prompts[0].en
    # The token took its PIN; in this program it is not asked for again, and the file can be written again.
    assert key.keep(tmp_path, ask=None).public == signer.public


def test_another_key_under_the_label_signs_nothing(tokens: Tokens, tmp_path: Path) -> None:
    tokens.make("Changed", "desk")
    key = NewKey.of("Office", "desk", place=place("Changed", "desk"))
    signer = key.keep(tmp_path, ask=lambda _: PIN)
    (path,) = tmp_path.iterdir()
    tokens.remove("Changed", "desk")
    with pytest.raises(KeyRefused, match="key in the token cannot be used"):
        signer.sign(b"what is said")
    tokens.make("Changed", "desk")
    with pytest.raises(KeyRefused, match="Another key stands under that label"):
        OwnKey(about=key.about, path=path).open(lambda _: PIN)


def test_of_two_tokens_with_one_label_the_serial_number_chooses(tokens: Tokens) -> None:
    first, _ = pkcs11.lib(tokens.module).get_tokens(token_label="Twin")
    raw = tokens.make("Twin", "only here")
    at = f"{place('Twin', 'only here')};serial={first.serial.decode()}"
    assert keeper(at).public(at) == raw


def test_what_a_token_tells_of_its_tries_is_told() -> None:
    from acuerdo.record.keeper import KEEPERS

    told = KEEPERS.module("pkcs11").tries_left
    flags = pkcs11.TokenFlag
    assert told(flags.TOKEN_INITIALIZED) is None
    assert "ONE try" in told(flags.USER_PIN_FINAL_TRY | flags.USER_PIN_COUNT_LOW).en
    assert "bloqueó" in told(flags.USER_PIN_LOCKED | flags.USER_PIN_FINAL_TRY).es

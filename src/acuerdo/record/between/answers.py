"""What can be asked of a node about the others: the door for the record."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import BinaryIO, final

from acuerdo.core.errors import Problem, UsageError
from acuerdo.core.text import Text
from acuerdo.record.between import bundle, proving, telling
from acuerdo.record.between.bundle import Packed
from acuerdo.record.between.calling import Connection
from acuerdo.record.between.proof import prove
from acuerdo.record.between.pull import MOST_WITHHELD, Pulled, pull
from acuerdo.record.between.receipts import Receipt, Receipts
from acuerdo.record.between.sending import Sender
from acuerdo.record.between.serving import Ready, node_keys, serve
from acuerdo.record.between.session import Asker
from acuerdo.record.between.taking import Taken
from acuerdo.record.faults import reason
from acuerdo.record.node import Node
from acuerdo.record.party import Party
from acuerdo.record.placed import Placed
from acuerdo.record.signer import AbstractSigner


@final
class Between:
    """What goes on between a node and those of the other sides.

    Attributes:
        node: Our node.
    """

    def __init__(self, node: Node) -> None:
        self.node = node

    def receipts(self, receiver: str | None = None) -> Iterator[Receipt]:
        """Who was handed what, in order."""
        return Receipts(self.node.folder / "receipts.sqlite").all(receiver)

    def withheld(self, side: str) -> int:
        """Of how many entries of a side only the leaf is here."""
        return len(self.node.log(side).withheld(most=MOST_WITHHELD))

    def serve(self, signer: AbstractSigner, host: str, *, port: int, ready: Ready) -> None:
        """Answers the other sides' nodes until it is told to stop.

        Raises:
            UsageError: If the address cannot be used.
        """
        sender = Sender(self.node, signer, way="network")
        try:
            serve(sender, host, port=port, ready=ready)
        finally:
            sender.close()

    def pull(self, url: str, signer: AbstractSigner, *, log: str | None = None) -> Pulled:
        """Takes what the node at an address has and we have not.

        Raises:
            FetchFailed: If it does not answer; what came before is kept.
            KeyRefused: If it is not the node of a side that we know.
            WitnessAlarm: If what it sends contradicts what was shown before.
        """
        node = self.node
        asker = Asker(node.party.side, signer, keys=lambda side: node_keys(node, side))
        with Connection(url, asker) as connection:
            side = connection.greet()
            return pull(node, side, ask=connection.ask, signer=signer, log=log)

    def export(self, path: Path, signer: AbstractSigner, *, to: str, whole: bool) -> tuple[Packed, ...]:
        """Writes a bundle for a party.

        Raises:
            UsageError: If the file cannot be written.
        """
        sender = Sender(self.node, signer, way="file")
        try:
            with path.open("wb") as file:
                return bundle.write_bundle(sender, file, to=to, whole=whole)
        except OSError as error:
            raise _no_file(path, error) from error
        finally:
            sender.close()

    def prove(self, placed: Placed, signer: AbstractSigner, *, to: str) -> bytes:
        """The file that proves one entry to a party; see :func:`acuerdo.record.between.proof.prove`."""
        return prove(self.node, placed, to=to, signer=signer)

    def take(self, path: Path, *, recover: bool = False) -> Iterator[Taken]:
        """Takes a bundle; what was taken before a fault is kept.

        Raises:
            UsageError: If the file cannot be read.
        """
        with opened(path) as file:
            yield from bundle.take_bundle(self.node, file, recover=recover)


def proven_in(path: Path, *, known: Sequence[Path] = ()) -> Text:
    """What a bundle proves to somebody who has no node.

    Args:
        path: The bundle.
        known: The sides' own files, which the bundle's must equal.
    """
    parties = [Party.read(one) for one in known]
    with opened(path) as file:
        found, logs = proving.proven_bundle(file, known=parties)
        return telling.told(found, logs, given={one.side for one in parties})


def is_bundle(path: Path) -> bool:
    """Whether a file says that it is a bundle."""
    with opened(path) as file:
        return file.read(len(bundle.FORMAT)) == bundle.FORMAT


@contextmanager
def opened(path: Path) -> Iterator[BinaryIO]:
    """A file to be read.

    Raises:
        UsageError: If it cannot be.
    """
    try:
        file = path.open("rb")
    except OSError as error:
        raise _no_file(path, error) from error
    with file:
        yield file


def _no_file(path: Path, error: OSError) -> UsageError:
    return UsageError(
        Problem(
            what=Text("The file cannot be read or written.", "El archivo no puede leerse o escribirse."),
            where=str(path),
            why=reason(error),
        )
    )

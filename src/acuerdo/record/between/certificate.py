"""A certificate for the encryption of a connection, made anew at each start and kept nowhere.

Nobody believes it for itself: who is at the other end is shown by what the node's key signs over it (``session``).
"""

from __future__ import annotations

import datetime
import os
import ssl
import tempfile
from pathlib import Path

from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


def serving_context() -> tuple[ssl.SSLContext, bytes]:
    """TLS for a server with a certificate of its own, and the sha256 of that certificate."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "acuerdo node")])
    # The dates are those that say nothing (RFC 5280, 4.1.2.5): no clock is asked.
    begin, end = (
        datetime.datetime(1970, 1, 1, tzinfo=datetime.UTC),
        datetime.datetime(9999, 12, 31, tzinfo=datetime.UTC),
    )
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), x509.random_serial_number(), begin, end)
        .add_extension(x509.BasicConstraints(ca=False, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    secret = os.urandom(32).hex().encode()
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "node.pem"
        private = key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.BestAvailableEncryption(secret),
        )
        file.write_bytes(private + made.public_bytes(serialization.Encoding.PEM))
        context.load_cert_chain(file, password=secret)
    return context, made.fingerprint(hashes.SHA256())


def asking_context() -> ssl.SSLContext:
    """TLS for who asks; whose certificate it is shows the session, not a list of authorities."""
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.minimum_version = ssl.TLSVersion.TLSv1_3
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE
    return context

"""Encryption by `age` or `gpg`, to public keys: whoever can read the backups cannot open them.

The private key is needed to restore, never to back up. https://age-encryption.org/v1
"""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from resources.backups import programs
from resources.backups.picture import Refused

AGE, GPG, OPEN = "age", "gpg", "none"
SUFFIXES = {AGE: ".age", GPG: ".gpg", OPEN: ""}
MAKE_ONE = "Make a pair of keys with age-keygen: docs/restoring.md says how."


class NoRecipient(Refused):
    """It is not known to whom to encrypt; the sentence says how to say it."""


@dataclass(frozen=True, slots=True)
class Recipients:
    """Whoever holds one of these private keys can open it. `keys`: age keys, or files of GPG."""

    way: str
    keys: tuple[str, ...]

    def names(self) -> list[str]:
        """The public keys as they can be told: an age key, a GPG fingerprint. No person's name."""
        return [_fingerprint(key) for key in self.keys] if self.way == GPG else list(self.keys)


IN_CLEAR = Recipients(OPEN, ())


def recipients(written: Sequence[str]) -> Recipients:
    """Those that BACKUP_RECIPIENT names. Raises `NoRecipient`."""
    keys = [key.strip() for key in written if key.strip()]
    if not keys:
        raise NoRecipient(f"Set BACKUP_RECIPIENT to the public key to encrypt to. {MAKE_ONE}")
    by_age = [key.startswith("age1") for key in keys]
    if all(by_age):
        return Recipients(AGE, tuple(keys))
    if any(by_age):
        raise NoRecipient("BACKUP_RECIPIENT: either age keys, or files of GPG keys, not both.")
    for key in keys:
        if not Path(key).is_file():
            raise NoRecipient(
                f"BACKUP_RECIPIENT: {key} is neither an age key (age1…) nor a file with the public"
                f" key of somebody's GPG. {MAKE_ONE}"
            )
    return Recipients(GPG, tuple(keys))


@contextmanager
def sealed(file: IO[bytes], to: Recipients) -> Iterator[IO[bytes]]:
    """What is written here goes into the file, encrypted."""
    if to.way == OPEN:
        yield file
        file.flush()
    elif to.way == AGE:
        names = [part for key in to.keys for part in ("--recipient", key)]
        with programs.fed(["age", "--encrypt", *names], stdout=file) as opened:
            yield opened
    else:
        with _home() as home:
            names = [part for key in to.keys for part in ("--recipient-file", key)]
            command = [*_gpg(home), "--trust-model=always", "--compress-algo=none", *names]
            with programs.fed([*command, "--encrypt"], stdout=file) as opened:
                yield opened


@contextmanager
def unsealed(file: IO[bytes], way: str, identity: Path | None) -> Iterator[Iterator[bytes]]:
    """What was written, piece by piece.

    `identity`: the file of the private key. Without one, GPG asks whoever runs this, by its agent.
    """
    if way == OPEN:
        yield programs.pieces(file)
    elif way == AGE:
        if identity is None:
            raise NoRecipient("Name the file of the private key with --identity.")
        command = ["age", "--decrypt", "--identity", str(identity)]
        with programs.read_from(command, stdin=file) as pieces:
            yield pieces
    elif identity is None:
        with programs.read_from(["gpg", "--quiet", "--decrypt"], stdin=file) as pieces:
            yield pieces
    else:
        with _home() as home:
            programs.run([*_gpg(home), "--import", str(identity)])
            # In this terminal it asks for the passphrase, if the key has one.
            command = [*_gpg(home, "--pinentry-mode=loopback"), "--decrypt"]
            with programs.read_from(command, stdin=file) as pieces:
                yield pieces


def _gpg(home: str, how: str = "--batch") -> list[str]:
    return ["gpg", f"--homedir={home}", "--no-options", how, "--quiet"]


@contextmanager
def _home() -> Iterator[str]:
    """A keyring of its own, gone afterwards with what was started for it."""
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as home:
        try:
            yield home
        finally:
            if shutil.which("gpgconf"):
                programs.run(["gpgconf", f"--homedir={home}", "--kill", "all"])


def _fingerprint(key: str) -> str:
    """The fingerprint of the first key in a file."""
    with _home() as home:
        said = programs.run([*_gpg(home), "--with-colons", "--show-keys", key]).decode()
    lines = [line.split(":") for line in said.splitlines()]
    return next((line[9] for line in lines if line[0] == "fpr"), "")

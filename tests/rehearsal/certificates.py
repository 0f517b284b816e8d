"""An authority of the run's own, and the certificates of the sites: made by the program openssl."""

from __future__ import annotations

import shutil
import ssl
import subprocess
from collections.abc import Iterable, Mapping
from concurrent.futures import ThreadPoolExecutor
from enum import StrEnum
from pathlib import Path

HOW_TO_GET_IT = "On Debian and Ubuntu: apt-get install openssl"
DAYS = 2
AT_ONCE = 4  # programs


class Certificate(StrEnum):
    """What a site shows who asks for https."""

    GOOD = "good"
    EXPIRED = "expired"
    SELF_SIGNED = "self-signed"
    WRONG_NAME = "of another name"


def is_there() -> bool:
    """Whether the program is."""
    return shutil.which("openssl") is not None


class Authority:
    """Signs certificates, in a folder that is the caller's to delete."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._key, self.certificate = folder / "key.pem", folder / "authority.pem"
        self._run("ecparam", "-genkey", "-name", "prime256v1", "-noout", "-out", self._key)
        named = ("-subj", "/CN=Authority of a rehearsal", "-days", str(DAYS))
        may_sign = ("-addext", "keyUsage=critical,keyCertSign")
        self._run("req", "-x509", *self._by_key(), *named, *may_sign, "-out", self.certificate)

    def contexts(self, sites: Mapping[str, Certificate]) -> dict[str, ssl.SSLContext]:
        """Host -> how it speaks TLS, with the certificate that it is to show."""
        with ThreadPoolExecutor(AT_ONCE) as pool:
            made = pool.map(self._context, range(len(sites)), sites, sites.values())
            return dict(zip(sites, made, strict=True))

    def _context(self, number: int, host: str, certificate: Certificate) -> ssl.SSLContext:
        file = self._folder / f"{number}.pem"
        name = f"other-{host}" if certificate == Certificate.WRONG_NAME else host
        # What is signed for less than no time has ended before it began.
        days = -1 if certificate == Certificate.EXPIRED else DAYS
        asked, extension = file.with_suffix(".csr"), file.with_suffix(".ext")
        extension.write_text(f"subjectAltName=DNS:{name}\n")
        self._run("req", "-new", *self._by_key(), "-subj", "/CN=Site", "-out", asked)
        signed = ("-extfile", extension, "-days", str(days), "-out", file)
        is_own = certificate == Certificate.SELF_SIGNED
        of_ours = ("-CA", self.certificate, "-CAkey", self._key)
        by = ("-signkey", self._key) if is_own else of_ours
        self._run("x509", "-req", "-in", asked, *by, "-set_serial", str(number + 2), *signed)
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(file, self._key)
        return context

    def _by_key(self) -> Iterable[str | Path]:
        return ("-key", self._key)

    def _run(self, *arguments: str | Path) -> None:
        subprocess.run(["openssl", *arguments], check=True, capture_output=True)

"""From the bytes of an answer to its text, whatever the bytes are, and never more than so much."""

from __future__ import annotations

import zlib

ACCEPTED = "gzip, deflate"
PACKED = frozenset({"gzip", "x-gzip", "deflate"})

GZIP_OR_ZLIB = zlib.MAX_WBITS | 32
RAW = -zlib.MAX_WBITS

# By name, with what pages that say so are in truth; whatever else a page says, it is read as
# UTF-8. Python knows more codecs, some of which a stranger must not choose.
CHARSETS = {
    "ascii": "cp1252",
    "iso-8859-1": "cp1252",
    "latin1": "cp1252",
    "us-ascii": "cp1252",
    "utf-16": "utf-16",
    "windows-1252": "cp1252",
}
DECLARED_WITHIN = 2_048  # bytes from the beginning of a page


class Unpacking:
    """Bytes as they come in, the text's bytes as they come out, at most so many.

    Raises nothing: what is damaged, or packed in a way that was not asked for, is left out, and
    `is_whole` is False.
    """

    def __init__(self, encoding: str, most: int) -> None:
        self.is_whole = True
        self._parts: list[bytes] = []
        self._left = most
        self._came = 0
        name = encoding.strip().lower()
        self._is_plain = name in ("", "identity")
        self._inflate = zlib.decompressobj(GZIP_OR_ZLIB) if name in PACKED else None

    def feed(self, data: bytes) -> bool:
        """Take in bytes; returns whether more are of use."""
        self._came += len(data)
        if self._is_plain:
            out = data[: self._left]
            cut = len(data) > self._left
        else:
            out = self._inflated(data)
            cut = False
        self._parts.append(out)
        self._left -= len(out)
        if cut or self._left <= 0:
            self.is_whole = False
        return self.is_whole

    def end(self) -> bytes:
        """All that has come out."""
        if self._came and self._inflate and not self._inflate.eof:
            self.is_whole = False
        return b"".join(self._parts)

    def _inflated(self, data: bytes) -> bytes:
        if self._inflate is None:
            self.is_whole = False
            return b""
        try:
            return self._inflate.decompress(data, self._left)
        except zlib.error:
            return self._without_a_header(data)

    def _without_a_header(self, data: bytes) -> bytes:
        """Some servers send "deflate" without the header that belongs to it."""
        if not self._parts:
            self._inflate = zlib.decompressobj(RAW)
            try:
                return self._inflate.decompress(data, self._left)
            except zlib.error:
                pass
        self.is_whole = False
        return b""


def as_text(body: bytes, content_type: str) -> str:
    """The text, in the charset that the header or the page itself names. Raises nothing."""
    if body.startswith((b"\xff\xfe", b"\xfe\xff")):
        return body.decode("utf-16", errors="replace")
    beginning = body[:DECLARED_WITHIN].decode("ascii", errors="replace")
    name = _charset(content_type) or _charset(beginning)
    return body.decode(CHARSETS.get(name, "utf-8"), errors="replace")


def _charset(words: str) -> str:
    """What stands behind `charset=`, in lower case."""
    _, _, behind = words.lower().partition("charset=")
    behind = behind.lstrip(" \"'")
    length = next((at for at, sign in enumerate(behind) if sign in " ;\"'/>"), len(behind))
    return behind[:length]

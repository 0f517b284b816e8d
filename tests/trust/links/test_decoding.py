"""From bytes to text."""

from __future__ import annotations

import gzip
import zlib

import pytest

from resources.trust.links.decoding import Unpacking, as_text


def unpacked(data: bytes, encoding: str, most: int = 1_000, step: int = 7) -> tuple[bytes, bool]:
    unpacking = Unpacking(encoding, most)
    for at in range(0, len(data), step):
        if not unpacking.feed(data[at : at + step]):
            break
    return unpacking.end(), unpacking.is_whole


HELLO = b"hello, hello, hello"


@pytest.mark.parametrize(
    ("data", "encoding"),
    [
        (HELLO, ""),
        (HELLO, "identity"),
        (gzip.compress(HELLO), "gzip"),
        (gzip.compress(HELLO), " X-GZIP"),
        (zlib.compress(HELLO), "deflate"),
        (zlib.compress(HELLO)[2:-4], "deflate"),
    ],
    ids=["nothing", "identity", "gzip", "x-gzip", "deflate", "deflate without a header"],
)
def test_it_unpacks_what_was_asked_for(data: bytes, encoding: str) -> None:
    assert unpacked(data, encoding) == (HELLO, True)


@pytest.mark.parametrize("encoding", ["br", "zstd", "gzip, gzip", "deflate, gzip", "\x00"])
def test_it_leaves_alone_what_was_not_asked_for(encoding: str) -> None:
    assert unpacked(HELLO, encoding) == (b"", False)


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_it_stops_at_the_limit(encoding: str) -> None:
    data = bytes(10_000)
    packed = gzip.compress(data) if encoding else data

    assert unpacked(packed, encoding, most=500) == (bytes(500), False)


def test_what_breaks_off_is_kept_as_far_as_it_came() -> None:
    text, is_whole = unpacked(gzip.compress(HELLO)[:-12], "gzip")

    assert HELLO.startswith(text)
    assert not is_whole


@pytest.mark.parametrize(
    ("body", "content_type", "text"),
    [
        ("año".encode(), "text/html", "año"),
        ("año".encode("latin-1"), "text/html; charset=ISO-8859-1", "año"),
        ("“año”".encode("cp1252"), 'text/html; charset="iso-8859-1"', "“año”"),
        ("<meta charset=windows-1252>año".encode("cp1252"), "", "<meta charset=windows-1252>año"),
        ("año".encode("utf-16"), "text/html", "año"),
        (b"a\xffo", "text/html; charset=utf-8", "a\ufffdo"),
        (b"plain", "text/html; charset=idna", "plain"),
        (b"plain", "text/html; charset=unicode_escape", "plain"),
        (b"plain", "text/html; charset=../../x\x00", "plain"),
        (b"plain", "text/html; charset=", "plain"),
    ],
)
def test_it_reads_the_charset(body: bytes, content_type: str, text: str) -> None:
    assert as_text(body, content_type) == text

"""The bytes of a file as they come, held to UTF-8: in pieces, or line by line."""

from __future__ import annotations

import codecs
import zipfile
import zlib
from collections.abc import Callable, Iterator
from typing import IO, NoReturn

from resources.interchange.intake.sources.bounds import MOST_BYTES, MOST_OF_RECORD
from resources.interchange.refusal import Problem, Refused

A_PIECE = 1 << 16
UTF_16 = (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)
# What a damaged or hostile zip, gzip or disk makes reading raise.
BROKEN = (
    zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError, RuntimeError,
)  # fmt: skip


class Letters:
    """Reads `file` once, as `name`. All that is wrong with it is raised as `Refused`."""

    def __init__(
        self, file: IO[bytes], name: str, tell: Callable[[int], None] = lambda count: None
    ) -> None:
        self.line = 1  # which is being read
        self._file, self._name, self._tell = file, name, tell

    def refuse(self, cure: str, record: str = "") -> NoReturn:
        """Raise `Refused` for the file as a whole."""
        raise Refused([Problem(self._name, record, "", cure)])

    def pieces(self) -> Iterator[bytes]:
        """The bytes, without a byte order mark."""
        decoder = codecs.getincrementaldecoder("utf-8")()
        count = 0
        while piece := self._read():
            if count == 0:
                self._refuse_other_letters(piece)
                piece = piece.removeprefix(codecs.BOM_UTF8)
            count += len(piece)
            if count > MOST_BYTES:
                self.refuse(f"More than {MOST_BYTES // 2**30} GB, unpacked. Give it in parts.")
            self._tell(len(piece))
            held = len(decoder.getstate()[0])
            try:
                decoder.decode(piece)
            except UnicodeDecodeError as error:
                self.line += piece.count(b"\n", 0, max(error.start - held, 0))
                self._refuse_letters()
            yield piece
            self.line += piece.count(b"\n")
        try:
            decoder.decode(b"", final=True)
        except UnicodeDecodeError:
            self._refuse_letters()

    def lines(self) -> Iterator[tuple[int, str]]:
        """Each line with its number, its end kept."""
        rest, number = b"", 0
        for piece in self.pieces():
            *whole, rest_of_piece = piece.split(b"\n")
            for line in whole:
                number += 1
                yield number, (rest + line).decode() + "\n"
                rest = b""
            rest += rest_of_piece
            if len(rest) > MOST_OF_RECORD:
                self.refuse(
                    f"Line {number + 1} is longer than {MOST_OF_RECORD // 2**20} MB. "
                    "Write one record a line."
                )
        if rest:
            yield number + 1, rest.decode()

    def _read(self) -> bytes:
        try:
            return self._file.read(A_PIECE)
        except BROKEN as error:
            self.refuse(f"The file is damaged or cut off ({error}). Fetch it again.")

    def _refuse_other_letters(self, begins: bytes) -> None:
        if begins.startswith(UTF_16) or b"\x00" in begins[:4]:
            self.refuse("The file is in UTF-16. Save it as UTF-8.")

    def _refuse_letters(self) -> NoReturn:
        self.refuse(
            f"Line {self.line} is not in UTF-8; the file may be in Latin-1 or Windows-1252. "
            "Save it as UTF-8."
        )

"""QR codes, for whoever has the paper and a phone with a camera."""

from __future__ import annotations

import segno
from django.utils.safestring import SafeString


def square_of(url: str, says: str) -> SafeString:
    """The address as a square, drawn in the page itself; `says` is its text for who cannot see it.

    A shape and a title, without any style: the content policy lets it through. The fewest squares
    that hold the address, as large as they can be: that is what a camera reads best.
    """
    code = segno.make(url, error="l", micro=False)
    return SafeString(
        code.svg_inline(title=says, svgclass=None, lineclass=None, omitsize=True, border=2)
    )

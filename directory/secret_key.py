"""The secret key: given in production, made once by itself anywhere else."""

from __future__ import annotations

import os
import secrets
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured

MAKE_ONE = "python3 -c 'import secrets; print(secrets.token_urlsafe(50))'"


def secret_key(given: str, *, required: bool, kept_in: Path) -> str:
    """The key that was given; else, unless one is required, the one kept in that file.

    The file is made where it is missing. Raises ImproperlyConfigured where a key is required.
    """
    if given:
        return given
    if required:
        raise ImproperlyConfigured(
            "PUBLIC_URL is set, so SECRET_KEY must be set too. "
            f"Make one with: {MAKE_ONE} and keep it where the server's other secrets are."
        )
    if not kept_in.exists():
        _make(kept_in)
    return kept_in.read_text()


def _make(path: Path) -> None:
    """Write a new key; where two processes do so at once, the first one's stays."""
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    draft = path.with_name(f"{path.name}.{os.getpid()}.{secrets.token_hex(4)}")
    draft.touch(mode=0o600, exist_ok=False)
    draft.write_text(secrets.token_urlsafe(50))
    try:
        os.link(draft, path)  # unlike a rename, this never replaces a file that is there
    except FileExistsError:
        pass
    finally:
        draft.unlink()

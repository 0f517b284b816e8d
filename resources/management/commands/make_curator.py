"""`manage.py make_curator`: a curator from the command line; the first is an administrator."""

from __future__ import annotations

import os
from getpass import getpass
from typing import Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError, CommandParser

from resources import accounts, audit, roles
from resources.models import Curator


class Command(BaseCommand):
    help = "Makes a curator. The first one is an administrator, who invites the others at the desk."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("--username", help="the name to sign in with")
        parser.add_argument("--email", help="where links to set a password go")
        parser.add_argument(
            "--role", choices=list(roles.PERMISSIONS), help="administrator for the first one"
        )
        parser.add_argument(
            "--no-input",
            action="store_true",
            help="ask nothing; the password is in CURATOR_PASSWORD",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        self.asks = not options["no_input"]
        try:
            self._make(options)
        except EOFError:
            raise CommandError(
                "Nobody answers here. Say --no-input, --username and --email, with the password in"
                " CURATOR_PASSWORD."
            ) from None

    def _make(self, options: dict[str, Any]) -> None:
        is_first = not roles.administrators().exists()
        role = options["role"] or (roles.ADMINISTRATOR if is_first else roles.EDITOR)
        curator = Curator(
            username=options["username"] or self._ask("Name to sign in with: "),
            email=options["email"] or self._ask("Email: "),
        )
        password = getpass("Password: ") if self.asks else os.environ.get("CURATOR_PASSWORD", "")
        self._check(curator, password)
        accounts.make_curator(
            username=curator.username, email=curator.email, role=role, password=password
        )
        audit.note("make_curator", audit.What.INVITED, f"{curator.username}, {role}")
        self.stdout.write(f"{curator.username} can sign in at /admin/ ({role}).")

    def _ask(self, prompt: str) -> str:
        if not self.asks:
            raise CommandError("With --no-input, say --username and --email.")
        return input(prompt).strip()

    def _check(self, curator: Curator, password: str) -> None:
        """Refuse a name that is taken, an address that is none, and a weak password."""
        try:
            curator.clean_fields(exclude=["password"])
            curator.validate_unique()
            validate_password(password, curator)
        except ValidationError as error:
            raise CommandError(" ".join(error.messages)) from error
        if self.asks and getpass("Password again: ") != password:
            raise CommandError("The two passwords are not the same.")

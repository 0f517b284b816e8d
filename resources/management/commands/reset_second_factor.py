"""`manage.py reset_second_factor <username>`: for the last administrator, who lost theirs."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand, CommandError, CommandParser

from resources import accounts
from resources.models import Curator


class Command(BaseCommand):
    help = "Removes a curator's second factor. They sign in with their password and add a new one."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("username", help="the name to sign in with")

    def handle(self, *args: Any, **options: Any) -> None:
        curator = Curator.objects.filter(username=options["username"]).first()
        if curator is None:
            raise CommandError(f"There is no curator named {options['username']}.")
        accounts.reset_second_factor(curator, by="reset_second_factor")
        self.stdout.write(f"{curator.username} is signed out, and adds a new one at /admin/.")

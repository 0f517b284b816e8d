"""Somebody with a list of their own, and the links of lists that others made."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.test import Client
from django.utils import timezone
from django.utils.translation import override

from resources.handouts.code import code_of
from resources.handouts.handout import HandOut
from resources.handouts.own import opened
from resources.models import Resource
from tests.views.page import Page

DAY = dt.date(2026, 11, 3)


class Reader:
    """Somebody with a browser that keeps its cookies."""

    def __init__(self, cookie: str = "") -> None:
        self.client = Client(headers={"host": "localhost"}, raise_request_exception=False)
        if cookie:
            self.client.cookies["list"] = cookie

    def get(self, path: str) -> Any:
        with override("en"):
            return self.client.get(path)

    def post(self, path: str, came_from: str = "", **said: Any) -> Any:
        headers = {"referer": came_from} if came_from else {}
        with override("en"):
            return self.client.post(path, said, headers=headers)

    def add(self, *resources: Resource, came_from: str = "http://localhost/needs/") -> Any:
        for resource in resources:
            response = self.post("/list/add/", came_from, add=resource.pk)
        return response

    @property
    def cookie(self) -> Any:
        return self.client.cookies["list"]

    @property
    def numbers(self) -> tuple[int, ...]:
        return opened(self.cookie.value).numbers

    @property
    def code(self) -> str:
        return code_of(HandOut(self.numbers, timezone.localdate()))


def page_of(response: Any) -> Page:
    assert response.status_code == 200
    return Page(response.content.decode())


def link(*resources: Resource | int, made: dt.date = DAY) -> str:
    numbers = tuple(one if isinstance(one, int) else one.pk for one in resources)
    return f"/l/{code_of(HandOut(numbers, made))}"

"""What every endpoint is, what a list is, what a single thing is, and what is answered instead."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any, ClassVar
from uuid import UUID

from django.core.exceptions import SuspiciousOperation
from django.http import HttpResponse
from django.http.response import HttpResponseBase
from rest_framework.exceptions import APIException, NotFound, Throttled
from rest_framework.renderers import JSONRenderer
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView, exception_handler

from resources.api.answering import as_json, as_lines, opened, page
from resources.api.choosing import Chosen
from resources.api.limits import MINUTE, Limit, may_stream
from resources.api.parameters import Refused, read, read_id, size_of
from resources.api.reading import (
    MOST_BYTES,
    AlwaysJSON,
    FormParser,
    JSONParser,
    MultiPartParser,
    given,
)
from resources.context import directory_of
from resources.hsds import profile
from resources.hsds.telling import Document, Telling
from resources.models import PublicationState

# Parameters whose answers are for whoever asked: they say what somebody looks for.
WORDS = frozenset({"search", "postcode"})
PAGED = ("page", "per_page", "format")


class TooLarge(APIException):
    """413."""

    status_code = 413
    default_detail = f"Send at most {MOST_BYTES // 1024} kilobytes."


class LengthRequired(APIException):
    """411: a body that does not say its length would be passed over, and all be answered."""

    status_code = 411
    default_detail = "Say how long the body is, in Content-Length, and send it in one piece."


class Gone(APIException):
    """410: it was taken down."""

    status_code = 410

    def __init__(self, stone: Document) -> None:
        detail = "This was taken down." + (
            " It goes on as replaced_by." if "replaced_by" in stone else ""
        )
        super().__init__({"detail": detail, **stone})


class Open(APIView):
    """What every endpoint is: for everybody, without session, key or cookie; JSON in and out."""

    authentication_classes: ClassVar[Any] = ()
    permission_classes: ClassVar[Any] = ()
    parser_classes: ClassVar[Any] = (JSONParser, FormParser, MultiPartParser)
    renderer_classes: ClassVar[Any] = (JSONRenderer,)
    throttle_classes: ClassVar[Any] = (Limit,)
    content_negotiation_class = AlwaysJSON
    is_private = False

    def initial(self, request: Request, *args: Any, **kwargs: Any) -> None:
        said = request.META.get("CONTENT_LENGTH") or "0"
        if said.isascii() and said.isdecimal() and int(said[:20]) > MOST_BYTES:
            raise TooLarge
        if "chunked" in request.headers.get("Transfer-Encoding", "").lower():
            raise LengthRequired
        super().initial(request, *args, **kwargs)

    def options(self, request: Request, *args: Any, **kwargs: Any) -> HttpResponseBase:
        return HttpResponse(status=204, headers={"Allow": ", ".join(self.allowed_methods)})

    def finalize_response(
        self, request: Any, response: Any, *args: Any, **kwargs: Any
    ) -> HttpResponseBase:
        answer = super().finalize_response(request, response, *args, **kwargs)
        return opened(answer, is_private=self.is_private)

    def get_exception_handler(self) -> Callable[..., Any]:
        return refused

    def telling(self, request: Request) -> Telling:
        """What documents are written with."""
        return Telling(directory_of(request._request), request.build_absolute_uri)

    def asked(self, request: Request, names: Sequence[str]) -> dict[str, Any]:
        """The parameters that were given. Raises `Refused`."""
        found: dict[str, Any] = {}
        for pairs in given(request):
            found |= read(pairs, names)
        self.is_private = request.method == "POST" or bool(WORDS & found.keys())
        return found


def refused(error: Exception, context: Any) -> Response | None:
    """The answer to what cannot be answered: what is wrong, and what to do."""
    if isinstance(error, Refused):
        said = {"detail": error.detail, "parameter": error.parameter}
        return Response(said, status=error.status)
    if isinstance(error, SuspiciousOperation):
        return Response({"detail": "This cannot be read. Send fewer parameters."}, status=400)
    answer: Response | None = exception_handler(error, context)
    return answer


class ListOf(Open):
    """A list: told a page at a time or as a stream. `about`: what it holds, to translate."""

    about: ClassVar[Any]
    parameters: ClassVar[tuple[str, ...]] = ()
    choose: ClassVar[Callable[..., Chosen[Any]]]
    write: ClassVar[Callable[..., Iterator[Document]]]

    def get(self, request: Request) -> HttpResponseBase:
        asked = self.asked(request, (*self.parameters, *PAGED))
        telling = self.telling(request)
        chosen = type(self).choose(asked, telling.directory)
        if asked.get("format") == "ndjson":
            return self._stream(request, chosen, asked, telling)
        number, size = asked.get("page", 1), size_of(asked)
        keys = chosen.part((number - 1) * size, min(number * size, chosen.total))
        contents = type(self).write(keys, asked, telling)
        document = page(contents, total=chosen.total, number=number, size=size)
        return as_json(request._request, document, telling.directory)

    def post(self, request: Request) -> HttpResponseBase:
        return self.get(request)

    def _stream(
        self, request: Request, chosen: Chosen[Any], asked: Mapping[str, Any], telling: Telling
    ) -> HttpResponseBase:
        if not may_stream(request):
            raise Throttled(wait=MINUTE)
        documents = type(self).write(chosen.every(), asked, telling)
        return as_lines(request._request, documents, telling.directory)


class OneOf(Open):
    """A single thing by its id, in full."""

    parameters: ClassVar[tuple[str, ...]] = ()
    http_method_names: ClassVar[Any] = ["get", "head", "options"]

    def get(self, request: Request, public_id: str) -> HttpResponseBase:
        asked = self.asked(request, self.parameters)
        telling = self.telling(request)
        try:
            document = self.find(read_id(public_id), asked, telling)
        except ValueError:
            document = None
        if document is None:
            raise NotFound("Nothing here has this id. The list at the address above has them all.")
        return as_json(request._request, document, telling.directory)

    def find(self, public_id: UUID, asked: Mapping[str, Any], telling: Telling) -> Document | None:
        """The document with this id; None where there is none. Raises `Gone`."""
        raise NotImplementedError


def published(model: Any, public_id: UUID) -> int | None:
    """The key of what is published under this id. Raises `Gone` for what was taken down."""
    entry = model.objects.select_related("merged_into").filter(public_id=public_id).first()
    if entry is not None and entry.publication_state == PublicationState.WITHDRAWN:
        raise Gone(profile.tombstone(entry))
    return entry.pk if entry is not None and entry.is_published else None

"""A seeded generator of malformed requests for the public site.

The same seed gives the same requests, on every machine. A request is kept as the bytes that go
over the wire, so that it can be sent to Django's test client and to a real server alike.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import islice
from urllib.parse import quote_from_bytes

SEED = 20261124
IN_FULL = 2000

Random = random.Random
Headers = tuple[tuple[str, bytes], ...]


@dataclass(frozen=True, slots=True)
class Attack:
    """One request: `path` and `query` as on the request line, `kind` says what is odd about it."""

    kind: str
    path: bytes
    query: bytes = b""
    method: str = "GET"
    headers: Headers = ()
    body: bytes = b""

    @property
    def target(self) -> bytes:
        """Path and query as they stand on the request line."""
        return self.path + (b"?" + self.query if self.query else b"")

    def __str__(self) -> str:
        headers = " ".join(f"{name}: {value[:40]!r}" for name, value in self.headers)
        return f"[{self.kind}] {self.method} {self.target[:160]!r} {headers}".strip()


def attacks(count: int = IN_FULL, seed: int = SEED) -> list[Attack]:
    """So many requests, each kind in its turn; the first `n` are the same for every `count`."""
    return list(islice(_endless(Random(seed)), count))


def _endless(rng: Random) -> Iterator[Attack]:
    while True:
        for kind, make in KINDS.items():
            yield make(rng, kind)


# --- What is typed -------------------------------------------------------------------------------

ARABIC_ZIP, DEVANAGARI_ZIP, FULLWIDTH_ZIP = "٤٣٠٠٤", "४३००४", "４３００４"

WORDS = tuple(
    text.encode()
    for text in (
        "'", '"', "''", '""', '"copay', 'copay"', "'; DROP TABLE resources_resource; --",
        "' OR '1'='1", "1; SELECT pg_sleep(5)", "%", "_", "\\", "\\\\", "%%", "{{ 7*7 }}",
        "{% debug %}", "${7*7}", "%(total)s", "%s%s%s%n", "{0}", "../../../../etc/passwd", "NEAR",
        "NEAR(copay ride, 5)", "copay NEAR ride", "copay NEAR/3 ride", "AND", "OR", "NOT",
        "copay AND", "AND copay", "copay OR", "NOT NOT NOT", "copay AND AND ride", "*", "**",
        "cop*", "*copay", '"cop"*', "^copay", "copay^5", ":", "names:copay", "names : copay",
        "{names texts} : copay", "-names:copay", "(", ")", "((((", "))))", "()", "(copay",
        "copay)", "(copay OR (ride", "+", "copay + ride", "-", "--", "-copay", "!copay",
        "copay & ride", "copay | ride", "copay <-> ride", "copay:*", "copay:ABCD", "<->", "&", "|",
        "!", "!!", "a" * 50_000, "a " * 25_000, '"' * 50_000, "(" * 50_000, "copay " * 8_000,
        "é" * 20_000, "\u0000", "copay\u0000ride", "\u0000" * 50, "\u0001\u0002\u001f\u007f",
        "\r\nSet-Cookie: a=b", "\n" * 500, "\t \v \f", "\u2028\u2029", "\ufeff", "\ufffe",
        "\uffff", "\u202e copay", "\u200f\u200e\u2066\u2069", "ع\u200fربي", "שלום", "中文字符",
        "ひらがな",
        "नमस्ते", "ไม่มีช่องว่าง", "Ω≈ç√∫", "ﬁnancial", "ＣＯＰＡＹ", "ſtraße", "İstanbul", "ı",
        "ß" * 300, "👩‍👩‍👧‍👦", "🏥" * 200, "🇺🇸", "e\u0301" * 300, "Z" + "\u0351" * 500,
        "\u1160\u115f\u3164", "①②③", "²³", "Ⅷ", "٤٥٦", "१२३", "𝟘𝟙𝟚", "½", "1e309", "NaN",
        "Infinity", "-0", "0x10", "99999999999999999999999999", "null", "None", "undefined",
        "true", "[]", "{}", "<script>alert(1)</script>", '"><script>alert(1)</script>',
        "</title><script>alert(1)</script>", "javascript:alert(1)",
        "' onfocus=alert(1) autofocus='", "&lt;b&gt;&amp;", "<!--", "]]>", "&#x0;", "&copy;",
        "http://127.0.0.1/", "file:///etc/passwd", "//example.org", "C++", "ALL", "la", "me", "a",
        "1", "?", "???", "#", ";", "a;b", "a=b&c=d", ",", ".", "...",
    )
)  # fmt: skip

BROKEN_UTF8 = (
    b"\xff", b"\xfe\xff", b"copay\xff", b"\xc3", b"\xc3\x28", b"\xe2\x28\xa1", b"\x80\x80",
    b"\xc0\x80", b"\xc0\xaf", b"\xe0\x80\xaf", b"\xf0\x80\x80\xaf", b"\xed\xa0\x80",
    b"\xed\xbf\xbf", b"\xed\xa0\xbd\xed\xb8\x80", b"\xf4\x90\x80\x80", b"\xf8\x88\x80\x80\x80",
    b"\xff" * 2_000,
)  # fmt: skip

# What stands after "?" undecoded: broken escapes, no names, no values, separators only.
RAW_QUERIES = (
    b"%", b"%%", b"%2", b"%zz", b"q=%", b"q=%u0041", b"q=%00", b"q=%ff%fe", b"q=%ed%a0%80",
    b"q=%c0%80", b"q", b"=", b"=q", b"&", b"&&&&", b"q=a&&q=b", b"?", b"??q=a", b"q=a?need=b",
    b"q=a;need=copay", b"q[]=a", b"q[0]=a", b"q[a][b]=c", b"q.a=b", b"q%00=a", b"%71=copay",
    b"q=+", b"q=+++", b"q=%2B", b"q=%20", b"q=a%0d%0aSet-Cookie:%20a=b", b"q=" + b"%20" * 9_000,
    b"q=" + b"%00" * 5_000, b"a" * 50_000, b"&" * 50_000, b"=&" * 900, b"q=" + b"a" * 60_000,
)  # fmt: skip

PAGES = (
    "99999999", "-1", "0", "1e9", "1.5", "+1", " 1", "1 ", "٣", "१", "２", "²", "𝟚", "0x1", "00",
    "01", "9" * 400, "-" + "9" * 400, "NaN", "inf", "1\u0000", "", "last", "null", "1,2", "1'",
    "10001", "999999", "1000000", "2147483648", "9223372036854775808", "18446744073709551616", "½",
    "1_0",
)  # fmt: skip

SEARCHED = (
    *(b"/search/", b"/es/search/", b"/suggestions/"),
    *(b"/open-now/", b"/search/feed/", b"/open-now/feed/"),
)

AREAS = (
    "99999", "00000", ARABIC_ZIP, DEVANAGARI_ZIP, FULLWIDTH_ZIP, "43004-", "43004-1",
    "43004-12345", "43004-١٢٣٤", "4300", "430044", "43004\n", " 43004 ", "43004\u0000", "-43004",
    "+4300", "4.3e4", "09001", "34001", "96201", "96799", "96960", "96941", "00601", "00801", "oh",
    "Oh", "OHIO", "XX", "O", "İL", "ﬂ", "ﬁ", "ß", "OH,TX", "OH'", "OH\u0000", "ohio", "DC", "PR",
    "U.S.", "national", "*", "O%", "²²²²²", "①②③④⑤", "𝟒𝟑𝟎𝟎𝟒", "４３００4", "43004" * 50,
    "OH" * 5_000, "",
)  # fmt: skip

SLUGS = (
    "nothing-here", "a" * 90, "a" * 91, "a" * 5_000, "-", "--", "_", "-a", "a-", "A", "COPAY", "0",
    "1", "99999999999999999999", "copay'", 'copay"', "copay%00", "copay%ff", "copay%ed%a0%80",
    "copay%0a", "copay%20", "%20copay", "%2e%2e", "..", "..%2f", "..%2f..%2fetc%2fpasswd",
    "%2e%2e%2f", "a%2fb", "a%252fb", "a\\b", "a%5cb", "copay;a=b", "copay.html", "copay.json",
    "copay~", "copay*", "(copay)", "copay%E2%80%AE", "%D9%A4%D9%A3%D9%A0%D9%A0%D9%A4",
    "%F0%9F%8F%A5", "n%C3%A9ed", "ne%CC%81ed", "%EF%BC%A3", "%C2%B2", "<script>alert(1)</script>",
    "%3Cscript%3Ealert(1)%3C/script%3E", "{{7*7}}", "%7B%7B7*7%7D%7D", "%", "%2", "%zz", "%25",
    "%2525", "None", "null", "admin", "es", "static",
)  # fmt: skip

PATHS = (
    "//", "///", "/es", "/es//", "/es/es/", "/ES/", "/Es/search/", "/en/", "/fr/", "/es/search",
    "/search", "/search//", "//search/", "/search/../search/", "/./search/", "/search/./", "/../",
    "/..", "/../../etc/passwd", "/..%2f", "/..%2f..%2fetc%2fpasswd", "/%2e%2e/%2e%2e/", "/%2e/",
    "/%2f", "/%2f%2f", "/%5c", "/\\", "/%5c%5cexample.org/", "//example.org/",
    "//example.org/search/", "///example.org/%2f..", "/https://example.org/", "/%00",
    "/search/%00", "/%ff", "/%ff/", "/search/%ff/", "/%c0%af", "/%ed%a0%80/", "/%e2%80%ae/",
    "/%0d%0aSet-Cookie:%20a=b", "/%0a", "/%09", "/%20", "/ search/", "/search /", "/;",
    "/;/search/", "/search;a=b/", "/%3f", "/search%3fq=a", "/%23",
    "/search/%3Cscript%3Ealert(1)%3C/script%3E", "/٤٣/", "/é/", "/🏥/", "/index.php",
    "/wp-login.php", "/.env", "/.git/config", "/robots.txt/", "/robots.txt%00", "/sitemap.xml/",
    "/sitemap-.xml", "/sitemap-nothing.xml", "/sitemap-" + "a" * 5_000 + ".xml",
    "/sitemap-%00.xml", "/favicon.ico", "/static/", "/static/../manage.py",
    "/static/..%2f..%2fmanage.py", "/static/%2e%2e/%2e%2e/db.sqlite3", "/static//etc/passwd",
    "/static/%00", "/static/%ff", "/static/" + "a/" * 2_000, "/static/resources/nothing.css",
    "/healthz/", "/readyz%00", "/" + "a" * 50_000, "/" + "a/" * 20_000, "/" + "%41" * 15_000,
    "/" + "../" * 5_000, "/search/" + "?" * 500, "*", "/resources/", "/organisations/",
    "/states/ohio", "/needs/copay/extra/",
)  # fmt: skip

METHODS = (
    "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "HEAD", "TRACE", "PROPFIND", "MKCOL", "get",
    "GETT", "SEARCH",
)  # fmt: skip

TYPES = (
    b"application/x-www-form-urlencoded", b"multipart/form-data",
    b"multipart/form-data; boundary=", b"multipart/form-data; boundary=x", b"application/json",
    b"text/plain", b"application/xml", b"", b"application/x-www-form-urlencoded; charset=nonsense",
    b"*/*", b"\xff\xfe", b"a" * 5_000,
)  # fmt: skip

BODIES = (
    b"", b"q=copay", b"q=%00", b"q=%ff", b"\x00" * 500, b"\xff" * 500, b"{", b'{"q": "copay"}',
    b"[" * 5_000, b"--x\r\nContent-Disposition: form-data; name=\"q\"\r\n\r\ncopay\r\n--x--\r\n",
    b"--x\r\n", b"--x--",
    b"--x\r\nContent-Disposition: form-data; name=\"f\"; filename=\"../a\"\r\n\r\na\r\n--x--\r\n",
    b"&".join(b"q=a" for _ in range(1_500)), b"a" * 200_000, b"csrfmiddlewaretoken=" + b"a" * 64,
)  # fmt: skip

HEADERS: tuple[tuple[str, bytes], ...] = (
    ("HX-Request", b"true"), ("HX-Request", b"false"), ("HX-Request", b"\xff"),
    ("HX-Request", b"a" * 9_000), ("HX-Boosted", b"true"), ("HX-History-Restore-Request", b"true"),
    ("HX-Target", b"'\"<script>alert(1)</script>"), ("HX-Current-URL", b"%ff%00"),
    ("HX-Current-URL", b"http://[::1"), ("HX-Current-URL-URI-AutoEncoded", b"true"),
    ("HX-Prompt", b"\xed\xa0\x80"), ("HX-Trigger", b"{"), ("HX-Trigger-Name", "٤".encode()),
    ("Triggering-Event", b"{"), ("Triggering-Event", b"[" * 9_000), ("Triggering-Event", b"\xff"),
    ("Accept-Language", b""), ("Accept-Language", b"es"), ("Accept-Language", b"es;q=9"),
    ("Accept-Language", b"*"), ("Accept-Language", b"xx-" * 3_000),
    ("Accept-Language", b"es;q=0.5," * 3_000), ("Accept-Language", b"\xff\xff"),
    ("Accept-Language", b"../../etc/passwd"), ("Accept-Language", b"de-\x80"),
    ("Accept-Language", b"a" * 9_000), ("Accept-Encoding", b"gzip;q=0, *;q=0"),
    ("Accept-Encoding", b"zstd, br, nonsense"), ("Accept-Encoding", b"\xff"),
    ("Accept", b"application/nonsense"), ("Accept", b"*/*;q=x"), ("Accept", b"a/" * 4_000),
    ("Accept-Charset", b"\xff"), ("X-Forwarded-For", b"nonsense"),
    ("X-Forwarded-For", b"127.0.0.1, " * 900), ("X-Forwarded-For", b"\xff"),
    ("X-Forwarded-For", b"::ffff:127.0.0.1%lo"), ("X-Forwarded-Host", b"example.org"),
    ("X-Forwarded-Host", b"\xff"), ("X-Forwarded-Proto", b"https"),
    ("X-Forwarded-Proto", b"gopher"), ("X-Forwarded-Port", b"-1"),
    ("X-Forwarded-Port", b"99999999"), ("Forwarded", b"for=\"[::1\";proto="), ("X-Real-IP", b"'"),
    ("X-Forwarded-Prefix", b"/../"), ("X-Original-URL", b"/admin/"), ("X-Rewrite-URL", b"/admin/"),
    ("X-HTTP-Method-Override", b"DELETE"), ("X-CSRFToken", b"\xff" * 90),
    ("X-Requested-With", b"XMLHttpRequest"), ("Cookie", b"sessionid=" + b"a" * 4_000),
    ("Cookie", b"sessionid=\xff"), ("Cookie", b"=;=;=;"), ("Cookie", b";" * 4_000),
    ("Cookie", b"csrftoken=\x80; django_language=es"), ("Cookie", b"django_language=../../x"),
    ("Cookie", b"messages=[[\"x\"]]"), ("Cookie", b"sessionid=" + "٤".encode()),
    ("Cookie", b"__proto__=a; constructor=b"), ("Cookie", b"a=\"b"), ("Range", b"bytes=0-0"),
    ("Range", b"bytes=-1"), ("Range", b"bytes=9-1"), ("Range", b"bytes=0-,0-,0-"),
    ("Range", b"\xff"), ("Range", b"lines=1-2"), ("Range", b"bytes=" + b"0-1," * 2_000),
    ("If-Range", b"\xff"), ("If-Modified-Since", b"nonsense"),
    ("If-Modified-Since", b"Thu, 99 Jan 99999 99:99:99 GMT"), ("If-None-Match", b"\""),
    ("If-None-Match", b"*"), ("If-None-Match", b"W/" * 3_000), ("If-Unmodified-Since", b"0"),
    ("If-Match", b"\"x\""), ("Origin", b"https://example.org"), ("Origin", b"null"),
    ("Origin", b"http://[::1"), ("Origin", b"\xff"), ("Origin", b""),
    ("Sec-Fetch-Site", b"cross-site"), ("Sec-Fetch-Site", b"nonsense"),
    ("Sec-Fetch-Mode", b"navigate"), ("Sec-GPC", b"1"),
    ("Referer", b"https://example.org/?q=secret"), ("Referer", b"http://[::1"),
    ("Referer", b"\xff"), ("Referer", b"a" * 9_000), ("User-Agent", b""),
    ("User-Agent", b"() { :; }; echo"), ("User-Agent", b"\xff\xfe"), ("User-Agent", b"a" * 9_000),
    ("Content-Type", b"nonsense"), ("Content-Encoding", b"gzip"), ("Upgrade", b"websocket"),
    ("Authorization", b"Basic \xff"), ("Purpose", b"prefetch"), ("TE", b"trailers"),
    ("Via", b"\xff"), ("Save-Data", b"on"), ("X-Nonsense", b"a" * 20_000),
)  # fmt: skip

FROM_ELSEWHERE = [
    ("Origin", b"https://example.org"),
    ("Sec-Fetch-Site", b"cross-site"),
    ("Origin", b"null"),
    ("HX-Request", b"true"),
]

HOSTS = (
    b"example.org", b"example.org:80", b"localhost.example.org", b"localhost:99999999",
    b"localhost:-1", b"localhost:x", b"[::1", b"[::1]:8000", b"::1", b"'", b"localhost/..",
    b"localhost@example.org", b"localhost\xff", b"\xff", b"a" * 5_000, b"localhost, example.org",
    "локалхост".encode(), b"127.0.0.1.", b"0", b"..",
)  # fmt: skip

# --- Where it goes -------------------------------------------------------------------------------

FACETS = (
    "need",
    "condition",
    "medicine",
    "insurance",
    "area",
    "status",
    "apply",
    "language",
    "category",
)
PARAMETERS = ("q", *FACETS, "order", "page", "insured", "letter", "p", "about")
KNOWN_VALUES = {
    "q": "copay", "need": "copay", "condition": "leukemia", "medicine": "imatinib",
    "insurance": "uninsured", "area": "OH", "status": "unknown", "apply": "clinic",
    "language": "es", "category": "manufacturer", "order": "name", "page": "2",
    "insured": "unsure", "letter": "A", "p": "1",
    "about": "/needs/",
}  # fmt: skip
UNKNOWN_NAMES = (
    "utm_source", "fbclid", "id", "pk", "offset", "limit", "order_by", "sort", "need__slug",
    "need[]", "_popup", "format", "callback", "debug", "__class__", "needs", "__debug__",
    "q\u0000", "é", "٤", "🏥", "a" * 5_000, "",
)  # fmt: skip
WITH_PARAMETERS = (
    "/search/", "/search/", "/search/", "/search/", "/medicines/", "/medicines/imatinib/",
    "/needs/copay/", "/states/ohio/", "/conditions/leukemia/", "/organisations/cancercare/",
    "/sitemap-resources.xml", "/sitemap.xml", "/",
    "/resources/american-cancer-society-road-to-recovery/", "/about/", "/robots.txt",
    "/conditions/", "/needs/", "/suggestions/", "/report/", "/report/thanks/",
    "/list/",
)  # fmt: skip
WITH_SLUGS = (
    "resources", "organisations", "needs", "conditions", "medicines", "states", "search", "l",
)  # fmt: skip
PLACES = (
    *WITH_PARAMETERS, "/terms/", "/privacy/", "/accessibility/", "/states/", "/healthz", "/readyz",
    "/suggest/", "/nothing-here/", "/static/resources/style.css", "/admin/", "/admin/login/",
    "/admin/password_reset/",
)  # fmt: skip


def _escaped(text: bytes) -> bytes:
    return quote_from_bytes(text, safe="").encode()


def _typed(rng: Random) -> bytes:
    """Something hostile that might be typed, or two or three of them in a row."""
    some = [rng.choice(BROKEN_UTF8 if rng.random() < 0.25 else WORDS) for _ in range(3)]
    return b" ".join(some[: rng.choice((1, 1, 1, 2, 3))])


def _pair(name: bytes | str, value: bytes | str) -> bytes:
    name, value = (part.encode() if isinstance(part, str) else part for part in (name, value))
    return _escaped(name) + b"=" + _escaped(value)


def _usual(rng: Random, most: int = 3) -> list[bytes]:
    """Some parameters as a page would send them, so that the odd one meets others."""
    names = rng.sample(sorted(KNOWN_VALUES), rng.randint(0, most))
    return [_pair(name, KNOWN_VALUES[name]) for name in names]


def _place(rng: Random, places: tuple[str, ...] = WITH_PARAMETERS) -> bytes:
    place = rng.choice(places)
    prefix = "/es" if rng.random() < 0.25 and not place.startswith(("/admin", "/static")) else ""
    return (prefix + place).encode()


def _shuffled(rng: Random, pairs: list[bytes]) -> bytes:
    rng.shuffle(pairs)
    return b"&".join(pairs)


# --- The kinds -----------------------------------------------------------------------------------


def _words(rng: Random, kind: str) -> Attack:
    query = _shuffled(rng, [_pair("q", _typed(rng)), *_usual(rng, 2)])
    return Attack(kind, rng.choice(SEARCHED), query)


def _value(rng: Random, kind: str) -> Attack:
    odd = [_pair(rng.choice(PARAMETERS), _typed(rng)) for _ in range(rng.randint(1, 3))]
    return Attack(kind, _place(rng), _shuffled(rng, [*odd, *_usual(rng)]))


def _page(rng: Random, kind: str) -> Attack:
    odd = _pair(rng.choice(("page", "page", "page", "p")), rng.choice(PAGES))
    return Attack(kind, _place(rng), _shuffled(rng, [odd, *_usual(rng, 2)]))


def _area(rng: Random, kind: str) -> Attack:
    odd = _pair(rng.choice(("area", "area", "area", "letter", "insurance")), rng.choice(AREAS))
    return Attack(kind, _place(rng), _shuffled(rng, [odd, *_usual(rng, 2)]))


def _unknown(rng: Random, kind: str) -> Attack:
    odd = [_pair(rng.choice(UNKNOWN_NAMES), _typed(rng)) for _ in range(rng.randint(1, 5))]
    return Attack(kind, _place(rng), _shuffled(rng, [*odd, *_usual(rng)]))


def _repeated(rng: Random, kind: str) -> Attack:
    name, times = rng.choice((*PARAMETERS, *FACETS)), rng.choice((2, 30, 500, 500, 1_200))
    value = rng.choice((KNOWN_VALUES[name].encode(), rng.choice(WORDS)[:40], b"%d"))
    pairs = [_pair(name, value.replace(b"%d", b"v%d" % number)) for number in range(times)]
    return Attack(kind, _place(rng), b"&".join([*pairs, *_usual(rng)]))


def _raw_query(rng: Random, kind: str) -> Attack:
    return Attack(kind, _place(rng), b"&".join([rng.choice(RAW_QUERIES), *_usual(rng, 1)]))


def _slug(rng: Random, kind: str) -> Attack:
    prefix = rng.choice(("", "", "/es")) + "/" + rng.choice(WITH_SLUGS)
    slug = rng.choice(SLUGS) if rng.random() < 0.8 else _escaped(_typed(rng)[:3_000]).decode()
    return Attack(kind, f"{prefix}/{slug}{rng.choice(('/', '/', ''))}".encode())


def _path(rng: Random, kind: str) -> Attack:
    path = rng.choice(PATHS)
    if rng.random() < 0.2 and path.startswith("/"):
        path = "/es" + path
    return Attack(kind, path.encode().replace(b" ", b"%20"), b"&".join(_usual(rng, 1)))


def _method(rng: Random, kind: str) -> Attack:
    headers = [("Content-Type", rng.choice(TYPES))]
    headers += rng.sample(FROM_ELSEWHERE, rng.randint(0, 2))
    method = rng.choice(("POST", "POST", *METHODS))
    body = b"" if method in ("HEAD", "TRACE") else rng.choice(BODIES)
    return Attack(
        kind, _place(rng, PLACES), b"&".join(_usual(rng, 1)), method, tuple(headers), body
    )


def _headers(rng: Random, kind: str) -> Attack:
    chosen = dict(rng.sample(HEADERS, rng.randint(1, 5)))
    return Attack(kind, _place(rng, PLACES), b"&".join(_usual(rng)), "GET", tuple(chosen.items()))


def _host(rng: Random, kind: str) -> Attack:
    return Attack(kind, _place(rng, PLACES), headers=(("Host", rng.choice(HOSTS)),))


Make = Callable[[Random, str], Attack]
KINDS: dict[str, Make] = {
    "words": _words,
    "more words": _words,
    "value": _value,
    "page": _page,
    "area": _area,
    "unknown parameter": _unknown,
    "repeated parameter": _repeated,
    "raw query": _raw_query,
    "slug": _slug,
    "path": _path,
    "method": _method,
    "headers": _headers,
    "more headers": _headers,
    "host": _host,
}

"""One public page of every type, with the slugs of the starter data."""

from __future__ import annotations

RESOURCE = "/resources/american-cancer-society-road-to-recovery/"
CLOSED = "/resources/healthwell-foundation-healthwell-chronic-myeloid-leukemia-fund/"
ENDED = "/resources/lazarex-cancer-foundation-care-clinical-trial-travel-help/"
LONGEST_NAME = (
    "/resources/centers-for-medicare-and-medicaid-services-"
    "medicare-savings-program-specified-low-income/"
)

# One of each type.
TYPES = {
    "home": "/",
    "search": "/search/?q=copay&area=OH&page=3",
    "search with no result": "/search/?need=lodging&medicine=imatinib&area=GU&q=zzzzzz",
    "resource": RESOURCE,
    "closed resource": CLOSED,
    "ended resource": ENDED,
    "organisation": "/organisations/blood-cancer-united/",
    "needs": "/needs/",
    "need": "/needs/copay/",
    "conditions": "/conditions/",
    "condition": "/conditions/leukemia/",
    "medicines": "/medicines/",
    "medicine": "/medicines/imatinib/",
    "states": "/states/",
    "state": "/states/ohio/",
    "report": "/report/?about=/needs/",
    "suggestion": "/suggest/",
    "thanks": "/report/thanks/?about=/needs/",
    "open now": "/open-now/",
    "table": "/search/?need=copay&view=table&sort=-limit",
    "own list": "/list/",
    "alerts": "/alerts/?need=copay",
    "my alerts": "/alerts/mine/",
    "health data": "/health-data-privacy/",
    "about": "/about/",
    "for professionals": "/for-professionals/",
    "open data": "/data/",
    "terms": "/terms/",
    "privacy": "/privacy/",
    "accessibility": "/accessibility/",
}

# The same types when something is different.
VARIANTS = {
    "home in Spanish": "/es/",
    "search with nothing chosen": "/search/",
    "questions": "/find-help/",
    "questions in Spanish": "/es/find-help/",
    "report about a resource": f"/report/?about={RESOURCE}",
    "report in Spanish": "/es/report/",
    "open now in Spanish, with filters": "/es/open-now/?need=copay&area=OH",
    "table with some to ask": "/search/?medicine=imatinib&insurance=private&view=table",
    "search in Spanish": "/es/search/?need=travel&area=43004",
    "search with some to ask": "/search/?medicine=imatinib&insurance=private",
    "search, not sure of insurance": "/search/?insured=unsure",
    "search with a wrong ZIP code": "/search/?area=99999&need=copay",
    "search past the end": "/search/?page=999",
    "resource in Spanish": f"/es{RESOURCE}",
    "resource with the longest name": LONGEST_NAME,
    "programme with funds": ("/resources/healthwell-foundation-healthwell-disease-funds-general/"),
    "organisation under a new name": "/organisations/the-leukemia-and-lymphoma-society/",
    "organisation that has closed": "/organisations/lazarex-cancer-foundation/",
    "organisation with the longest name": (
        "/organisations/society-of-st-vincent-de-paul-charitable-pharmacy-dallas/"
    ),
    "need, without insurance": "/needs/copay/?insurance=uninsured",
    "need in Spanish": "/es/needs/copay/",
    "medicines by letter": "/medicines/?letter=I",
    "medicine, without insurance": "/medicines/imatinib/?insurance=uninsured",
    "state in Spanish": "/es/states/ohio/",
}

PAGES = {**TYPES, **VARIANTS}
NOT_FOUND = {"not found": "/nothing-here/", "no list": "/l/1tm1-gk1k-cybx-k0"}

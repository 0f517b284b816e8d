"""The curators' desk. Importing it registers what curators work on."""

from resources.admin import (
    audit,
    curators,
    organisation,
    reports,
    resource,
    review_rules,
    status_words,
    vocabulary,
)
from resources.admin.site import desk

__all__ = [
    "audit",
    "curators",
    "desk",
    "organisation",
    "reports",
    "resource",
    "review_rules",
    "status_words",
    "vocabulary",
]

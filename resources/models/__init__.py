"""The nouns of the directory, one family a file. They know nobody else."""

from .alert import Alert, AlertHeld, AlertMail, AlertNews, AlertProgress
from .audit import AuditEvent
from .backup import BackupNote
from .batch import Batch
from .curator import Curator
from .entry import Entry, Part, Phone, PublicationState, Source, Translation, dialable, digest_of
from .letter import Letter, LetterAnswer
from .likely_pair import LikelyPair
from .links import Link, LinkCheck, StatusWords
from .organisation import (
    Organisation,
    OrganisationName,
    OrganisationPhone,
    OrganisationSource,
    OrganisationTranslation,
)
from .origin import Origin
from .proposal import Proposal
from .publication import Edition, Publication
from .recorded import STILL_LEADS_ELSEWHERE, FormerSlug, Recorded, public_id_for
from .report import Report
from .resource import (
    AreaPart,
    DollarLimit,
    FundStatusToday,
    Resource,
    ResourcePhone,
    ResourceSource,
    ResourceTranslation,
)
from .review import Review, ReviewRule, Tier
from .search_count import SearchCount
from .search_name import SearchName
from .search_snapshot import SearchSnapshot
from .sheet import Sheet, SheetRow
from .trust import Check, NeverChanged, StatusSighting, Witnessed
from .vocabulary import Condition, Insurance, Medicine, Need, PovertyGuideline, State, Term

__all__ = [
    "STILL_LEADS_ELSEWHERE",
    "Alert",
    "AlertHeld",
    "AlertMail",
    "AlertNews",
    "AlertProgress",
    "AreaPart",
    "AuditEvent",
    "BackupNote",
    "Batch",
    "Check",
    "Condition",
    "Curator",
    "DollarLimit",
    "Edition",
    "Entry",
    "FormerSlug",
    "FundStatusToday",
    "Insurance",
    "Letter",
    "LetterAnswer",
    "LikelyPair",
    "Link",
    "LinkCheck",
    "Medicine",
    "Need",
    "NeverChanged",
    "Organisation",
    "OrganisationName",
    "OrganisationPhone",
    "OrganisationSource",
    "OrganisationTranslation",
    "Origin",
    "Part",
    "Phone",
    "PovertyGuideline",
    "Proposal",
    "Publication",
    "PublicationState",
    "Recorded",
    "Report",
    "Resource",
    "ResourcePhone",
    "ResourceSource",
    "ResourceTranslation",
    "Review",
    "ReviewRule",
    "SearchCount",
    "SearchName",
    "SearchSnapshot",
    "Sheet",
    "SheetRow",
    "Source",
    "State",
    "StatusSighting",
    "StatusWords",
    "Term",
    "Tier",
    "Translation",
    "Witnessed",
    "dialable",
    "digest_of",
    "public_id_for",
]

"""Who may keep what an address answers: every public address by name, in one table.

A test goes through all addresses, so that a new one has to choose. Until it has, nobody keeps it.
"""

from __future__ import annotations

from enum import Enum


class Kept(Enum):
    """Who may keep an answer."""

    SHARED = "every cache, for seconds: it is the same for everybody"
    ITSELF = "as the view itself says: files, feeds and data for programs"
    READER = "the reader's own browser, which asks each time: what is looked for is in the address"
    NOBODY = "nobody: it is made of what somebody said, or wants to know now"


KEPT: dict[str, Kept] = {
    **dict.fromkeys(
        (
            *("home", "open_now", "resource", "organisation"),
            *("needs", "need", "conditions", "condition"),
            *("medicines", "medicine", "states", "state"),
            *("about", "for_professionals", "terms", "privacy", "health_data", "accessibility"),
            *("data", "api", "hsds_profile"),
        ),
        Kept.SHARED,
    ),
    **dict.fromkeys(
        (
            *("robots", "security_txt", "sitemap", "sitemap_part", "resource_feed", "data_file"),
            *("hsds_root", "hsds_services", "hsds_one_of_services"),
            *("hsds_organizations", "hsds_one_of_organizations"),
            *("hsds_taxonomies", "hsds_one_of_taxonomies"),
            *("hsds_taxonomy_terms", "hsds_one_of_taxonomy_terms"),
            *("hsds_service_at_locations", "hsds_one_of_service_at_locations"),
            *("hsds_tombstones", "hsds_openapi", "hsds_profile_schema", "hsds_nothing"),
        ),
        Kept.ITSELF,
    ),
    **dict.fromkeys(
        ("search", "search_csv", "search_feed", "open_now_feed"),
        Kept.READER,
    ),
    **dict.fromkeys(
        (
            *("find_help", "suggested_answers", "suggestions"),
            *("report", "reported", "suggest", "still_right", "answered"),
            *("alerts", "alert_asked", "alert_confirm", "alert_stop", "my_alerts"),
            *("own_list", "add_to_list", "print_list", "list_as_pdf", "list_as_table"),
            *("list_reminder", "shared_list", "healthz", "readyz", "metrics"),
        ),
        Kept.NOBODY,
    ),
}

"""The profile in JSON Schema: what stands under `support_directory`, and what a tombstone is."""

from __future__ import annotations

from typing import Any, TypeAlias

from resources.models import Check, Organisation, Resource, StatusSighting

Schema: TypeAlias = dict[str, Any]

DIALECT = "https://json-schema.org/draft/2020-12/schema"


def _text(description: str = "") -> Schema:
    return _described({"type": "string"}, description)


def _day(description: str = "") -> Schema:
    return _described({"type": "string", "format": "date"}, description)


def _moment(description: str = "") -> Schema:
    return _described({"type": "string", "format": "date-time"}, description)


def _id(description: str = "") -> Schema:
    return _described({"type": "string", "format": "uuid"}, description)


def _number(description: str = "") -> Schema:
    return _described({"type": "integer", "minimum": 0}, description)


def _flag(description: str = "") -> Schema:
    return _described({"type": "boolean"}, description)


def _one_of(values: Any, description: str = "") -> Schema:
    return _described({"type": "string", "enum": list(values)}, description)


def _list(items: Schema, description: str = "") -> Schema:
    return _described({"type": "array", "items": items}, description)


def _object(description: str = "", **properties: Schema) -> Schema:
    schema = {"type": "object", "properties": properties, "additionalProperties": False}
    return _described(schema, description)


def _described(schema: Schema, description: str) -> Schema:
    return {**schema, "description": description} if description else schema


PROVENANCE = _object(
    "Where the facts come from. Three dates that never mix.",
    checked_by_a_person_on=_day(
        "A person compared all of it with its source. HSDS's assured_date is this day and no other."
    ),
    links_checked_by_a_machine_on=_day("A machine visited its addresses. That confirms no fact."),
    newest_year_of_facts=_number("The newest year that its facts are from."),
    sources=_list(
        _object(
            url=_text(),
            page_date=_text("A year, a month or a day, as exactly as the page says."),
            says=_text("Which facts this page supports."),
        ),
        "The pages that the facts came from.",
    ),
    checks=_list(
        _object(
            part=_one_of(Check.Part.values),
            on=_day(),
            how=_one_of(Check.How.values),
            page=_text("The page that was read."),
        ),
        "What people checked, newest first, part by part.",
    ),
    taken_from=_described(
        {"type": "object", "additionalProperties": {"type": "string", "format": "uuid"}},
        "Facts that a fund leaves to its program: the fact, and the id of the service that states"
        " it.",
    ),
)

TRANSLATIONS = _list(
    _object(
        field=_text("The field, as the dictionary of the data calls it."),
        language=_text("A code of ISO 639."),
        text=_text(),
        of=_text("The first 32 hexadecimal digits of the SHA-256 of the English text."),
        confirmed=_flag("Somebody who speaks the language has read it."),
    ),
    "Its texts in other languages.",
)

FUND_STATUS = _object(
    "Whether a fund is open, and when somebody saw that.",
    counts_as=_one_of(
        Resource.FundStatus.values, "What may be said today. A sighting that is too old is unknown."
    ),
    seen=_one_of(Resource.FundStatus.values, "What was seen last, however long ago."),
    seen_on=_day("When. The first day of the month or year where precision says so."),
    precision=_one_of(Resource.Precision.values),
    counts_for_days=_number("For how many days a sighting counts."),
    history=_list(
        _object(
            status=_one_of(StatusSighting.Status.values),
            seen_on=_day(),
            precision=_one_of(Resource.Precision.values),
            effective_from=_day("Since when it was so, where the source says."),
            source=_text(),
        ),
        "Each sighting, newest first.",
    ),
)

INSURANCE = _object(
    "Which insurance it is for. Kinds are the codes of terms of the taxonomy Insurance.",
    rule=_one_of(Resource.InsuranceRule.values, "not_stated does not mean that there is no rule."),
    accepted=_list(_text()),
    excluded=_list(_text(), "Kinds that it is not for. None are named where no rule is stated."),
    only_with_insurance=_flag("Without insurance it makes no sense."),
    stated_only_with_insurance=_flag(
        "That was said of it, and not only worked out from its needs."
    ),
)

INCOME = _object(
    "The income limit.",
    rule=_one_of(Resource.IncomeRule.values, "not_stated does not mean that there is no rule."),
    percent_of_guideline=_number("Percent of the federal poverty guideline."),
    year_confirmed=_number("The year whose figures a curator has confirmed."),
    dollars_a_year=_list(
        _object(
            where=_text("48+DC, AK or HI: each has its own guideline."),
            guideline_year=_number("The guideline that the dollars were worked out from."),
            year=_number("The year of the organization's own table."),
            by_household=_described(
                {"type": "object", "additionalProperties": {"type": "integer"}},
                "The most that a household of so many may earn, in dollars a year.",
            ),
        ),
        "Two tables of one place: they may still go by the guideline of last year.",
    ),
    note=_text(),
)

SERVICE = _object(
    "What HSDS cannot say of a service. What is missing is not stated: never that it is not so.",
    profile_version=_text(),
    slug=_text("The last part of its address in this directory."),
    lifecycle=_one_of(Resource.Lifecycle.values, "unconfirmed: it may no longer exist as it was."),
    lifecycle_since=_day(),
    part_of=_id("The service that this fund belongs to, whose facts it shares where it has none."),
    urgent=_flag("Meant for emergencies."),
    takes_anyone=_flag("A helpline for whoever does not know where to start."),
    fund_status=FUND_STATUS,
    illnesses=_object(note=_text(), narrower_than_tagged=_flag()),
    medicines=_object(note=_text(), narrower_than_tagged=_flag()),
    insurance=INSURANCE,
    income=INCOME,
    residency=_object(
        immigration_rule=_one_of(Resource.ImmigrationRule.values),
        note=_text(),
        narrower_than_area=_flag("Counties, miles or one hospital: narrower than service_areas."),
    ),
    treatment=_text("What it says about being in treatment."),
    eligibility_notes=_text("More about who may get it."),
    languages_note=_text("About the languages."),
    award=_object(what=_text(), paid_to=_one_of(Resource.PaidTo.values)),
    application=_object(
        ways=_list(_one_of(Resource.HowToApply.values)),
        who_may_apply=_list(_one_of(Resource.Applicant.values)),
        clinic_must_apply=_flag(),
        windows=_text("When one can apply."),
        renewal=_text(),
        use_by=_text("By when what was given must be used."),
    ),
    provenance=PROVENANCE,
    translations=TRANSLATIONS,
)

ORGANIZATION = _object(
    "What HSDS cannot say of an organization.",
    profile_version=_text(),
    slug=_text("The last part of its address in this directory."),
    city=_text(),
    state=_text("Two letters."),
    status=_one_of(Organisation.Status.values),
    status_since=_day(),
    status_note=_text(),
    successor=_id("The organization that goes on in its place."),
    category=_text("The code of a term of the taxonomy Kinds of organization."),
    makers=_list(_text(), "For drug makers: their names, as medicines have them."),
    provenance=PROVENANCE,
    translations=TRANSLATIONS,
)

PHONE = _object(
    "What HSDS cannot say of a telephone.",
    number=_text("As people read it."),
    extension=_text("With zeros in front, or words such as “option 2”."),
    purpose=_text("What for."),
    hours=_text("When it is answered."),
    time_zone=_text("Of the hours: a name of the IANA database, or local."),
    note=_text(),
)

TERM = _object(
    "What HSDS cannot say of a term. Other terms are named by their codes.",
    synonyms=_list(_text()),
    spanish_name=_text(),
    spanish_synonyms=_list(_text()),
    also_under=_list(_id(), "Further parents, besides parent_id."),
    open_eligibility=_text("The term of Open Eligibility that it is."),
    icd10=_list(_text(), "Beginnings of codes of ICD-10."),
    related=_list(_text()),
    brands=_list(_text()),
    maker=_text(),
    conditions=_list(_text(), "What a medicine is used for."),
    generic_available=_flag(),
    generic_kind=_text(),
)

TOMBSTONE: Schema = {
    **_object(
        "An entry that was taken down. What it said may have been wrong, and is not repeated.",
        id=_id(),
        entity=_one_of(["service", "organization"]),
        deleted_at=_moment(),
        replaced_by=_id("The entry that it was merged into."),
    ),
    "required": ["id", "entity", "deleted_at"],
}

# By the name of the document: the schemas of HSDS that the profile adds to, and a tombstone.
SCHEMAS: dict[str, Schema] = {
    "service": {"properties": {"support_directory": SERVICE}},
    "organization": {"properties": {"support_directory": ORGANIZATION}},
    "taxonomy_term": {"properties": {"support_directory": TERM}},
    "phone": {"properties": {"support_directory": PHONE}},
    "tombstone": TOMBSTONE,
}

"""What every file says of itself: whose data, of which edition and day, under which licence."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Any

from resources.hsds import VERSION, profile

LICENSE_ID = "CC-BY-4.0"
LICENSE_NAME = "Creative Commons Attribution 4.0 International"
LICENSE_URL = "https://creativecommons.org/licenses/by/4.0/"

README = """\
{title}
Edition {edition} of {day}. Published by {publisher}, {site}

License: {license} ({license_url}), also in LICENSE.txt.
Use the data for anything, also for money. Name the source, for example:
  {attribution}

What to know before you use it
- Funds open and close daily. These files say how things stood on {day}. Say so to your readers, and
  tell them to call first.
- What is missing is not stated on the pages we saw. It never means that there is no rule.
- assured_date is the day on which a person compared all of an entry with its source. Where it is
  missing, nobody has.
- The documents follow the Human Services Data Specification {hsds}, https://docs.openreferral.org.
  What that cannot say stands under support_directory: {profile}
- Check what you downloaded: sha256sum -c SHA256SUMS
"""

LICENSE = """\
The data in these files is licensed under the {license} licence (CC BY 4.0).

The deed, in plain words:  {license_url}
The licence itself:        {license_url}legalcode.en

You may share and adapt the data, for any purpose, as long as you give credit, link to the licence
and say whether you changed anything. You may not suggest that we endorse you or your use.

Attribution, where you use it:

    {attribution}

Not ours, and under their own terms:

- The names under "open_eligibility" of terms come from the Open Eligibility taxonomy, licensed
  under CC BY-SA 3.0 (https://creativecommons.org/licenses/by-sa/3.0/); attribution: findhelp /
  Aunt Bertha. Only names of terms are used.
- ICD-10-CM codes and the federal poverty guidelines are works of the United States government.
- Names of organizations, programs and medicines belong to their owners. The pages named as sources
  are not part of this data.

The data comes as it is, without warranty. Rules, amounts and telephone numbers change. It is not
medical advice.
"""


@dataclass(frozen=True, slots=True)
class About:
    """An edition, its day, who publishes it, and the public address, without last slash."""

    edition: int
    day: dt.date
    publisher: str
    site: str

    @property
    def name(self) -> str:
        """What the edition is called in addresses."""
        return f"{self.day.isoformat()}-edition-{self.edition}"

    @property
    def title(self) -> str:
        """The title of the data."""
        return f"{self.publisher}: open data"

    @property
    def attribution(self) -> str:
        """How to name the source."""
        return (
            f"Data: The {self.publisher} contributors, edition {self.edition} of"
            f" {self.day.isoformat()}, {self.site}/data/, CC BY 4.0"
        )

    @property
    def profile(self) -> str:
        """The address that describes what HSDS cannot say."""
        return f"{self.site}/api/hsds/profile/"

    def document(self) -> dict[str, Any]:
        """All of it, for JSON."""
        return {
            "title": self.title,
            "edition": self.edition,
            "day": self.day.isoformat(),
            "publisher": {"name": self.publisher, "url": f"{self.site}/"},
            "license": {"id": LICENSE_ID, "name": LICENSE_NAME, "url": LICENSE_URL},
            "attribution": self.attribution,
            "hsds_version": VERSION,
            "profile_version": profile.VERSION,
            "profile": self.profile,
        }

    def readme(self) -> str:
        """What it is and what to know before it is used, in words."""
        return README.format(**self._words())

    def license(self) -> str:
        """The licence, in words."""
        return LICENSE.format(**self._words())

    def _words(self) -> dict[str, object]:
        return {
            "title": self.title,
            "edition": self.edition,
            "day": self.day.isoformat(),
            "publisher": self.publisher,
            "site": self.site,
            "license": LICENSE_NAME,
            "license_url": LICENSE_URL,
            "attribution": self.attribution,
            "hsds": VERSION,
            "profile": self.profile,
        }

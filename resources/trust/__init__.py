"""What keeps entries true: checks by people, sightings of statuses, what is due.

recording  the writers: a check, a sighting, a correction, a confirmed translation
due        what is to be looked at again, when, how urgently
history    what was seen of a fund, in order, and when nobody looked
turns      when funds opened and closed lately, of all of them, in memory
absorbed   whose checks and sightings count for an entry
following  whatever publishes a status leaves a sighting
doubts     what speaks against an entry besides its age
named      the addresses that entries name
looking    the links of what is public: which are due, what was found; links/ asks one address
readdressing   a page that moved, wherever it is named
letters    the yearly question to organisations, and what they answer
reports    what readers write, taken where there is room; floods: how much in an hour

Rows of the record are added and never changed (`resources.models.trust`).
"""

from resources.trust.recording import (
    CannotRecord,
    confirm,
    correct_check,
    correct_sighting,
    record_check,
    record_sighting,
)

__all__ = [
    "CannotRecord",
    "confirm",
    "correct_check",
    "correct_sighting",
    "record_check",
    "record_sighting",
]

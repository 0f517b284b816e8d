"""What becomes of a web address: asked politely, within limits, and never inside our own network.

addresses  which machines may be reached; the one place that tests replace
transport  how httpx gets out: resolved once, checked, then connected to what was checked
streams    the connection itself, which counts every byte
budget     the seconds and bytes that one address may cost
fetching   HEAD, then GET, and the redirects between
decoding   bytes to text, whatever the bytes are
answers    what came of it
outcomes   what that means: gone, moved, blocked ...
names      whether two addresses are the same page, site or name
reading    what somebody sees of a page
robots     whether a site lets machines look
polite     many addresses, one at a time, with a pause for each host
watching   whether a fund's page says open or closed

Nothing here knows of entries or keeps anything: who asks stores what was found.
"""

from resources.trust.links.answers import Answer, Hop, Trouble
from resources.trust.links.budget import Budget, Limits
from resources.trust.links.fetching import fetch
from resources.trust.links.outcomes import Finding, Outcome, judge
from resources.trust.links.polite import Visit, Visitor
from resources.trust.links.robots import Robots, agent_of
from resources.trust.links.watching import USUAL, Seen, Words, watch

__all__ = [
    "USUAL",
    "Answer",
    "Budget",
    "Finding",
    "Hop",
    "Limits",
    "Outcome",
    "Robots",
    "Seen",
    "Trouble",
    "Visit",
    "Visitor",
    "Words",
    "agent_of",
    "fetch",
    "judge",
    "watch",
]

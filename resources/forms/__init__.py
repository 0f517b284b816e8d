"""The public forms.

values     values of a vocabulary, where unknown ones are left out
find_help  the questions of /find-help/
for_me     those of them that one resource needs, and its answer
"""

from resources.forms.find_help import FindHelp
from resources.forms.for_me import ForMe, for_me
from resources.forms.values import KnownValues

__all__ = ["FindHelp", "ForMe", "KnownValues", "for_me"]

"""The public forms.

values     values of a vocabulary, where unknown ones are left out
find_help  the questions of /find-help/
"""

from resources.forms.find_help import FindHelp
from resources.forms.values import KnownValues

__all__ = ["FindHelp", "KnownValues"]

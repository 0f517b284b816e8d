"""What happens to organisations and resources, each with a form of its own.

Renamed, merged, closed, ended, a new number: the form asks for day and source, shows what else
names the entry, and changes all of it as one. Another verb is a form and a line in `VERBS`.
"""

from resources.admin.verbs.page import news_view, verbs_of

__all__ = ["news_view", "verbs_of"]

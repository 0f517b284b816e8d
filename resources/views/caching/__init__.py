"""Who may keep an answer, for how long, and how to tell that it is still the same.

kept        the table: every public address, and who may keep what it answers
stamp       what pages are made from, as a tag and a time that change with it
middleware  answers 304 where nothing has changed, and says with each answer who may keep it
"""

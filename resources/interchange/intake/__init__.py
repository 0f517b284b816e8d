"""Taking in what others publish: HSDS from files and APIs, spreadsheets by a mapping.

Three steps, each of which can be run again:

stage      what was fetched, record by record, in a file beside: raw, each once, with its place
sources/   fetch: from a file, folder, zip or API into the stage
hsds/      parse: an HSDS record as one of our documents
tables/    parse: a row of a spreadsheet as one of our documents, as a mapping says
taken      what parsing gives: a document, whence it came, what was guessed and left
terms      which of our terms a term of theirs is, as a table that a person has read
saving/    save: what is new as drafts, what changed as proposals, batch by batch
report     what became of each record
running    what the commands have in common: options, saving, telling
progress   how far it has come, for whoever waits
texts      words of others made plain, and no longer than there is room for
"""

"""Any spreadsheet as entries, as a mapping says: which column is which field of ours.

language.py   what a mapping may say, as values        mapping.py  a TOML file as those values
fields.py     our fields, and what each of them takes  rows.py     files into the stage
rules.py      what one rule gives for one row          changes.py  texts put into another form
values.py     a text as a value of a field             places.py   counties, cities, ZIP codes
phones.py     the numbers in a cell                    plain.py    cells as plain words
documents.py  what a row gives, as one document        taking.py   all of it, record by record
constants.py  what a mapping says itself, held to its fields
tally.py      of each column: understood, guessed, in words, left
section.py    one table of a TOML file, key by key
"""

"""Spreadsheets of entries: taken out, edited elsewhere, looked at, and taken in again.

cells.py     a text made harmless and whole again        files/      CSV and XLSX, within bounds
widgets.py   a value as a cell says it                   reading.py  rows, whatever the format
parts.py     phones and sources as lines of a cell       comparing.py what a row would change
columns.py   which columns there are                     sense.py    what contradicts itself
writing.py   entries as a file                           keeping.py  from a file to an import
"""

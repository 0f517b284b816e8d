"""Parse: an HSDS 3.x record as one of our documents.

fields         the fields of a record, whatever stands in them; what nobody reads is told
organisations  an organization
services       a service
profile        what our own profile says besides, where the record has it
areas, phones  parts of both
parser         all records of a stage, those that others refer to first
"""

from resources.interchange.intake.hsds.parser import Parser

__all__ = ["Parser"]

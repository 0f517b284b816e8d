"""Lists to hand over: numbers of resources in an order, as a link, a page, a print, a PDF, a file.

handout  the value, and the code of its link      own     somebody's own list, sealed for a cookie
entries  what stands behind the numbers today     paper   what page, print and PDF all say
changes  what has changed since it was made       record  what was said of an entry before a day
sharing  by e-mail or text message                reminder, table  for a calendar, for a spreadsheet
drawing  the document to print                    pdf     the same as a tagged PDF: typesetting
"""

"""Mails for whoever asked to hear when a fund opens.

`signing_up` keeps who wants what, once they have confirmed it; `news` is what there is to tell,
`queueing` puts it into mails, `sending` hands each over once; `addresses` seals what people gave.
"""

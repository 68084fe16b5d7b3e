"""Between the sides: how entries travel, over the network or by file, and who may have them.

::

    parcel       part of one log on its way, as lines of text with a bound each
    asked        what one node asks of another
    release      what a party may be given now, by the markings as they stand when it is sent
    receipts     who was handed what
    sending      makes up a parcel; taking: verifies one and keeps it, whole or not at all
    pull         an exchange: ask until nothing is new, then cosign; answer: the other end of it
    proof        one entry for a third person
    bundle       parcels in a file, for offices without a network
    proving      what a bundle proves to a third person; telling: in plain words
    session      questions and answers signed for one connection; no clock is asked
    http         messages with a bound on everything; certificate: made anew at each start
    serving      the server; calling: the way to one
    answers      the door
"""

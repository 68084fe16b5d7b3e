"""Between the sides: how entries travel, over the network or by file, and who may have them.

::

    parcel       part of one log on its way, as lines of text with a bound each
    asked        what one node asks of another
    release      what a party may be given now, by the markings as they stand when it is sent
    receipts     who was handed what
    sending      makes up a parcel; taking: verifies one and keeps it, whole or not at all
    pull         an exchange: ask until nothing is new, then cosign; answer: the other end of it
    bundle       parcels in a file, for offices without a network; reading: what a file proves to a third person
    session      questions and answers signed for one connection; no clock is asked
    https        a server with a bound on everything, and its client; certificate: made anew at each start
"""

"""What both sides agreed to: a signed log on each side, which neither can rewrite unseen.

From the ground up::

    canonical    the one form in which a document is hashed (RFC 8785)
    signer       what can sign; keyfile: a key on disk, encrypted, or the place that keeps it
    keeper       ways of keeping a key elsewhere (keepers/): one file each; asking: how a passphrase or PIN is had
    envelope     a payload and its signatures (DSSE)
    marking      who may have an entry: audience() and onward(), denied by default
    entry        one entry: side, author, what was seen, kind, marking, body
    party        a side as the other knows it; keyring: its keys at a place of its log
    admission    what an entry must be to stand at a place of a log
    merkle       roots and proofs (RFC 9162)
    note, checkpoint   signed notes, checkpoints, cosignatures (C2SP)
    log          one log in one SQLite file, only added to
    witness      what is checked before the other side's log is believed, kept and cosigned
    seal         content that stays with its owner, bound by a hash in the log
    node         the folder of one side: Node.create, open, append, checkpoint, receive, cosign, attested, state
    own_key      our private keys in it; beginning: how a side begins

    placed       entries at their places, and the one order in which logs are read together
    consent      what a consent is worth; agreeing: how it changes what stands
    board, state what the logs come to: state(entries), a pure function
    kind         kinds of entry (kinds/) and things to propose (things/): one file each

    desk         what a side enters: a draft, told in plain words before it is signed
    verify, extract   what files prove, to a third person too
    answers      what can be asked about a record: the door for the workspace

An exchange is: ask for the other side's signed checkpoint and its items from ``node.log(side).size`` on; hand them
to ``node.receive`` as a :class:`~acuerdo.record.witness.Page`; give back ``node.cosign``; take ``node.attested``.
Which items a receiver may have says :func:`acuerdo.record.marking.audience`; of the others it gets the leaf alone.
"""

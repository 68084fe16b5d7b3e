"""Tables of small counts, published so that differences between them give no person away.

``table`` builds tables whose margins are cells like any other; ``attack`` is what a reader can work out from all that
is public; ``protect`` hides as little as possible against that reader. Both sides' tables are taken together: what one
side hides, the other's table must not give back.

Reference: M. Fischetti and J. J. Salazar-González (2001), "Solving the cell suppression problem on tabular data with
linear constraints", Management Science 47(7).
"""

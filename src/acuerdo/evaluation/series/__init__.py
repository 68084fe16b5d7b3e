"""One series before and after: segments, state space, and the dates at which it changed."""

"""Whether promises will be kept by their deadlines, from how levels rose so far."""

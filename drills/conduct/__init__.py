"""Play: what happens from the start of a drill to its end, kept as a log nothing is taken out of."""

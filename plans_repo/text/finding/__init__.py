"""Finding response levels, time limits, hazard and kind in the words of a plan."""

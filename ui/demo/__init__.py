"""The demonstration: a fictional city with two counties, their plans, stock, events and drills."""

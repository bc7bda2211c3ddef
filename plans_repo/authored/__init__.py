"""Scenarios and compound events that people write: their ranges, their text form, and changes to them."""

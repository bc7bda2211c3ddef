"""Tables and migrations of the drills floor; nothing of a sealed drill is kept here."""

"""The procedure of a plan in the hands of its author: edits, checks, what the text suggests."""

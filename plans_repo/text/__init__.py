"""What a plan says: clauses, versions as hash trees, reading, recognition, difference."""

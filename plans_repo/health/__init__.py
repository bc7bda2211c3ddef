"""The health report: what an imported plan suffers from, clause by clause, with a suggestion."""

"""Rule checks: what the rules ask of a plan, what was found, and what to do."""

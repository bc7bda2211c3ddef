"""What norms ask a place to have, counted beside what a study shows."""

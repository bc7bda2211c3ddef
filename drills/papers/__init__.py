"""What a drill leaves on paper: script, inject cards, evaluation scheme."""

"""What a hazard brings to a run: people and places, clocks, gates and processes."""

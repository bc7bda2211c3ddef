"""The evacuation of a county, written six ways: ours on two engines, and as others would write it."""

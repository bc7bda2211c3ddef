"""Larger parts of a page: each asks its services, shows what they answer, and hands back what a person entered."""

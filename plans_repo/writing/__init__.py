"""Plans written here: texts to start from, many villages at once, the one-page plan, what ought to exist."""

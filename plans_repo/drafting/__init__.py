"""The text that is being written: saving, conflicts that wait, order and numbers, who is at it, newer versions."""

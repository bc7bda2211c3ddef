"""Observed times of tasks: kept as they were recorded, learnt from, and laid over what was simulated.

``keeping.record`` is the one door by which they come in, from a form, a sheet, a command or a drill's record.
"""

"""Official Word documents: page, native charts, the assessment report and the text of a plan.

Everything here makes bytes; nobody here writes a file, reads a clock or opens a database.
"""

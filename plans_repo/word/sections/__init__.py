"""The sections of the assessment report, one noun a module; each writes itself onto a report."""

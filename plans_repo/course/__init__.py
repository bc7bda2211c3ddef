"""The course of a plan from first draft to abolition: stages, moves, papers, clocks, signatures."""

"""The script of a drill: objectives, injects and expected actions; made from a procedure and a scenario, or by hand."""

"""Sealed drills: a draw nobody chose, a store nobody else can read, a commitment everybody can check."""

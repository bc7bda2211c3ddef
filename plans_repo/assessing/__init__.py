"""The assessment of a study by people: figures looked over, conclusions with reasons, signed out by a second person."""

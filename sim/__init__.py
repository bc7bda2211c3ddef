"""Values and time: procedures, events, engines and studies. Start reading at ``reference_engine``."""

"""The roof: the Streamlit application, its doorway and the command line. Shows and asks; decides nothing."""

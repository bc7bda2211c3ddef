"""The store: database, events, accounts and jobs. Rows stay on this floor; services return values."""

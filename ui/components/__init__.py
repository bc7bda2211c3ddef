"""Parts of pages. Each shows something from plain values; only `html` touches raw markup."""

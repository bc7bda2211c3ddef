"""Filing 备案: where a plan goes, by when, with which papers; packages, receipts, and what another body files here."""

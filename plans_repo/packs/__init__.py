"""Data packs: rules, forms, templates and parameters with source and mark, read from TOML."""

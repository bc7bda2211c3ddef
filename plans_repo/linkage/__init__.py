"""How plans hang together: references in their texts, relations, and what is compared along them."""

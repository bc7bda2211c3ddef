"""How a drill is arranged: purpose, need, scope, calendar, budget, posts, safety; what the work scheme is made of."""

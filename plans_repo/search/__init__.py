"""Full text over clauses, older versions and titles: keys, index, questions, answers."""

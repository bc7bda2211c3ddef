"""Keeps plans: clauses, versions, life cycle, resources, studies, papers, accounts and the audit trail."""

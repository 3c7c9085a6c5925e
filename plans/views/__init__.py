"""Pages of plans, thin: a guard, a query or a service, a template."""

"""The API of plans: the queries, services and rights of the pages, as JSON."""

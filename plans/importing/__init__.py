"""From a document to the plan: what would change, and the writing of it."""

"""Scrutiny: what the office publishes to the committee, what the committee recommends, what the board answers."""

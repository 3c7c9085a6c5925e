"""What staff and schools are told after a board."""

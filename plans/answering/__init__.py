"""How leads answer: their own list, a signed link, a sheet; who has not; many actions at once; lists kept of a plan."""

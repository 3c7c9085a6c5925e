"""Home pages: what is due from somebody, what moved, what waits for them."""

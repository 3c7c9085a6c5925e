"""The pages of the log. They stand in this room because they need its guards; history stands above it."""

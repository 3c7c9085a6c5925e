"""An invented council with a year of history: what a newcomer sees first."""

"""Rules of boards: numbering, series of meetings, samples for testing. Plain Python."""

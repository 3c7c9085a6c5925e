"""The closed family of schedules. Its members stand in `family`;
each has a kind, a sentence and occurrences.
"""

"""Reports that somebody owes: drafts filled with facts, words that are the author's, and what was submitted.

Kinds of report are data (`kinds`); facts are gathered from the rooms (`gather`) into plain values (`facts`) that
freezing stores; a report put together is a `letter`, which page, PDF and Word show alike.
"""

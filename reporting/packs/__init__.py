"""The board pack: one tagged document, to which the papers are appended under continuous page numbers."""

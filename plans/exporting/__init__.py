"""The plan out again: Excel, CSV, PDF and Word from one list of columns, and an edited Excel copy read back.

Pure (no Django): `columns`, `book`, `xlsx`, `delimited`, `word`, `printing`, `copies`. With the database: `gathering`,
`making`, `jobs`, `reading_back`.
"""

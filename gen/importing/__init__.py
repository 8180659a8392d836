"""Entries of other formats as draft records: one reader per format, one report for all."""

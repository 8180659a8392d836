"""Facts about a paper as others publish them: fetched, cleaned, and not yet a record."""

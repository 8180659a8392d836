"""Checks of files, records and the whole collection; `catalog` has all of them."""

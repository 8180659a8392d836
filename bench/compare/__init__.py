"""Our build beside MkDocs with Material, Zensical and Hugo, on the same records: `make bench`."""

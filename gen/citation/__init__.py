"""Records as citations: entry types and fields, and each format they are written in."""

"""Text as curators write it, and each of its renderings: one module each."""

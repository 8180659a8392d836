"""Pictures of the collection as data for SVG: where each mark stands. Templates draw them."""

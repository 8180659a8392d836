"""Neighbors by likeness and the layout of the map, measured beside alternatives."""

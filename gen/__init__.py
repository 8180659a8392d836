"""The generator of an annotated bibliography: YAML records in, Markdown pages and exports out.

The way of the data is one direction: read, gather, check, plan, render, write.
"""

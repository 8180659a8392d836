"""The generator of an annotated bibliography: YAML records in, Markdown pages and exports out.

The way of the data is one direction: read, gather, check, plan, render, write.
"""

import os

# The cores are for processes (`gen.parallel`). OpenBLAS, which numpy computes with, would start a thread for each when
# it is imported, and between two products these wait in a loop, on the cores that the processes need.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

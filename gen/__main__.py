"""`python -m gen`."""

import gc
import os
import sys

gc.disable()  # modules stay to the end, so looking through them for garbage is in vain
try:
    from gen.cli import main
except ModuleNotFoundError as error:
    if error.name and error.name.partition(".")[0] == "gen":
        raise
    sys.exit(f"This Python lacks {error.name}. Run `make check` once, then use .venv/bin/python -m gen ...")
gc.freeze()
gc.enable()

if __name__ == "__main__":
    try:
        main(prog_name="python -m gen")
    except SystemExit as left:
        if not isinstance(left.code, int | None):
            raise
        # Leave at once: taking a large collection apart, object by object, takes longer than a small change did.
        for stream in (sys.stdout, sys.stderr):
            if stream:  # the shell may have closed it
                stream.flush()
        os._exit(left.code or 0)

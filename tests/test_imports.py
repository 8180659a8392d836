"""Each module of the generator can be imported by itself, before any other: no import goes round in a circle."""

import pkgutil
import subprocess
import sys

import gen

EACH_ALONE = """
import importlib, sys
for module in sys.argv[1:]:
    for loaded in [name for name in sys.modules if name.partition(".")[0] == "gen"]:
        del sys.modules[loaded]  # what others wrote stays: only our own modules import in circles
    try:
        importlib.import_module(module)
    except ImportError as error:
        print(f"{module}: {error}")
"""


def test_each_module_imports_alone() -> None:
    """One fresh interpreter forgets our modules before it imports the next one."""
    modules = [module.name for module in pkgutil.walk_packages(gen.__path__, "gen.")]
    assert "gen.pages.plan" in modules
    run = subprocess.run([sys.executable, "-c", EACH_ALONE, *modules], capture_output=True, text=True, check=False)
    assert (run.stdout, run.stderr, run.returncode) == ("", "", 0)

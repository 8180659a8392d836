"""All checks: importing this registers them."""

from gen.checks import collection, duplicates, file, ledger, prose, record, traps
from gen.checks.registry import CHECKS, Check, run_phase

__all__ = ["CHECKS", "Check", "collection", "duplicates", "file", "ledger", "prose", "record", "run_phase", "traps"]

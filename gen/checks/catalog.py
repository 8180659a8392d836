"""All checks: importing this registers them."""

from gen import source_errors
from gen.checks import collection, duplicates, file, ledger, prose, record, traps
from gen.checks.registry import CHECKS, Check, run_phase

_REGISTERED = collection, duplicates, file, ledger, prose, record, source_errors, traps

__all__ = ["CHECKS", "Check", "run_phase"]

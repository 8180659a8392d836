"""All checks: importing this registers them."""

from gen.checks import collection, file, prose, record
from gen.checks.registry import CHECKS, Check, run_phase

__all__ = ["CHECKS", "Check", "collection", "file", "prose", "record", "run_phase"]

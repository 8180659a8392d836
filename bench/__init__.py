"""Benchmarks: what the tests can't hold, because it depends on the machine or takes long."""

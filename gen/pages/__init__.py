"""Plan: which pages and files the site has, and what each of them shows. Pure: nothing is read or written."""

from gen.pages.output import Batch, File, Output, Page
from gen.pages.plan import plan

__all__ = ["Batch", "File", "Output", "Page", "plan"]

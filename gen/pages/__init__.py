"""Plan: which pages and files the site has, and what each of them shows. Pure: nothing is read or written.

`gen.pages.plan` begins it. It isn't imported here, since modules that it needs import `Page` and `File` from here.
"""

from gen.pages.output import Batch, File, Group, Output, Page

__all__ = ["Batch", "File", "Group", "Output", "Page"]

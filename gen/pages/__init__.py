"""Plan: which pages and files the site has, and what each of them shows. Nothing of the site is written here.

Of files, only those written by hand that stand beside the records are looked at (`docs/`, `CITATION.cff`, `ids.txt`);
what takes long to find out is kept in the store.

`gen.pages.plan` begins it. It isn't imported here, since modules that it needs import `Page` and `File` from here.
"""

from gen.pages.output import Batch, File, Group, Output, Page

__all__ = ["Batch", "File", "Group", "Output", "Page"]

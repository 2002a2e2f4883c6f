"""The loader of the demonstration: data files in, rows and pages out."""

from demo.loader.demonstration import build_page, load

__all__ = ["build_page", "load"]

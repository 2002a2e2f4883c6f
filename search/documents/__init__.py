"""Text of files, page by page where the format knows pages."""

from search.documents.extraction import Extracted, Problem, extract

__all__ = ["Extracted", "Problem", "extract"]

"""Words of French and English text, in pure Python: what both engines index and look for."""

from search.analysis.analyser import Token, analyse, guess_language, stem
from search.analysis.text import clean, fold

__all__ = ["Token", "analyse", "clean", "fold", "guess_language", "stem"]

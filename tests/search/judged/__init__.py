"""The judged queries: a corpus of its own, what each query should find in it, and how well an engine does.

`python -m tests.search.judged` prints the figures; `tests/search/test_judged.py` holds the gates.
"""

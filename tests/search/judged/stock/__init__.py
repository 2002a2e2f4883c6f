"""What Wagtail's own search does with the same corpus and queries: the baseline, as its project template asks it."""

"""One booking on the officer's desk: its screen, what is corrected there, and how one finds it."""

"""What the team sees of the search: what was asked, what failed, what it does about it."""

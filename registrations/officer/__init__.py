"""What the training officer works with in the admin: the board, the screen of a date, decisions, lists."""

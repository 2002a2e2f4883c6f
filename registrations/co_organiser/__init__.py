"""What somebody of another organisation sees of the dates that they hold with the centre: who comes, and no more."""

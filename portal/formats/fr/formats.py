"""French hours, with their no-break spaces: «le 18 janvier 2027 à 8 h 00»."""

TIME_FORMAT = "G\u00a0\\h\u00a0i"
DATETIME_FORMAT = "j F Y à G\u00a0\\h\u00a0i"

"""What others may want to know of an occurrence."""

from django.dispatch import Signal

# Sent inside the transaction that saved it, its seat counter held. Arguments: `occurrence`, `user`, `created`,
# `before` (the `CalendarFacts` that calendars showed until now, None for a new date) and `reason` (for the people
# concerned, often empty).
occurrence_changed = Signal()

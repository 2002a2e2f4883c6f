"""What others may want to know of an occurrence."""

from django.dispatch import Signal

# Sent inside the transaction that saved it, its seat counter held. Arguments: `occurrence`, `user`, `created`.
occurrence_changed = Signal()

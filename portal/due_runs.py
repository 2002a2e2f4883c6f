"""The row that says when each piece of background work last ran, and who runs it now."""

from django.db import models


class DueRun(models.Model):
    """One job of `portal.due`. Its row is also the lock: whoever writes `locked_until` first runs the job."""

    name = models.CharField(max_length=200, primary_key=True)
    last_started = models.DateTimeField(null=True)
    last_finished = models.DateTimeField(null=True)
    locked_until = models.DateTimeField(null=True)
    last_error = models.CharField(max_length=300, blank=True)

    class Meta:
        app_label = "portal"

    def __str__(self) -> str:
        return self.name

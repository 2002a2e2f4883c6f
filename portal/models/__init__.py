"""What every page of the portal shares, and the memory of its background jobs."""

from portal.due_runs import DueRun
from portal.models.base_page import BasePage

__all__ = ["BasePage", "DueRun"]

"""Who may open the officer's screens."""

from portal.admin_access import requires as requires

VIEW = "registrations.view_registration"
CHANGE = "registrations.change_registration"
VIEW_NEEDS = "registrations.view_needs"
CHANGE_QUESTIONS = "registrations.change_question"
EXPORT = "registrations.export_registration"
READ_MESSAGES = "outbox.view_message"
CHANGE_DATE = "events.change_occurrence"
CHANGE_LIVE_DATE = "events.change_live_occurrence"

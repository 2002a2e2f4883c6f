"""Sentences of Wagtail's admin whose French counts on a gender that no code knows: ours agree with any word.

Django reads the project's catalogue before that of an app. The texts stand here so that `make messages` keeps them.
"""

from django.utils.translation import gettext_noop

SENTENCES = (
    gettext_noop("Add %(model_name)s"),
    gettext_noop("Add %(label)s"),
    gettext_noop("No %(model_name)s match your query."),
    gettext_noop("There are no %(model_name)s to display."),
    gettext_noop("%(model_name)s '%(object)s' created."),
    gettext_noop("%(model_name)s '%(object)s' updated."),
    gettext_noop("%(model_name)s '%(object)s' deleted."),
    gettext_noop("Are you sure you want to delete this %(model_name)s?"),
    gettext_noop("Are you sure you want to delete this %(snippet_type_name)s?"),
    gettext_noop("One or more references to this %(model_name)s prevent it from being deleted."),
    gettext_noop("You don't have permission to delete this %(snippet_type_name)s"),
    gettext_noop("Edit this %(object)s"),
    gettext_noop("Create a new %(model_name)s"),
    gettext_noop("Choose another"),
)

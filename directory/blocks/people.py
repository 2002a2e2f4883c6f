"""Somebody in a block: a person of the directory, or a name typed for this page only."""

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail.blocks import CharBlock, StructBlock, StructBlockValidationError, StructValue

from directory.blocks.choosers import OrganisationChooserBlock, PersonChooserBlock
from directory.models.organisations import Organisation


class SomebodyValue(StructValue):
    """Who is meant, whichever way it was said; what is typed here wins over what the directory says."""

    # The field of a name typed for this page.
    name_field: ClassVar[str] = "name"

    @property
    def shown_name(self) -> str:
        """The name, of the directory or typed."""
        person = self.get("person")
        return person.label if person else str(self.get(self.name_field) or "")

    @property
    def shown_role(self) -> str:
        """The role, typed or of the directory."""
        person = self.get("person")
        return str(self.get("role") or "") or (person.job_title if person else "")

    @property
    def shown_organisation(self) -> Organisation | None:
        """The organisation, chosen here or of the directory."""
        person = self.get("person")
        return self.get("organisation") or (person.organisation if person else None)

    @property
    def is_attributed(self) -> bool:
        """Whether anything is known of who it is."""
        return bool(self.shown_name or self.shown_role or self.shown_organisation)


def refuse_two_names(value: SomebodyValue) -> None:
    """Raise a validation error, shown at the name, where a person is chosen and a name is typed."""
    if value.get("person") and value.get(value.name_field):
        raise StructBlockValidationError(
            {value.name_field: ValidationError(_("Choose a person of the directory, or type a name: one of the two."))}
        )


class SomebodyBlock(StructBlock):
    """A person of the directory, or a name, with role and organisation: one of the two."""

    # Whether somebody must be named.
    must_name = True

    person = PersonChooserBlock()
    name = CharBlock(
        label=_("Name"), required=False, max_length=120, help_text=_("Only for somebody who is not in the directory.")
    )
    role = CharBlock(
        label=_("Role"), required=False, max_length=200, help_text=_("Empty: the role that the directory knows.")
    )
    organisation = OrganisationChooserBlock(help_text=_("Empty: the organisation that the directory knows."))

    class Meta:
        icon = "user"
        label = _("Person")
        value_class = SomebodyValue

    def clean(self, value: dict[str, Any]) -> StructValue:
        """Require somebody, once; a draft may name nobody yet. Raises a validation error shown at the name."""
        cleaned = super().clean(value)
        refuse_two_names(cleaned)
        named = cleaned.get("person") or cleaned.get("name")
        if self.must_name and not named and not self.is_deferred_validation:
            raise StructBlockValidationError(
                {"name": ValidationError(_("Choose a person of the directory, or type a name."))}
            )
        return cleaned

"""The territory tree in the admin: a row is placed under its parent from an ordinary form."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminModelForm
from wagtail.admin.panels import FieldPanel, FieldRowPanel

from directory.enums import TerritoryLevel
from directory.models import Territory
from portal.viewsets import PortalViewSet


class TerritoryForm(WagtailAdminModelForm):
    """A territory with the one that holds it."""

    parent = forms.ModelChoiceField(
        label=_("Inside"), queryset=Territory.objects.all(), required=False, help_text=_("Empty for a region.")
    )

    class Meta:
        model = Territory
        fields = ["level", "name", "insee_code", "latitude", "longitude"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["parent"]
        field.label_from_instance = lambda territory: territory.indented_name  # type: ignore[attr-defined]
        if self.instance.pk:
            self.initial["parent"] = self.instance.get_parent()
            inside = self.instance.get_descendants().values("pk")
            field.queryset = field.queryset.exclude(pk=self.instance.pk).exclude(pk__in=inside)  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a territory inside one that is not wider."""
        cleaned = super().clean()
        parent, level = cleaned.get("parent"), cleaned.get("level")
        widest_first = list(TerritoryLevel.values)
        if parent and level and widest_first.index(parent.level) >= widest_first.index(level):
            self.add_error("parent", _("A territory lies inside a wider one."))
        return cleaned

    def save(self, commit: bool = True) -> Territory:
        """Create the row at its place in the tree, or move it there."""
        parent = self.cleaned_data["parent"]
        territory = self.instance
        if not commit:
            return super().save(commit=False)
        if territory.pk is None:
            return parent.add_child(instance=territory) if parent else Territory.add_root(instance=territory)
        super().save()
        if parent != territory.get_parent():
            territory.move(parent or Territory.get_first_root_node(), "sorted-child" if parent else "sorted-sibling")
            territory.refresh_from_db()
        return territory


class TerritoryViewSet(PortalViewSet):
    """The list of territories, in the order of the tree."""

    model = Territory
    icon = "site"
    ordering = ["path"]
    list_display = ["indented_name", "level", "insee_code"]
    list_filter = ["level"]
    search_fields = ["name", "insee_code"]
    panels = [
        FieldPanel("level"),
        FieldPanel("name"),
        FieldPanel("insee_code"),
        FieldPanel("parent"),
        FieldRowPanel([FieldPanel("latitude"), FieldPanel("longitude")], heading=_("Where it stands on maps")),
    ]

    def get_form_class(self, for_update: bool = False) -> type[forms.ModelForm]:
        """Return the form that knows the tree."""
        return TerritoryForm

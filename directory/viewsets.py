"""The directory in the admin: lists to search and edit, and choosers."""

from django.utils.translation import gettext_lazy as _
from wagtail.admin.panels import FieldPanel, FieldRowPanel, InlinePanel
from wagtail.snippets.views.snippets import SnippetViewSetGroup

from directory.models import (
    Audience,
    Country,
    Keyword,
    Membership,
    Network,
    Organisation,
    Person,
    Programme,
    Theme,
    Venue,
)
from directory.territories import TerritoryViewSet
from portal.viewsets import PortalViewSet


class LabelledViewSet(PortalViewSet):
    """A vocabulary: code and labels."""

    list_display = ["label_fr", "label_en", "code"]
    search_fields = ["label_fr", "label_en", "code"]


class ThemeViewSet(LabelledViewSet):
    model = Theme
    icon = "tag"


class AudienceViewSet(LabelledViewSet):
    model = Audience
    icon = "group"


class ProgrammeViewSet(LabelledViewSet):
    model = Programme
    icon = "folder-open-inverse"


class NetworkViewSet(LabelledViewSet):
    model = Network
    icon = "globe"
    beside = ("programme",)
    list_display = ["label_fr", "programme", "kind", "call_year", "status"]
    list_filter = ["programme", "kind", "status"]
    panels = [
        FieldRowPanel([FieldPanel("label_fr"), FieldPanel("label_en")]),
        FieldPanel("code"),
        FieldPanel("programme"),
        FieldRowPanel([FieldPanel("kind"), FieldPanel("call_year"), FieldPanel("status")]),
        FieldPanel("website"),
        FieldRowPanel([FieldPanel("description_fr"), FieldPanel("description_en")]),
        InlinePanel("network_themes", heading=_("Themes"), label=_("Theme"), help_text=_("What it was about.")),
    ]


class CountryViewSet(LabelledViewSet):
    model = Country
    icon = "site"


class KeywordViewSet(PortalViewSet):
    model = Keyword
    icon = "tag"
    list_display = ["name", "label_fr", "label_en"]
    search_fields = ["name", "label_fr", "label_en"]


class OrganisationViewSet(PortalViewSet):
    model = Organisation
    icon = "home"
    beside = ("territory", "country")
    list_display = ["name", "acronym", "kind", "territory"]
    list_filter = ["kind", "country"]
    search_fields = ["name", "name_en", "acronym", "siret", "email_domain"]


class MembershipViewSet(PortalViewSet):
    model = Membership
    icon = "pick"
    beside = ("organisation__country", "territory")
    list_display = ["__str__", "organisation", "territory", "starts", "ends"]
    search_fields = ["organisation__name", "territory__name"]


class PersonViewSet(PortalViewSet):
    model = Person
    icon = "user"
    beside = ("organisation__country",)
    list_display = ["last_name", "first_name", "job_title_fr", "organisation"]
    search_fields = ["last_name", "first_name", "organisation__name"]


class VenueViewSet(PortalViewSet):
    model = Venue
    icon = "thumbtack"
    list_display = ["name", "town", "postcode"]
    search_fields = ["name", "town", "address"]


class DirectoryGroup(SnippetViewSetGroup):
    """The menu «Directory»."""

    menu_label = _("Directory")
    menu_icon = "list-ul"
    menu_order = 300
    items = [
        OrganisationViewSet,
        MembershipViewSet,
        PersonViewSet,
        VenueViewSet,
        TerritoryViewSet,
        ThemeViewSet,
        AudienceViewSet,
        KeywordViewSet,
        ProgrammeViewSet,
        NetworkViewSet,
        CountryViewSet,
    ]

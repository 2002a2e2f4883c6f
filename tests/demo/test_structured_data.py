"""Every page type, in every language, tells search engines what the table of required properties asks for."""

import json
import re

import pytest

from cycles.models import SessionPage, TrainingCyclePage
from demo.registry import BUILDERS, PageBuilder
from events.models import EventPage, ReportPage
from home.models import HomePage, NewsPage
from portal.languages import translations_of
from portal.structured_data import REQUIRED, missing, nodes_in
from resources.models import CaseStudyPage, DossierPage, ResourcePage

pytestmark = pytest.mark.usefixtures("demo_database")
SCRIPT = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)
# What each page type adds to the centre and to the way to the page.
SAYS = {
    TrainingCyclePage: "Course",
    SessionPage: "Event",
    EventPage: "Event",
    ReportPage: "Article",
    NewsPage: "Article",
    DossierPage: "Article",
    ResourcePage: "Article",
    CaseStudyPage: "Article",
}


def graphs(builder: PageBuilder, client) -> dict[str, list[dict]]:
    found = {}
    for language, version in translations_of(builder.build()).items():
        [script] = SCRIPT.findall(client.get(version.url).content.decode())
        found[language] = json.loads(script)["@graph"]
    return found


@pytest.mark.parametrize("builder", BUILDERS, ids=lambda builder: builder.page_type.__name__)
def test_a_page_says_what_it_must(builder: PageBuilder, client):
    for language, graph in graphs(builder, client).items():
        assert missing(graph) == []
        kinds = {part["@type"] for part in graph}
        wanted = {"Organization", "BreadcrumbList"} if builder.page_type is not HomePage else {"Organization"}
        assert wanted | ({SAYS[builder.page_type]} if builder.page_type in SAYS else set()) == kinds
        assert {part["inLanguage"] for part in nodes_in(graph) if "inLanguage" in part} <= {language, "fr"}
        referred = {value["@id"] for part in nodes_in(graph) for value in part.values() if is_reference(value)}
        assert referred <= {part["@id"] for part in graph if "@id" in part}
        assert all(set(part) <= {"@type", "name"} for part in nodes_in(graph) if part["@type"] == "Person")


def is_reference(value: object) -> bool:
    return isinstance(value, dict) and set(value) == {"@id"}


def test_the_table_asks_for_nothing_that_no_page_says(client):
    said = {
        part["@type"] for builder in BUILDERS for graph in graphs(builder, client).values() for part in nodes_in(graph)
    }
    assert set(REQUIRED) <= said

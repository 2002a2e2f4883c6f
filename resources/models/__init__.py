"""Dossiers, resources and case studies."""

from resources.models.case_studies import CaseNetwork, CaseSDG, CaseStudyPage
from resources.models.dossiers import DossierItem, DossierPage
from resources.models.indexes import ResourceIndexPage
from resources.models.publications import ResourcePage
from resources.models.related import RelatedPage

__all__ = [
    "CaseNetwork",
    "CaseSDG",
    "CaseStudyPage",
    "DossierItem",
    "DossierPage",
    "RelatedPage",
    "ResourceIndexPage",
    "ResourcePage",
]

"""Dossiers, resources and case studies."""

from resources.models.case_studies import CaseNetwork, CaseSDG, CaseStudyPage
from resources.models.dossiers import DossierItem, DossierPage
from resources.models.indexes import ResourceIndexPage
from resources.models.publications import ResourcePage

__all__ = [
    "CaseNetwork",
    "CaseSDG",
    "CaseStudyPage",
    "DossierItem",
    "DossierPage",
    "ResourceIndexPage",
    "ResourcePage",
]

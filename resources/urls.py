"""Public addresses beside the pages of dossiers, resources and case studies."""

from django.urls import path

from resources import views

app_name = "resources"
urlpatterns = [
    path("dossiers/<int:pk>.pdf", views.dossier_pdf, name="dossier_pdf"),
    path("citations/<int:pk>.<str:extension>", views.citation, name="citation"),
]

"""Public addresses of registrations."""

from django.urls import path
from django.utils.translation import gettext_lazy as _

from registrations.form import views
from registrations.space import urls as space_urls

app_name = "registrations"
urlpatterns = [
    path(_("register/<int:pk>/"), views.register, name="register"),
    path(_("register/page/<int:pk>/"), views.register_page, name="register_page"),
    *space_urls.urlpatterns,
]

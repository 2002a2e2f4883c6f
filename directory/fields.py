"""Fields that know the numbers of the French administration, and those of the Earth."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
from django.utils.translation import gettext_lazy as _
from stdnum.exceptions import ValidationError as NumberError
from stdnum.fr import siret

SIRET_LENGTH = 14


def validate_siret(value: str) -> None:
    """Raise ValidationError unless `value` is a SIRET: 14 digits with a right check digit (La Poste's included)."""
    try:
        siret.validate(value)
    except NumberError as error:
        raise ValidationError(_("This is not a SIRET number: 14 digits are expected, with a right key.")) from error


class SiretFormField(forms.CharField):
    """A SIRET as people copy it, with its spaces."""

    def to_python(self, value: Any) -> str:
        """Return the digits without spaces or dots."""
        return siret.compact(super().to_python(value) or "").replace(".", "")

    def widget_attrs(self, widget: forms.Widget) -> dict[str, Any]:
        """Leave room for the spaces."""
        return {**super().widget_attrs(widget), "maxlength": "25", "inputmode": "numeric"}


class SiretField(models.CharField):
    """The identifier of an establishment (14 digits), optional, checked."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **{"max_length": SIRET_LENGTH, "blank": True, "validators": [validate_siret], **kwargs})

    def formfield(self, **kwargs: Any) -> forms.Field:
        """Return the form field that accepts spaces."""
        return super().formfield(**{"form_class": SiretFormField, **kwargs})

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Tell migrations only of the column: an ordinary one."""
        name, _path, args, kwargs = super().deconstruct()
        kwargs.pop("validators", None)
        return name, "django.db.models.CharField", args, kwargs


class DegreesField(models.DecimalField):
    """A latitude or a longitude in degrees, to about a metre, optional; `most` is 90 or 180."""

    def __init__(self, *args: Any, most: int = 180, **kwargs: Any) -> None:
        self.most = most
        fixed = {"max_digits": 8, "decimal_places": 5, "null": True, "blank": True}
        super().__init__(
            *args, **{**fixed, "validators": [MinValueValidator(-most), MaxValueValidator(most)], **kwargs}
        )

    def deconstruct(self) -> tuple[str, str, list[Any], dict[str, Any]]:
        """Return what migrations need to make the field again."""
        name, path, args, kwargs = super().deconstruct()
        for fixed in ("max_digits", "decimal_places", "null", "blank", "validators"):
            kwargs.pop(fixed, None)
        return name, path, args, {**kwargs, "most": self.most}

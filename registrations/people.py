"""What an e-mail address says: who somebody is, and whose domain it is of."""

from django.db.models import Q

from directory.models import Organisation


def person_key(email: str) -> str:
    """Return an e-mail address as one compares it: without case, spaces and «+tag» before the @.

    `Ines+formation@Ville.example` and `ines@ville.example` reach the same person, who holds one place per date.
    """
    local, _at, domain = email.strip().lower().rpartition("@")
    return f"{local.split('+')[0] or local}@{domain}"


def has_domain(organisation: Organisation | None, email: str) -> bool:
    """Tell whether an address is of an organisation's own domain, or of a part of it («culture.ville.example»)."""
    domain = email.rpartition("@")[2].strip().lower()
    own = organisation.email_domain if organisation else ""
    return bool(own) and (domain == own or domain.endswith(f".{own}"))


def same_person(field: str, key: str) -> Q:
    """Return the condition that the e-mail in a field is that of a person, by their key: see `person_key`."""
    local, _at, domain = key.rpartition("@")
    tagged = {f"{field}__istartswith": f"{local}+", f"{field}__iendswith": f"@{domain}"}
    return Q(**{f"{field}__iexact": key}) | Q(**tagged)

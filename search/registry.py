"""Who describes searchable things. Apps above register a provider in their `AppConfig.ready()`."""

from abc import ABC, abstractmethod
from collections.abc import Iterable
from typing import ClassVar, Generic, TypeVar

from django.db.models import Model

from search.entries import EntryData, Source

Instance = TypeVar("Instance", bound=Model)


class Provider(ABC, Generic[Instance]):
    """Describes the instances of one model to the public search.

    Saving or deleting an instance refreshes its entries after the commit, whatever page or command did it.
    """

    model: type[Instance]
    # Other models whose changes `dependents` answers to.
    watches: ClassVar[tuple[type[Model], ...]] = ()
    # The facet by which entries name its instances, where these have entries only while something public names them.
    facet = ""

    def source(self, instance: Instance) -> Source:
        """Return the key under which all entries of `instance` are kept."""
        return Source(self.model._meta.label_lower, str(instance.pk))

    def sources(self, instance: Instance) -> list[Source]:
        """Return every key under which entries of `instance` are kept: several where one instance is several things."""
        return [self.source(instance)]

    def instances(self) -> Iterable[Instance]:
        """Return every instance that may have entries."""
        return self.model._default_manager.all()

    def prepare(self, instance: Instance) -> None:
        """Do, before the transaction that calls `entries`, what takes long (reading a file)."""

    @abstractmethod
    def entries(self, instance: Instance) -> Iterable[EntryData]:
        """Return what visitors may find of `instance`: nothing when it is not public."""

    def named(self, code: str) -> Iterable[Instance]:
        """Return the instances to look at again when something begins or ceases to name a code of `facet`."""
        return ()

    def dependents(self, changed: Model) -> Iterable[Instance]:
        """Return the instances whose entries tell something of `changed` (of another model), to refresh with it."""
        return ()


_providers: list[Provider] = []


def register(provider: Provider) -> None:
    """Add a provider; another one for the same model is an error."""
    if any(known.model is provider.model for known in _providers):
        raise ValueError(f"{provider.model._meta.label} already has a search provider.")
    _providers.append(provider)


def providers() -> list[Provider]:
    """Return the providers in the order of their registration."""
    return list(_providers)


def named_providers() -> dict[str, Provider]:
    """Return by facet the providers of rows that are found because something public names them."""
    return {provider.facet: provider for provider in _providers if provider.facet}


def provider_for(instance: Model) -> Provider | None:
    """Return the provider of an instance's model (that of its base page for a page), if it has one."""
    return next((provider for provider in _providers if isinstance(instance, provider.model)), None)


def is_watched(instance: Model) -> bool:
    """Return whether saving `instance` may change entries: its own, or those of things that depend on it."""
    return any(isinstance(instance, (provider.model, *provider.watches)) for provider in _providers)

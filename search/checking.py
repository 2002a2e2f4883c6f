"""Do the rows say what is public today, and do the indexes say what the rows say? Found, told, mended."""

from collections.abc import Callable
from dataclasses import dataclass, field

from elasticsearch import ApiError, TransportError

from search import siblings, sync
from search.engines import every_index
from search.engines.base import Index
from search.engines.checking import mended
from search.registry import providers


@dataclass
class Report:
    """What was found. `engines`: how many entries each had wrong, or None where it does not answer.

    `lacking`: how many notes of a language that a work lacks were missing or too many.
    """

    stale: list[str] = field(default_factory=list)
    orphans: list[str] = field(default_factory=list)
    lacking: int = 0
    engines: dict[str, int | None] = field(default_factory=dict)

    @property
    def is_right(self) -> bool:
        """True when nothing had to be mended, and every engine answered."""
        return not self.differs and None not in self.engines.values()

    @property
    def differs(self) -> bool:
        """True when something is not as it should be, wherever that could be compared."""
        return bool(self.stale or self.orphans or self.lacking or any(self.engines.values()))


def check(*, mends: bool) -> Report:
    """Compare what is public with the rows, and the rows with each index; mend what differs if asked to."""
    report = Report()
    for provider in providers():
        for instance in provider.instances():
            if sync.is_stale(provider, instance):
                report.stale.append(f"{provider.model._meta.label_lower} {instance.pk}")
                if mends:
                    sync.update_instance(provider, instance)
    for source in sync.orphans():
        report.orphans.append(f"{source.model} {source.key}")
        if mends:
            sync.write_nothing(source)
    report.lacking = sum(map(len, siblings.differences()))
    if mends:
        siblings.settle()
    work: Callable[[Index], int] = mended if mends else lambda engine: len(engine.differences())
    for engine in every_index():
        try:
            report.engines[engine.name] = work(engine)
        except (ApiError, TransportError):
            report.engines[engine.name] = None
    return report

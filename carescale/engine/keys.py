"""Keys: what a quantity or figure is called. `shared_lives.net_saving.council` is the entity, the name, the payer."""

from __future__ import annotations

from typing import NamedTuple

Dimensions = tuple[tuple[str, str], ...]  # (("payer", "council"),)


def outermost(key: str) -> str:
    """The first word of a dotted key: the intervention, for whatever is inside one."""
    return key.partition(".")[0]


def has_words(key: str, path: str) -> bool:
    """Whether the words of a path stand in a key, in their order: so much of it is enough where it means one."""
    words = iter(key.split("."))
    return all(word in words for word in path.split("."))


class Key(NamedTuple):
    """A key taken apart: the path of an entity, the name of a figure or formula, and a value for each dimension."""

    entity: str
    name: str
    dimensions: Dimensions = ()

    def __str__(self) -> str:
        text = f"{self.entity}.{self.name}"  # made thousands of times
        for _, value in self.dimensions:
            text += f".{value}"
        return text

    @property
    def values(self) -> tuple[str, ...]:
        """The values of its dimensions, in order: `council`, `2026_27`."""
        return tuple(value for _, value in self.dimensions)

    def value(self, dimension: str) -> str:
        """Its value of a dimension, such as its payer; "" where it has none."""
        return dict(self.dimensions).get(dimension, "")

    @property
    def outermost(self) -> str:
        """The first word of its entity: the intervention, for whatever is inside one."""
        return outermost(self.entity)

"""Reproducible randomness: every topic has a stream of its own."""

import random
from typing import TypeVar

Item = TypeVar("Item")

SEED = 20200205
"""Seed of the built-in study; another seed gives other records with the same figures."""


def dice(*topic: object) -> random.Random:
    """Return the random stream of a topic.

    Streams are independent of one another, so a change to one part of the generator leaves the records of
    the other parts as they were.

    Args:
        topic: words or numbers that name what is drawn, for example `"labs", 17`.

    """
    return random.Random(":".join(str(part) for part in (SEED, *topic)))  # noqa: S311 - nothing secret is drawn


def shuffled(items: list[Item], stream: random.Random) -> list[Item]:
    """Return the items in random order; the argument stays as it is."""
    return stream.sample(items, len(items))

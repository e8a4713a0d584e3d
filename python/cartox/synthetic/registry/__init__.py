"""A registry-sized extract: any number of distinct patients, drawn by SQL in bounded memory."""

from cartox.synthetic.dice import SEED
from cartox.synthetic.registry.write import write_registry

__all__ = ["SEED", "write_registry"]

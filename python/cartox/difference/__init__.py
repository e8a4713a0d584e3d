"""What moved between two published warehouses, and why."""

from cartox.difference.difference import Difference, compare
from cartox.difference.sides import find_sides
from cartox.difference.text import five_lines, print_difference

__all__ = ["Difference", "compare", "find_sides", "five_lines", "print_difference"]

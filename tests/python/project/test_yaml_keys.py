"""In YAML the later of two equal keys wins and the earlier is lost without a word: no file of the project has one twice."""

from collections import Counter

import pytest
import yaml

from tests.spec.compiled_project import PROJECT

FILES = [
    *PROJECT.glob("*.y*ml"),
    *(
        path
        for folder in ("models", "seeds", "tests", "python")
        for path in (PROJECT / folder).rglob("*.y*ml")
    ),
]
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)


def keys_given_twice(text: str) -> list[str]:
    """Each key that a mapping of a YAML text has more than once, with its line."""
    twice: list[str] = []
    left = [node for node in yaml.compose_all(text, Loader=LOADER) if node]
    while left:
        node = left.pop()
        if isinstance(node, yaml.MappingNode):
            names = Counter(key.value for key, _ in node.value if isinstance(key.value, str))
            twice += [
                f"line {key.start_mark.line + 1}: {key.value}"
                for key, _ in node.value
                if names[key.value] > 1
            ]
            left += [value for _, value in node.value]
        elif isinstance(node, yaml.SequenceNode):
            left += node.value
    return twice


def test_no_key_is_given_twice() -> None:
    found = {
        str(path.relative_to(PROJECT)): twice
        for path in FILES
        if (twice := keys_given_twice(path.read_text(encoding="utf-8")))
    }
    assert found == {}


@pytest.mark.parametrize("text", ["a: 1\nb: 2\na: 3", "- a: {b: 1, b: 1}", "x: &x {a: 1}\ny: {a: *x, a: 2}"])
def test_a_key_given_twice_is_seen(text: str) -> None:
    assert len(keys_given_twice(text)) == 2

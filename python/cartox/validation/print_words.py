"""Print the words that nothing maps, by what hangs on them."""

from rich.console import Console

from cartox.terminal import heading, new_table, print_table, sentence
from cartox.validation.words import UnmappedWords, without

WORDS_SHOWN = 20


def print_words(unmapped: UnmappedWords, console: Console) -> None:
    """Print for each column its words, most records first, with the nearest known concepts."""
    if not unmapped.columns:
        console.print("Every word of the records is mapped.")
    for entity, column in unmapped.columns:
        heading(console, f"{entity.replace('_', ' ')}: {column}")
        sentence(console, f"Not known without it: {without(entity, column)}.")
        words = unmapped.of(entity, column)
        table = new_table("word", "nearest known", "records", "patients", numeric_from=2)
        for word in words[:WORDS_SHOWN]:
            shown = f"{word.word} ({word.code})" if word.code else word.word
            counts = f"{word.n_records:,}", f"{word.n_patients:,}"
            table.add_row(_plain(shown), _plain(", ".join(word.nearest)), *counts)
        if words:
            print_table(console, table)
        if len(words) > WORDS_SHOWN:
            sentence(console, f"... and {len(words) - WORDS_SHOWN:,} more.")
        n_withheld = unmapped.n_withheld.get((entity, column), 0)
        if n_withheld:
            sentence(
                console,
                f"{n_withheld:,} of fewer than {unmapped.threshold} patients each not named here; cartox validate --words FILE "
                "writes them, for you alone.",
            )


def _plain(text: str) -> str:
    """Return a site's text so that nothing in it is taken for markup."""
    return text.replace("[", r"\[")

"""A file that nothing may read, a place that nothing may write, and the one line that a hostile file may cause."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import Any

from typer.testing import CliRunner

from cartox.cli import app

TEXT = "CANARY-4711"


@dataclass(frozen=True)
class Canary:
    """`secret` holds TEXT; `folder` holds `secret` alone and is to stay so."""

    folder: Path

    @property
    def secret(self) -> Path:
        return self.folder / "secret.csv"

    @classmethod
    def of(cls, folder: Path) -> Canary:
        folder.mkdir()
        canary = cls(folder)
        header = "key,value,patient_id,birth_date,sex,person_id,year_of_birth"
        canary.secret.write_text(f"{header}\n" + ",".join([TEXT] * 7) + "\n")
        return canary

    def assert_alone(self, *elsewhere: Path) -> None:
        """Nothing was written beside it, and its text is in no file of the given folders."""
        assert [path.name for path in self.folder.iterdir()] == [self.secret.name]
        for folder in elsewhere:
            for path in folder.rglob("*"):
                if path.is_file() and not path.is_symlink():
                    assert TEXT.encode() not in path.read_bytes(), path


def assert_one_line(words: list[str], message: str) -> None:
    """The command ends with 2 and one line that tells what is wrong, and prints nothing else."""
    result: Any = CliRunner().invoke(app, words)
    assert result.exit_code == 2, (words, result.output)
    assert result.stdout == ""
    assert result.stderr.count("\n") == 1, result.stderr
    assert message in result.stderr, (words, result.stderr)
    assert "Traceback" not in result.stderr
    assert TEXT not in result.output

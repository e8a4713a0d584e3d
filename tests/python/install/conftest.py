"""The package as a stranger has it: built, installed where nobody may write, and used in a folder of an odd name."""

from __future__ import annotations

import os
import subprocess
import sys
import sysconfig
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.spec.compiled_project import PROJECT

ODD_NAME = "my studies [CAR-T] (1) l'été"
ONLY_READ = 0o555


@dataclass(frozen=True)
class Stranger:
    """An environment with the installed package, the stranger's home, and the folder in which they work."""

    environment: Path
    home: Path
    folder: Path

    def cartox(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run the installed command in the folder, with nothing of this process's environment."""
        return subprocess.run(
            [*WITHOUT_RIGHTS, str(self.environment / "bin" / "cartox"), *words],
            cwd=self.folder, env=self._variables, capture_output=True, text=True, check=False, stdin=subprocess.DEVNULL,
        )  # fmt: skip

    @property
    def _variables(self) -> dict[str, str]:
        scratch = self.folder.parent / "scratch"
        return {"PATH": "/usr/bin:/bin", "HOME": str(self.home), "TMPDIR": str(scratch), "LANG": "C.UTF-8"}

    @property
    def package(self) -> Path:
        """The folder of the installed package."""
        return next(self.environment.glob("lib/python3*/site-packages/cartox"))


def _without_rights() -> list[str]:
    """Root may write anywhere: the words before a command that take this right from it."""
    if os.geteuid() != 0:
        return []
    words = ["setpriv", "--bounding-set=-dac_override,-dac_read_search", "--inh-caps=-all"]
    tried = subprocess.run([*words, "true"], check=False, capture_output=True)
    return words if tried.returncode == 0 else []


WITHOUT_RIGHTS = _without_rights()


@pytest.fixture(scope="session")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The package, built from this checkout."""
    folder = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=PROJECT, check=True, capture_output=True)
    return next(folder.glob("cartox-*.whl"))


@pytest.fixture(scope="session")
def stranger(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stranger]:
    """Somebody with the package, what it needs lent by this environment, and no network."""
    place = tmp_path_factory.mktemp("stranger")
    environment, home, folder = place / "environment", place / "home", place / ODD_NAME
    subprocess.run([sys.executable, "-m", "venv", str(environment)], check=True)
    for path in (home, folder, place / "scratch"):
        path.mkdir()
    pip = [str(environment / "bin" / "python"), "-m", "pip", "install", "--quiet", "--no-index", "--no-deps"]
    subprocess.run([*pip, str(wheel)], check=True, capture_output=True)
    packages = next(environment.glob("lib/python3*/site-packages"))
    (packages / "lent.pth").write_text(f"{sysconfig.get_path('purelib')}\n")
    closed = [packages, *(packages / "cartox").rglob("*")]
    modes = {path: path.stat().st_mode for path in closed}
    for path in closed:
        path.chmod(path.stat().st_mode & ONLY_READ)
    yield Stranger(environment, home, folder)
    for path, mode in modes.items():
        path.chmod(mode)

"""The files that the architecture tests look at."""

import ast
import functools
import subprocess
from pathlib import Path

ROOT = Path(__file__).parents[2]
PACKAGES = ("screening", "app", "migrations")


@functools.cache
def tracked() -> tuple[Path, ...]:
    """Every file of the repository that exists and is not ignored, new ones included."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    return tuple(sorted(ROOT / name for name in listed if (ROOT / name).is_file()))


def python(*packages: str) -> list[Path]:
    """The Python files of the packages; none at all would make every check pass, so that is a failure."""
    found = [path for path in tracked() if path.suffix == ".py" and name_of(path).split("/")[0] in packages]
    assert found, f"no Python files under {packages}"
    return found


def name_of(path: Path) -> str:
    return path.relative_to(ROOT).as_posix()


@functools.cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"), filename=name_of(path))

"""What holds for the project as a whole: its rooms, its files, its migrations."""

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

PROJECT = settings.PROJECT_DIR
# Where packages come from is a matter of the machine, and so is where the project lies on it. In pieces: this file
# is read too.
REGISTRIES = ["python" + "hosted", "pypi" + ".org", "npm" + "js", "index" + "-url =", "maven" + ".org"]
PLACES = re.compile(r"(?<![A-Za-z0-9_.<-])/(work|farm|root|home)/(?!\{)", re.ASCII)
TEXT = {".py", ".toml", ".txt", ".md", ".html", ".css", ".js", ".yml", ".yaml", ".json", ".po", ".conf", ""}


def test_rooms_import_downwards_only() -> None:
    lint_imports = Path(sys.executable).with_name("lint-imports")
    run = subprocess.run([lint_imports, "--no-cache"], cwd=PROJECT, capture_output=True, text=True)
    assert run.returncode == 0, run.stdout


@pytest.fixture(scope="module")
def text_files() -> list[Path]:
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=PROJECT,
        capture_output=True,
        text=True,
        check=True,
    )
    paths = [PROJECT / name for name in listed.stdout.split("\0") if name]
    return [path for path in paths if path.suffix in TEXT and path.is_file()]


def test_no_file_names_a_package_registry_or_a_place_of_one_machine(text_files: list[Path]) -> None:
    assert len(text_files) > 100
    found = []
    for path in text_files:
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
            if any(name in line for name in REGISTRIES) or PLACES.search(line):
                found.append(f"{path.relative_to(PROJECT)}:{number}: {line.strip()}")
    assert found == []


def test_models_and_migrations_agree(db) -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_every_dependency_is_pinned_and_hashed() -> None:
    for name in ("run.txt", "test.txt"):
        entries = re.split(
            r"\n(?=[a-z0-9])", (PROJECT / ".ci" / "requirements" / name).read_text(), flags=re.IGNORECASE
        )
        for entry in entries[1:]:
            assert "==" in entry, entry
            assert "--hash=sha256:" in entry, entry

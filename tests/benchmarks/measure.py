"""What all measurements share: the machine, the databases they run on, and the form of a result."""

import json
import os
import platform
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit

import psycopg
from psycopg import sql

PROJECT_DIR = Path(__file__).resolve().parents[2]
# Centres of a group: with one of a county, and with all 3,306 of Sichuan, 183 of them of counties.
SMALL, LARGE = 5, 3306
# The catalogue that every county's centre adopts, as large as that of Guang'an District.
ITEMS = 1135


@dataclass(frozen=True)
class Result:
    """One measurement. `ratio` says how value and baseline stand to each other; each name says which way round."""

    name: str
    value: float
    unit: str
    baseline: float | None = None
    ratio: float | None = None

    def line(self) -> str:
        """As one line of JSON, with as many digits as mean something."""
        rounded = {
            key: float(f"{value:.4g}") if isinstance(value, float) else value for key, value in asdict(self).items()
        }
        return json.dumps(rounded)


def say(text: str) -> None:
    """For the person who waits: not among the results."""
    sys.stderr.write(f"{text}\n")
    sys.stderr.flush()


def machine() -> str:
    """Processor, cores, memory, system, Python: what figures can't be compared without."""
    processor = platform.processor() or platform.machine()
    if Path("/proc/cpuinfo").exists():
        lines = Path("/proc/cpuinfo").read_text().splitlines()
        processor = next((line.split(":")[1].strip() for line in lines if line.startswith("model name")), processor)
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    database = "PostgreSQL" if on_postgresql() else "SQLite"
    return (
        f"{processor}, {len(os.sched_getaffinity(0))} cores, {memory:.0f} GB, {platform.system()} {platform.release()}, "
        f"Python {platform.python_version()}, {database}, load {os.getloadavg()[0]:.1f}"
    )


def on_postgresql() -> bool:
    """Whether DATABASE_URL names a PostgreSQL server to measure on; SQLite files otherwise."""
    return os.environ.get("DATABASE_URL", "").startswith(("postgres://", "postgresql://"))


def database_url(data_dir: Path) -> str:
    """The database that belongs to a data folder. On PostgreSQL one of its own beside the one that DATABASE_URL names."""
    if not on_postgresql():
        return f"sqlite:///{data_dir}/yizhan.sqlite3"
    name = re.sub(r"\W", "_", f"{data_dir.parent.name}_{data_dir.name}")
    return urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}").geturl()


def drop_database(data_dir: Path, create: bool = False) -> None:
    """On PostgreSQL, drop a data folder's database if there is one, and make it anew."""
    if not on_postgresql():
        return
    name = urlsplit(database_url(data_dir)).path.removeprefix("/")
    with psycopg.connect(os.environ["DATABASE_URL"], autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {} WITH (FORCE)").format(sql.Identifier(name)))
        if create:
            connection.execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(name)))


def environment(data_dir: Path, **settings: str) -> dict[str, str]:
    """For processes that work on a data folder of their own. No page is kept, unless the settings say so."""
    kept = {key: value for key, value in os.environ.items() if key not in ("CACHE_URL", "DEBUG")}
    return kept | {
        "DATA_DIR": str(data_dir),
        "DATABASE_URL": database_url(data_dir),
        "DJANGO_SETTINGS_MODULE": "tests.benchmarks.settings",
        "PAGE_CACHE_SECONDS": "0",
        **settings,
    }


def manage(data_dir: Path, *arguments: str) -> int:
    """Run a command of the project on a data folder; its output goes where a person sees it. Out: the exit code."""
    command = [sys.executable, "manage.py", *arguments]
    return subprocess.run(
        command, cwd=PROJECT_DIR, env=environment(data_dir), stdout=sys.stderr, check=False
    ).returncode


@contextmanager
def empty_data_dir() -> Iterator[Path]:
    """A migrated, empty database that is gone afterwards."""
    with TemporaryDirectory(prefix="yizhan-benchmark-") as folder:
        migrated(Path(folder))
        try:
            yield Path(folder)
        finally:
            drop_database(Path(folder))


def migrated(data_dir: Path) -> None:
    drop_database(data_dir, create=True)
    if manage(data_dir, "migrate", "--verbosity=0"):
        raise SystemExit("The database for the measurement can't be made.")


def scale_data_dir(folder: Path, sites: int) -> Path:
    """A data folder with that many centres and the catalogue; made once, and again after the models changed."""
    name = f"{sites}-sites-{ITEMS}-items"
    data_dir = folder / (f"{name}-postgresql" if on_postgresql() else name)
    done = data_dir / "done"
    if done.exists() and manage(data_dir, "migrate", "--check", "--verbosity=0") == 0:
        return data_dir
    if data_dir.exists():
        shutil.rmtree(data_dir)
    data_dir.mkdir(parents=True)
    say(f"Making a group of {sites} sites with {ITEMS} items in {data_dir} …")
    migrated(data_dir)
    if manage(data_dir, "make_scale_data", f"--sites={sites}", f"--items={ITEMS}"):
        raise SystemExit("The data for the measurement can't be made.")
    if on_postgresql():
        # What PostgreSQL does by itself within a minute.
        with psycopg.connect(database_url(data_dir), autocommit=True) as connection:
            connection.execute("VACUUM ANALYZE")
    done.touch()
    return data_dir

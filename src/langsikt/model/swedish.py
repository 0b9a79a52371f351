"""The Swedish that the scanners read free text by: streets, months, and how a sentence begins (``swedish.toml``)."""

import tomllib
from pathlib import Path
from typing import Any

SWEDISH: dict[str, Any] = tomllib.loads((Path(__file__).parent / "words" / "swedish.toml").read_text("utf-8"))

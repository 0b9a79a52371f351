"""pytest on a sabotaged copy: it borrows the databases of the run that called it, and leaves them standing."""

import os
import sys

import pytest

from tests import cluster


def main() -> int:
    """Runs what the command line names; answers as pytest does."""
    if "LANGSIKT_TEST_HOME" in os.environ:
        cluster.remove = lambda path: None
    return int(pytest.main(["-p", "no:xdist", *sys.argv[1:]]))


if __name__ == "__main__":
    sys.exit(main())

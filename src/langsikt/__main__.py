"""Lets `python -m langsikt` be the command `langsikt`."""

from langsikt.cli.main import main

if __name__ == "__main__":
    main()

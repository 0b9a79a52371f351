"""A start that is refused: one clear line on stderr and an exit code."""


class Refused(Exception):
    """Stops the command with one line; code 2 is a wrong set-up, code 1 something in the way right now."""

    def __init__(self, line: str, code: int = 2) -> None:
        super().__init__(line)
        self.line, self.code = line, code

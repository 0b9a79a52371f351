"""Finds what ``retention.toml`` leaves unsaid: a rule of erasure that says nothing would erase at once."""

from langsikt.model.method import Method
from langsikt.model.reading import Faults

FILE = "retention.toml"
NEEDS = {"years_after_last_note": ("count",), "age_of_child": ("count", "from_on"), "sample": ("days",)}
DAYS = frozenset(str(day) for day in range(1, 32))


def check(method: Method, faults: Faults) -> None:
    """Every rule that is missing, unknown or without what it is about becomes a fault."""
    for rule in method.retention.values():
        if rule.key not in NEEDS:
            faults.unknown(FILE, rule.key, rule.key, "rule", NEEDS)
        for part in NEEDS.get(rule.key, ()):
            if not getattr(rule, part):
                faults.add(
                    FILE, f"{rule.key}.{part}", f'"{part}" says nothing', f"write {part} with the law beside you"
                )
        if rule.count is not None and rule.count < 0:
            faults.add(FILE, f"{rule.key}.count", f"{rule.count} is no time", "write 1 or more")
        for day in sorted(set(rule.days) - DAYS):
            faults.add(FILE, f"{rule.key}.days", f'"{day}" is no day of a month', 'write "1" to "31"')
    for key in NEEDS:
        if key not in method.retention:
            faults.add(FILE, key, f'"{key}" is missing', f"write [{key}] with its source")

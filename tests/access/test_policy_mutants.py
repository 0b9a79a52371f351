"""Every rule of the policy module is changed once, on a copy, and the table of the policy notices each time (P1)."""

import ast
import copy
import types
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from langsikt.access import policy
from tests.access import test_policy as table

SOURCE = Path(str(policy.__file__)).read_text(encoding="utf-8")
OPPOSITE: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.GtE: ast.Gt,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.Lt: ast.LtE,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
}
HARMLESS = {"1 -> 2"}  # what nobody is shown: classes up to -1 or up to -2, and there is no class below 0
SWAPPED = {"any": "all", "all": "any", "max": "min", "min": "max"}


def alternatives(node: ast.AST) -> list[ast.AST]:
    """What a rule could have been by a slip: every comparison, connective, condition, constant and call."""
    changed: list[ast.AST] = []
    if isinstance(node, ast.Compare):
        changed.append(ast.Compare(node.left, [OPPOSITE[type(node.ops[0])](), *node.ops[1:]], node.comparators))
    elif isinstance(node, ast.BoolOp):
        changed.append(ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values))
        changed += node.values if len(node.values) == 2 else []  # the rule without its other half
    elif isinstance(node, ast.Constant) and isinstance(node.value, bool):
        changed.append(ast.Constant(not node.value))
    elif isinstance(node, ast.Constant) and isinstance(node.value, int):
        changed += [ast.Constant(node.value + 1), ast.Constant(node.value - 1)]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id in SWAPPED:
        changed.append(ast.Call(ast.Name(SWAPPED[node.func.id], ast.Load()), node.args, node.keywords))
    elif isinstance(node, ast.comprehension) and node.ifs:
        changed.append(ast.comprehension(node.target, node.iter, [], 0))
    elif isinstance(node, ast.Set | ast.Tuple | ast.List) and len(node.elts) > 1:
        kept = [[e for e in node.elts if e is not gone] for gone in node.elts]
        changed += [type(node)(elts) if isinstance(node, ast.Set) else type(node)(elts, node.ctx) for elts in kept]
    return changed


def mutants() -> Iterator[tuple[str, types.ModuleType]]:
    """A module for each change, with what was changed."""
    whole = ast.parse(SOURCE)
    docs = {id(n.body[0].value) for n in ast.walk(whole) if _documented(n)}  # type: ignore[attr-defined]
    places = [(n, number) for n in ast.walk(whole) if id(n) not in docs for number in range(len(alternatives(n)))]
    for node, number in places:
        tree = copy.deepcopy(whole)
        twin = _twin(whole, tree, node)
        changed = alternatives(twin)[number]
        said = f"{_said(twin)} -> {_said(changed)}"
        yield (
            f"line {getattr(node, 'lineno', 0)}: {said}" if said not in HARMLESS else said,
            _built(_Put(twin, changed).visit(tree)),
        )


def _documented(node: ast.AST) -> bool:
    return isinstance(node, ast.Module | ast.FunctionDef) and ast.get_docstring(node) is not None


def _twin(whole: ast.AST, tree: ast.AST, node: ast.AST) -> ast.AST:
    return next(copied for known, copied in zip(ast.walk(whole), ast.walk(tree), strict=True) if known is node)


def _said(node: ast.AST) -> str:
    return ast.unparse(ast.fix_missing_locations(node))


class _Put(ast.NodeTransformer):
    def __init__(self, old: ast.AST, new: ast.AST) -> None:
        self.old, self.new = old, new

    def visit(self, node: ast.AST) -> Any:
        return self.new if node is self.old else self.generic_visit(node)


def _built(tree: ast.AST) -> types.ModuleType:
    module = types.ModuleType("mutant")
    code = compile(ast.fix_missing_locations(tree), "mutant", "exec")  # type: ignore[arg-type]
    exec(code, module.__dict__)  # noqa: S102 - our own source, one rule changed
    return module


def holds(rules: Any) -> bool:
    """Whether a module answers every question of the table as written by hand; an error is a no."""
    try:
        return all(part(rules) for part in (_looks, _masks, _whereabouts, _acts, _nobody))
    except Exception:
        return False


def _looks(rules: Any) -> bool:
    known = all(
        rules.may({role}, look) is (look in seen) for role, seen in table.LOOKS.items() for look in table.EVERY_LOOK
    )
    both = rules.may({"analyst", "log_reviewer"}, "journal") and not rules.may({"analyst"}, "journal")
    return known and both and not rules.may({"nobody"}, "journal") and rules.may(["nobody", "analyst"], "aggregates")


def _masks(rules: Any) -> bool:
    known = all(
        rules.shows({role}, klass) is (klass <= min(most, 2))
        for role, most in table.SHOWN.items()
        for klass in range(5)
    )
    always = not any(rules.shows({role}, k, name) for role in table.SHOWN for k in range(4) for name in table.NAMES)
    several = rules.shows({"analyst", "case_worker"}, 2) and rules.shows(["nobody", "case_worker"], 2)
    whereabouts = not any(rules.shows({role}, 3, "note") for role in table.SHOWN)
    return known and always and several and whereabouts and not rules.shows({"nobody"}, 0)


def _whereabouts(rules: Any) -> bool:
    """Also where a role was given too much by mistake: class 3 is never shown without a reveal."""
    given, rules.METHOD = rules.METHOD, SimpleNamespace(roles={"spoilt": SimpleNamespace(shows=9)})
    try:
        return rules.shows({"spoilt"}, 2) and not any(rules.shows({"spoilt"}, klass) for klass in (3, 4, 9))
    finally:
        rules.METHOD = given


def _acts(rules: Any) -> bool:
    return all(rules.acting_role(held, event) == role for held, event, role in table.ACTING) and all(
        rules.acting_role(list(rules.ORDER)[at:]) == role for at, role in enumerate(policy.ORDER)
    )


def _nobody(rules: Any) -> bool:
    return not rules.may((), "model") and not rules.shows((), 0) and rules.acting_role(()) == "none"


def test_the_policy_itself_holds() -> None:
    assert holds(policy)


def test_every_rule_changed_once_is_noticed() -> None:
    survived, tried = [], 0
    for said, rules in mutants():
        tried += 1
        if holds(rules) and said not in HARMLESS:
            survived.append(said)
    noticed = tried - len(survived) - len(HARMLESS)
    print(f"{tried} mutants of the policy, {noticed} noticed, {len(HARMLESS)} without effect")
    assert not survived, survived
    assert tried >= 25


@pytest.mark.parametrize("slip", ["return True", "return None"])
def test_a_whole_rule_that_says_one_thing_is_noticed(slip: str) -> None:
    for name in ("may", "shows", "acting_role"):
        tree = ast.parse(SOURCE)
        function = next(n for n in tree.body if isinstance(n, ast.FunctionDef) and n.name == name)
        function.body = ast.parse(f"def f():\n    {slip}").body[0].body  # type: ignore[attr-defined]
        assert not holds(_built(tree)), name

"""Fingerprints: what the rules of time are made of, told from their sources, so that a changed rule is found and no other.

The fingerprint of a rule covers its function with its decorator, and every constant, helper and import of its module that they name,
directly or through one another, into the other modules of rules too. Comments, docstrings, layout and examples are no part of it; what
a module does when it is imported, beyond giving names, is part of every rule's of it.
"""

from __future__ import annotations

import ast
from collections import defaultdict
from collections.abc import Iterator, Mapping
from typing import NamedTuple

from timeline.digest import digest

_DEFINITION = ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef
_RULE = "rule"  # the decorator of rules; its first argument is the pattern, those after it are examples

Place = tuple[str, str]
"""A module and a name in it; the name is "" for all of the module, and for what is run whatever is named."""


class _Part(NamedTuple):
    """A statement of a module, without what makes no difference, and the places that it names."""

    code: str
    needs: frozenset[Place]


def fingerprints(sources: Mapping[str, str]) -> dict[Place, str]:
    """Return the fingerprint of every name of the modules, whose sources are given by their full names."""
    parts: dict[Place, list[_Part]] = defaultdict(list)
    for module, source in sources.items():
        for name, part in _parts(module, ast.parse(source), frozenset(sources)):
            parts[module, name].append(part)
    return {place: _fingerprint(place, parts) for place in parts if place[1]}


def _fingerprint(place: Place, parts: Mapping[Place, list[_Part]]) -> str:
    seen: set[Place] = set()
    waiting = {place}
    while waiting:
        at = waiting.pop()
        seen.add(at)
        module, name = at
        found = {(module, ""), *(need for part in parts.get(at, ()) for need in part.needs)}
        if name == _ALL:
            found |= {other for other in parts if other[0] == module}
        waiting |= found - seen
    return digest(text for at in sorted(seen) for text in (*at, *(part.code for part in parts.get(at, ()))))


_ALL = "*"


def _parts(module: str, tree: ast.Module, modules: frozenset[str]) -> Iterator[tuple[str, _Part]]:
    """Yield the statements of a module by the names that they give."""
    for statement in tree.body:
        match statement:
            case ast.Expr(ast.Constant()):
                continue  # a docstring
            case ast.Import(names) | ast.ImportFrom(names=names):
                for alias in names:
                    name = alias.asname or alias.name.partition(".")[0]
                    yield name, _Part(ast.dump(statement), frozenset(_imported(statement, alias, modules)))
            case ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name) | ast.ClassDef(name=name):
                _strip(statement)
                yield name, _Part(ast.dump(statement), _named(module, statement))
            case _:
                for name in _bound(statement):
                    yield name, _Part(ast.dump(statement), _named(module, statement))


def _imported(statement: ast.Import | ast.ImportFrom, alias: ast.alias, modules: frozenset[str]) -> Iterator[Place]:
    """Yield what an import takes from the modules at hand: a name of one, all of one, or all of all where it does not say."""
    if isinstance(statement, ast.Import):
        yield from ((module, _ALL) for module in modules if module.startswith(alias.name))
    elif statement.level or alias.name == "*":
        yield from ((module, _ALL) for module in modules)
    elif statement.module in modules:
        yield statement.module, alias.name
    elif f"{statement.module}.{alias.name}" in modules:
        yield f"{statement.module}.{alias.name}", _ALL


def _bound(statement: ast.stmt) -> list[str]:
    """Return the names that a plain assignment gives; "" for any other statement, which counts whatever is named."""
    match statement:
        case ast.Assign(targets) if all(isinstance(target, ast.Name | ast.Tuple) for target in targets):
            return [node.id for target in targets for node in ast.walk(target) if isinstance(node, ast.Name)]
        case ast.AnnAssign(target=ast.Name(id=name)):
            return [name]
    return [""]


def _strip(definition: ast.AST) -> None:
    """Take docstrings and the examples of rules away."""
    for node in ast.walk(definition):
        if isinstance(node, _DEFINITION):
            match node.body[0]:
                case ast.Expr(ast.Constant(str())):
                    node.body = node.body[1:] or [ast.Pass()]
            for decorator in node.decorator_list:
                match decorator:
                    case ast.Call(func=ast.Name(id=name), args=[pattern, *_]) if name == _RULE:
                        decorator.args = [pattern]


def _named(module: str, statement: ast.stmt) -> frozenset[Place]:
    """Return the names that a statement asks its module for; the parameters of a function are its own inside it."""
    if isinstance(statement, ast.FunctionDef | ast.AsyncFunctionDef):
        args = statement.args
        own = {arg.arg for arg in (*args.posonlyargs, *args.args, *args.kwonlyargs, args.vararg, args.kwarg) if arg is not None}
        inside = {name for node in statement.body for name in _loaded(node)}
        outside = {name for node in (args, *statement.decorator_list, statement.returns) if node for name in _loaded(node)}
        names = (inside - own) | outside
    else:
        names = _loaded(statement)
    return frozenset((module, name) for name in names)


def _loaded(node: ast.AST) -> set[str]:
    found, waiting = set(), [node]
    while waiting:  # twice as fast as `ast.walk`
        at = waiting.pop()
        if isinstance(at, ast.Name):
            found.add(at.id)
            continue
        for field in at._fields:
            value = getattr(at, field, None)
            if isinstance(value, ast.AST):
                waiting.append(value)
            elif isinstance(value, list):
                waiting += [one for one in value if isinstance(one, ast.AST)]
    return found

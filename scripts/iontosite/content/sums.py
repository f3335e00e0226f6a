"""Numbers that pages work out from their sources, from `docs/sums.yml`: each with its sum, which is done again here."""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable

from pydantic import Field

from iontosite.content.located import Located, validate
from iontosite.content.record import Record
from iontosite.faults import ContentError, Fault

_DOING: dict[type[ast.operator], Callable[[float, float], float]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
    ast.Pow: operator.pow,  # a root is ** 0.5
}


class Sum(Record):
    """A number as a page prints it, the pages that do, and how it comes out of the sources: "52 - 33"."""

    says: str = Field(pattern=r"^\d+(\.\d+)?$")
    pages: tuple[str, ...] = Field(min_length=1)
    sum: str = Field(min_length=3)
    why: str = ""


class _File(Record):
    sums: tuple[Sum, ...]


def load_sums(located: Located) -> tuple[Sum, ...]:
    """Every sum; raises ContentError for each that is no sum, or comes to something else than the page prints."""
    sums = validate(_File, located).sums
    faults = []
    for index, each in enumerate(sums):
        digits = len(each.says.partition(".")[2])
        try:
            value = worth(each.sum)
        except ValueError as error:
            faults.append(Fault(located.path, located.line(("sums", index, "sum")), str(error)))
            continue
        if f"{value:.{digits}f}" != each.says:
            message = f"{each.sum} is {value:.4g}, and not {each.says}: correct the sum, or the pages"
            faults.append(Fault(located.path, located.line(("sums", index, "says")), message))
    if faults:
        raise ContentError(faults)
    return sums


def worth(text: str) -> float:
    """What a sum of numbers with + - * / ** and brackets comes to; raises ValueError for anything else."""
    try:
        value = _worth(ast.parse(text, mode="eval").body)
        return float(value)  # a root of something below zero is none
    except (SyntaxError, ArithmeticError, RecursionError, MemoryError, TypeError) as error:
        raise ValueError(f'"{text}" is no sum: write numbers with + - * / ** and brackets') from error


def _worth(node: ast.expr) -> float:
    if isinstance(node, ast.Constant) and isinstance(node.value, int | float) and not isinstance(node.value, bool):
        return float(node.value)
    if isinstance(node, ast.BinOp) and type(node.op) in _DOING:
        return _DOING[type(node.op)](_worth(node.left), _worth(node.right))
    raise ValueError("a sum holds only numbers with + - * / ** and brackets")

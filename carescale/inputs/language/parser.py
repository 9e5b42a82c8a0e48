"""Text into an expression: a Pratt parser, after Vaughan Pratt's "Top down operator precedence" (1973).

What Excel and mathematics read differently (-2^2, 2^3^2, 1/2x) is refused: the brackets are the writer's to put.
"""

from __future__ import annotations

import difflib

from msgspec import Struct, field
from msgspec.structs import replace

from carescale.engine.tree import Expression, Name, Operation
from carescale.engine.words import PRECEDENCE
from carescale.inputs.language.functions import FUNCTIONS, NOT_HERE, Function
from carescale.inputs.language.sums import Literal, Misread, Span, Sum
from carescale.inputs.language.tokens import Token, tokens
from carescale.numbers import NotANumber, read_as_printed
from carescale.problems import quoted

DEEPEST = 30  # brackets within brackets
MOST_IN_A_ROW = 100  # operators at one level

_INFIX = {
    "+": "add", "-": "subtract", "*": "multiply", "/": "divide", "^": "power",
    "<": "less_than", "<=": "at_most", ">": "less_than", ">=": "at_most",
}  # fmt: skip
_TURNED = (">", ">=")  # a > b is b < a
_COMPARED = ("less_than", "at_most")
_INSTEAD = {"x": "*", "of": "*", "times": "*", "plus": "+", "minus": "-", "and": "+", "divided": "/", "over": "/"}
_EQUALS = "what a sum is held against stands under `is:`; to compare there are < <= > >="


def read_sum(text: str) -> Sum:
    """A sum as an expression, its names as they were written. Raises Misread."""
    parser = _Parser(text, tokens(text))
    tree = parser.whole()
    return Sum(text, tree, parser.spans, tuple(parser.names))


class _Parser(Struct):
    text: str
    words: list[Token]
    at: int = 0
    depth: int = 0
    spans: dict[int, Span] = field(default_factory=dict)
    bracketed: set[int] = field(default_factory=set)
    names: list[Name] = field(default_factory=list)

    @property
    def here(self) -> Token:
        return self.words[self.at]

    def take(self) -> Token:
        self.at += 1
        return self.words[self.at - 1]

    def note(self, node: Expression, span: Span) -> Expression:
        self.spans[id(node)] = span
        return node

    def whole(self) -> Expression:
        if self.here.kind == "end":
            raise Misread("there is no sum here", Span(0, 1), "such as `480 * (17% - 3%)`")
        tree = self.expression(0)
        if self.here.kind != "end":
            raise self.unexpected()
        return tree

    def expression(self, least: int) -> Expression:
        """Everything from here on that holds together more tightly than `least`."""
        self.depth += 1
        if self.depth > DEEPEST:
            raise Misread(f"brackets stand more than {DEEPEST} deep", self.here.span, "give a part of it a name")
        left = self.term(least)
        for _ in range(MOST_IN_A_ROW):
            verb = _INFIX.get(self.here.text) if self.here.kind == "operator" else None
            if verb is None or PRECEDENCE[verb] <= least:
                self.depth -= 1
                return left
            left = self.infix(left, verb)
        raise Misread(f"more than {MOST_IN_A_ROW} operators stand in a row", self.here.span, "give a part of it a name")

    def infix(self, left: Expression, verb: str) -> Expression:
        operator = self.take()
        if verb == "power" and self.is_bare(left, ("power",)):
            raise Misread("2^3^2 could be read in two ways", operator.span, "write (2^3)^2 or 2^(3^2)")
        right = self.expression(PRECEDENCE[verb])
        if verb in _COMPARED and self.is_bare(left, _COMPARED):
            raise Misread("two comparisons stand in a row", operator.span, "compare two things at a time")
        if verb in ("add", "subtract"):
            self.check_points(left, right, operator.span)
        parts = (right, left) if operator.text in _TURNED else (left, right)
        return self.note(Operation(verb, parts), operator.span)

    def is_bare(self, node: Expression, verbs: tuple[str, ...]) -> bool:
        """Whether an operation of one of these stands without brackets of its own."""
        return isinstance(node, Operation) and node.verb in verbs and id(node) not in self.bracketed

    def check_points(self, left: Expression, right: Expression, span: Span) -> None:
        """10% + 5: is it percentage points, or 10% of something? 1 + 10% is growth, and plain."""
        pair = (left, right)
        shares = [one for one in pair if isinstance(one, Literal) and one.printed.symbol == "%"]
        plain = [one for one in pair if isinstance(one, Literal) and one.printed.unit is None and abs(one.value) > 1]
        if shares and plain:
            share, number = (one.printed.text[:40] for one in (shares[0], plain[0]))
            hint = f"{share} of something is `{share} * …`; {number} percentage points are `{number}%`"
            raise Misread(f"{share} and {number} are put together, and 100% is 1", span, hint)

    # --- what stands between operators -------------------------------------------------------------------------------

    def term(self, least: int) -> Expression:
        token = self.take()
        if token.kind == "number":
            return self.note(self.number(token), token.span)
        if token.kind == "name":
            called = self.here.text == "(" and self.here.kind == "operator"
            return self.call(token) if called else self.name(token)
        if token.text == "(":
            inner = self.expression(0)
            self.close(token)
            self.bracketed.add(id(inner))
            return inner
        if token.text in ("-", "+"):
            return self.sign(token, least)
        raise self.missing(token)

    def sign(self, token: Token, least: int) -> Expression:
        operand = self.expression(max(least, PRECEDENCE["negate"]))
        front = operand
        while self.is_bare(front, ("multiply", "divide")) and isinstance(front, Operation):
            front = front.arguments[0]
        if self.is_bare(front, ("power",)):
            hint = "write -(2^2) for what mathematics has, (-2)^2 for what Excel has"
            raise Misread("-2^2 is -4 in mathematics and 4 in Excel", token.span, hint)
        return operand if token.text == "+" else self.note(Operation("negate", (operand,)), token.span)

    def name(self, token: Token) -> Name:
        node = Name(token.text)
        self.names.append(node)
        self.spans[id(node)] = token.span
        return node

    def number(self, token: Token) -> Literal:
        try:
            printed = read_as_printed(token.text)
            return Literal(replace(printed, text=" ".join(token.text.split())))  # a sum is written back as it was
        except NotANumber as why:
            raise Misread(f"{quoted(token.text)} is no number", token.span, str(why)) from None

    def call(self, name: Token) -> Expression:
        function = FUNCTIONS.get(name.text.upper())
        if function is None:
            near = difflib.get_close_matches(name.text.upper(), FUNCTIONS, n=1)
            hint = NOT_HERE.get(name.text.upper()) or (f"did you mean {near[0]}?" if near else _functions())
            raise Misread(f"there is no function `{name.text[:40]}`", name.span, hint)
        opening = self.take()
        arguments = [] if self.here.text == ")" else [self.expression(0)]
        while self.here.text in (";", ","):
            self.take()
            arguments.append(self.expression(0))
        self.close(opening)
        self.check_arguments(name, function, arguments)
        try:
            built = function.build(*arguments)
        except ValueError as why:
            raise Misread(f"{name.text.upper()}: {why}", name.span, f"such as {function.example}") from None
        for node in _made(built, arguments):
            self.note(node, name.span)
            if isinstance(node, Operation) and node.verb in ("add", "subtract"):
                self.check_points(node.arguments[0], node.arguments[1], name.span)
        self.bracketed.add(id(built))
        return built

    def check_arguments(self, name: Token, function: Function, arguments: list[Expression]) -> None:
        alone = arguments[0] if len(arguments) == 1 and function.most > 1 else None
        if isinstance(alone, Literal) and "," in alone.printed.text:
            text = alone.printed.text
            hint = f"write `{text.replace(',', '; ')}` for several numbers, `{text.replace(',', '')}` for one"
            raise Misread(f"{quoted(f'{name.text}({text})')} is one number or several", self.spans[id(alone)], hint)
        if not function.least <= len(arguments) <= function.most:
            wanted = str(function.least) if function.least == function.most else f"{function.least} to {function.most}"
            wanted = f"at least {function.least}" if function.most > DEEPEST else wanted
            message = f"{name.text.upper()} takes {wanted} numbers, and here are {len(arguments)}"
            raise Misread(message, name.span, f"such as {function.example}: {function.about}")

    def close(self, opening: Token) -> None:
        if self.here.text != ")":
            if self.here.kind == "end":
                raise Misread("this bracket is not closed", opening.span, "put a ) where it ends")
            raise self.unexpected()
        self.take()

    # --- what is wrong -----------------------------------------------------------------------------------------------

    def missing(self, token: Token) -> Misread:
        """A word that stands where a number or a name was expected."""
        if token.kind == "end":
            before = self.words[self.at - 2]
            return Misread(f"something is missing after `{before.text[:40]}`", before.span, "a number or a name")
        hint = _EQUALS if token.text in ("=", "<>") else "a number, a name or a bracket is expected here"
        return Misread(f"`{token.text}` stands where nothing can be worked out", token.span, hint)

    def unexpected(self) -> Misread:
        """A word that stands where an operator was expected."""
        token, before = self.here, self.words[self.at - 1]
        if token.kind == "operator" and token.text in ("=", "<>"):
            return Misread(f"`{token.text}` is not read within a sum", token.span, _EQUALS)
        if token.kind == "operator" and token.text in (")", ";", ","):
            hint = "commas go between groups of three digits; arguments of a function are parted by ;"
            opened = "there is a bracket too many" if token.text == ")" else hint
            return Misread(f"`{token.text}` is not expected here", token.span, opened)
        if instead := _INSTEAD.get(token.text.lower()):
            return Misread(f"`{token.text}` is no operator", token.span, f"write {instead}")
        two = f"{quoted(before.text, 40)} and {quoted(token.text, 40)}"
        hint = "write * between factors: 2(3 + 4) and 1/2x are read differently by different people"
        return Misread(f"{two} stand side by side with nothing between them", token.span, hint)


def _made(tree: Expression, given: list[Expression]) -> list[Expression]:
    """The nodes that a function put together, down to its arguments."""
    if any(tree is one for one in given) or isinstance(tree, Name):
        return []
    parts = tree.arguments if isinstance(tree, Operation) else ()
    return [tree, *(node for part in parts for node in _made(part, given))]


def _functions() -> str:
    return f"there are {', '.join(FUNCTIONS)}"

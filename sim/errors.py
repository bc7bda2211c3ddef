"""What goes wrong, as a code with its fields."""

from __future__ import annotations

from typing import Any


class CodedError(Exception):
    """A refusal with a *code* and the fields a sentence needs: thing, field, rule, value.

    The text of the exception is technical English; the roof turns code and fields
    into a sentence in the reader's language.

    >>> str(CodedError("duration-negative", thing="task F3", field="duration_min", rule="must be >= 0", value=-1))
    'task F3: duration_min must be >= 0, got -1 [duration-negative]'
    """

    def __init__(self, code: str, **fields: object) -> None:
        self.code = code
        self.fields = fields
        super().__init__(self._text())

    def __reduce__(self) -> tuple[Any, ...]:
        """As it was, also when it comes from another process."""
        return _again, (type(self), self.code, self.fields)

    def _text(self) -> str:
        rest = dict(self.fields)
        parts = [str(rest.pop(name)) for name in ("thing", "field", "rule") if name in rest]
        head = f"{parts[0]}: {' '.join(parts[1:])}" if len(parts) > 1 else " ".join(parts)
        if "value" in rest:
            head += f", got {rest.pop('value')!r}"
        tail = ", ".join(f"{name}={value!r}" for name, value in rest.items())
        return " ".join(part for part in (head, tail and f"({tail})", f"[{self.code}]") if part)


def _again(kind: type[CodedError], code: str, fields: dict[str, object]) -> CodedError:
    return kind(code, **fields)


class SimError(CodedError):
    """Something about a procedure, a scenario or a run that cannot be."""

"""A vector of draws as one numba value: eight doubles that move through every operation together.

Loops over draws leave it to the compiler to find the vector instructions, and it finds too few; here each operation
is one. Where the processor has shorter registers, the compiler splits it.

Only printed kernels use these, and only where numba is installed.
"""

# ruff: noqa: ARG001 - numba calls every generator with the same four arguments
# pyright: reportAttributeAccessIssue=false, reportMissingTypeStubs=false, reportIncompatibleMethodOverride=false
from __future__ import annotations

from collections.abc import Callable
from typing import Any, final

from llvmlite import ir
from numba.core import cgutils, types
from numba.extending import intrinsic, models, register_model

from acuerdo.foresight.kernel.templates import WIDTH

_DOUBLE = ir.DoubleType()
_VECTOR = ir.VectorType(_DOUBLE, WIDTH)
_INT = ir.IntType(32)
# Products and sums may be fused; nothing may be assumed about NaN, which marks a draw that blew up
_FLAGS = ("contract",)


@final
class LanesType(types.Type):
    """The type of one vector of draws."""

    def __init__(self) -> None:
        types.Type.__init__(self, name=f"Lanes{WIDTH}")


LANES = LanesType()


@final
@register_model(LanesType)
class _LanesModel(models.PrimitiveModel):
    def __init__(self, manager: Any, of: Any) -> None:
        models.PrimitiveModel.__init__(self, manager, of, _VECTOR)


def _address(context: Any, builder: Any, *, of: Any, array: Any, index: Any) -> Any:
    data = cgutils.create_struct_proxy(of)(context, builder, value=array).data
    place = builder.gep(data, [index], source_etype=_DOUBLE)
    return builder.bitcast(place, _VECTOR.as_pointer())


@intrinsic
def load(typing: Any, array: Any, index: Any, /) -> Any:
    """The eight numbers of a flat array from an index on."""

    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        place = _address(context, builder, of=signature.args[0], array=args[0], index=args[1])
        return builder.load(place, align=8, typ=_VECTOR)

    return LANES(array, types.intp), generate


@intrinsic
def store(typing: Any, array: Any, index: Any, value: Any, /) -> Any:
    """Writes eight numbers into a flat array from an index on."""

    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        place = _address(context, builder, of=signature.args[0], array=args[0], index=args[1])
        builder.store(args[2], place, align=8)
        return context.get_dummy_value()

    return types.none(array, types.intp, LANES), generate


@intrinsic
def spread(typing: Any, number: Any) -> Any:
    """One number for all eight."""

    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        empty = ir.Constant(_VECTOR, ir.Undefined)
        first = builder.insert_element(empty, args[0], ir.Constant(_INT, 0))
        return builder.shuffle_vector(first, empty, ir.Constant(ir.VectorType(_INT, WIDTH), [0] * WIDTH))

    return LANES(types.float64), generate


def _arithmetic(instruction: str) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        return getattr(builder, instruction)(args[0], args[1], flags=_FLAGS)

    return _of_two(generate)


def _called(name: str, *, count: int) -> Any:
    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        kind = ir.FunctionType(_VECTOR, [_VECTOR] * count)
        function = cgutils.get_or_insert_function(builder.module, kind, f"llvm.{name}.v{WIDTH}f64")
        return builder.call(function, list(args))

    return _of_one(generate) if count == 1 else _of_two(generate)


def _of_one(generate: Callable[..., Any]) -> Any:
    @intrinsic
    def operation(typing: Any, x: Any) -> Any:
        return LANES(LANES), generate

    return operation


def _of_two(generate: Callable[..., Any]) -> Any:
    @intrinsic
    def operation(typing: Any, x: Any, y: Any, /) -> Any:
        return LANES(LANES, LANES), generate

    return operation


add, subtract, multiply, divide = map(_arithmetic, ("fadd", "fsub", "fmul", "fdiv"))
exp, log, sqrt = (_called(name, count=1) for name in ("exp", "log", "sqrt"))
power, minimum, maximum = (_called(name, count=2) for name in ("pow", "minimum", "maximum"))


@intrinsic
def negative(typing: Any, x: Any) -> Any:
    """The number with the other sign."""

    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        return builder.fneg(args[0])

    return LANES(LANES), generate


@intrinsic
def less(typing: Any, x: Any, y: Any, /) -> Any:
    """1 where the first is smaller, else 0."""

    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        smaller = builder.fcmp_ordered("<", args[0], args[1])
        return builder.select(
            smaller, ir.Constant(_VECTOR, [1.0] * WIDTH), ir.Constant(_VECTOR, [0.0] * WIDTH)
        )

    return LANES(LANES, LANES), generate


@intrinsic
def where(typing: Any, condition: Any, then: Any, otherwise: Any, /) -> Any:
    """The second where the first is not 0, else the third."""

    def generate(context: Any, builder: Any, signature: Any, args: Any, /) -> Any:
        chosen = builder.fcmp_unordered("!=", args[0], ir.Constant(_VECTOR, [0.0] * WIDTH))
        return builder.select(chosen, args[1], args[2])

    return LANES(LANES, LANES, LANES), generate

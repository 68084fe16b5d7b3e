"""A frozen mapping of id to item, read from a YAML mapping in the order of the file."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any, TypeVar, cast, final, get_args

from pydantic import GetCoreSchemaHandler
from pydantic_core import CoreSchema, PydanticCustomError, core_schema

T_co = TypeVar("T_co", covariant=True)


@final
class Table(Mapping[str, T_co]):
    """Items by id; each item also knows its own ``id``.

    Equal tables hold equal items in the same order.
    """

    __slots__ = ("_items",)

    def __init__(self, items: Mapping[str, T_co] | None = None) -> None:
        self._items: Mapping[str, T_co] = dict(items or {})

    def __getitem__(self, key: str) -> T_co:
        return self._items[key]

    def __iter__(self) -> Iterator[str]:
        return iter(self._items)

    def __len__(self) -> int:
        return len(self._items)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and tuple(self.items()) == tuple(cast("Table[Any]", other).items())

    def __hash__(self) -> int:
        return hash(tuple(self._items.items()))

    def __repr__(self) -> str:
        return f"Table({dict(self._items)!r})"

    @classmethod
    def __get_pydantic_core_schema__(cls, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        """Read a mapping, give every item its key as ``id``, freeze; write it back without the ids."""
        item = handler.generate_schema(get_args(source)[0])
        mapping = core_schema.dict_schema(core_schema.str_schema(), item)
        frozen = core_schema.no_info_after_validator_function(
            cls, core_schema.no_info_before_validator_function(_with_ids, mapping)
        )
        return core_schema.json_or_python_schema(
            json_schema=frozen,
            python_schema=frozen,
            serialization=core_schema.wrap_serializer_function_ser_schema(_without_ids, schema=mapping),
        )


def _with_ids(value: object) -> object:
    if isinstance(value, Table):
        return dict(cast("Table[Any]", value))
    if not isinstance(value, Mapping):
        return value
    named: dict[str, object] = {}
    for key, item in cast("Mapping[str, object]", value).items():
        if isinstance(item, Mapping):
            if "id" in item:
                raise PydanticCustomError("id_inside", "id inside", {"given": key})
            named[key] = {"id": key, **cast("Mapping[str, object]", item)}
        else:
            named[key] = item
    return named


def _without_ids(value: Any, handler: Any) -> dict[str, Any]:
    rows = cast("dict[str, dict[str, Any]]", handler(dict(value)))
    return {key: {name: part for name, part in row.items() if name != "id"} for key, row in rows.items()}

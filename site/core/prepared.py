"""Queries whose shape never changes, turned into SQL once per process; after that only their values differ.

Building a queryset and compiling it costs several times what the database needs to answer it, and a member's page asks
the same dozen questions every time. A question is written as any other queryset, with slots where its values go:

    @prepared
    def _unread(slot: Slots, variant: None) -> QuerySet[Notice]:
        return Notice.objects.filter(recipient=slot("reader"), read_at=None)

    rows = _unread.rows(None, reader=user.pk)

`variant` is whatever changes the shape of the query rather than a value in it (how many ids stand in a list, whether a
condition is there); each has SQL of its own. What comes back are the queryset's own rows, new ones each time, so
permissions, `select_related`, annotations and `values_list` work as ever. `prefetch_related` does not: it asks more
than one question. A value must fit its field: `slot("now", DateTimeField())`; without one it is a whole number.
"""

from __future__ import annotations

import copy
import operator
from collections.abc import Callable, Sequence
from functools import reduce
from typing import Any, cast

from django.core.exceptions import EmptyResultSet
from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import BigIntegerField, Expression, Field, Q, QuerySet
from django.db.models.sql import Query
from django.db.models.sql.compiler import SQLCompiler

MOST_VARIANTS = 200


class Slot(Expression):
    """A place in a query for a value that is given when it is asked; `at` is the place in a value that is a list."""

    def __init__(self, name: str, output_field: Field[Any, Any], at: int | None = None) -> None:
        super().__init__(output_field=output_field)
        self.name, self.at = name, at

    def as_sql(self, compiler: SQLCompiler, connection: Any) -> tuple[str, tuple[Any, ...]]:
        """Stand for itself among the parameters."""
        return "%s", (self,)

    def fill(self, values: dict[str, Any], connection: Any) -> Any:
        """Return the value for this place, as this database takes it. Raises `KeyError` for one that is not given."""
        value = values[self.name] if self.at is None else values[self.name][self.at]
        return self.output_field.get_db_prep_value(value, connection, prepared=False)


def slot(name: str, field: Field[Any, Any] | None = None) -> Slot:
    """Return the place for a value of this name."""
    return Slot(name, field or BigIntegerField())


def among(path: str, name: str, count: int, field: Field[Any, Any] | None = None) -> Q:
    """Return the condition that the field is one of so many values, whole numbers unless a field says otherwise.

    How many there are is part of the variant.
    """
    if not count:
        return Q(pk__in=[])
    alternatives = [Q((path, Slot(name, field or BigIntegerField(), at))) for at in range(count)]
    return reduce(operator.or_, alternatives)


type Slots = Callable[..., Slot]
type Build[V, R] = Callable[[Slots, V], QuerySet[Any, R]]


class Prepared[V, R]:
    """A question with the SQL of each of its variants."""

    def __init__(self, build: Build[V, R]) -> None:
        self._build = build
        self._ready: dict[V, _Ready] = {}

    def rows(self, variant: V, /, **values: Any) -> list[R]:
        """Return the rows for these values. Raises `KeyError` for a slot without a value."""
        ready = self._ready.get(variant)
        if ready is None:
            if len(self._ready) >= MOST_VARIANTS:
                self._ready.clear()
            ready = self._ready[variant] = _Ready(self._build(slot, variant))
        return ready.rows(values)

    def first(self, variant: V, /, **values: Any) -> R | None:
        """Return the first row, None when there is none; the queryset itself says how many it gives at most."""
        return next(iter(self.rows(variant, **values)), None)


def prepared[V, R](build: Build[V, R]) -> Prepared[V, R]:
    """Prepare the question that this function writes."""
    return Prepared(build)


class _Ready:
    """A compiled query: the queryset with its compiler, its SQL and its parameters, slots among them."""

    def __init__(self, queryset: QuerySet[Any, Any]) -> None:
        self.queryset: Any = queryset
        self.compiler: SQLCompiler = queryset.query.get_compiler(using=DEFAULT_DB_ALIAS)
        self.sql, self.params = self._compiled()
        self.converters = self.compiler.get_converters(
            [column[0] for column in (self.compiler.select or ())[: self.compiler.col_count]]
        )

    def _compiled(self) -> tuple[str, Sequence[Any]]:
        try:
            sql, params = self.compiler.as_sql()
        except EmptyResultSet:
            return "", ()
        return sql, tuple(params)

    def rows(self, values: dict[str, Any]) -> list[Any]:
        """Run it with these values."""
        if not self.sql:
            return []
        connection = connections[DEFAULT_DB_ALIAS]
        params = tuple(
            param.fill(values, connection) if isinstance(param, Slot) else param for param in self.params
        )
        asked: Any = QuerySet(
            model=self.queryset.model, query=cast("Query", _Answers(self, params)), using=DEFAULT_DB_ALIAS
        )
        asked._fields = self.queryset._fields
        rows: Any = self.queryset._iterable_class(asked)
        return list(rows)


class _Answers:
    """Stands for a query while its rows are read: gives a compiler that knows its SQL already."""

    def __init__(self, ready: _Ready, params: tuple[Any, ...]) -> None:
        self._ready, self._params = ready, params

    def get_compiler(self, *_args: Any, **_kwargs: Any) -> SQLCompiler:
        """Return that compiler, for this thread's connection."""
        run = copy.copy(self._ready.compiler)
        run.connection = connections[DEFAULT_DB_ALIAS]
        vars(run)["as_sql"] = lambda *_args, **_kwargs: (self._ready.sql, self._params)
        vars(run)["get_converters"] = lambda _fields: self._ready.converters
        return run

    def __getattr__(self, name: str) -> Any:
        return getattr(self._ready.queryset.query, name)

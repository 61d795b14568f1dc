# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Limits of single routes: a decorator, and a dependency."""

# No annotations as text in this module: FastAPI reads those of Limited.__call__ and could not resolve them.
import functools
import hashlib
import inspect
import re
import typing
from typing import Any, Callable, TypeVar

from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import Response

from .decision import Decision
from .fields import problem, rate_limit_fields, refusal, refusal_fields, refusal_status
from .guard import RateGuard
from .limits import Limit
from .rule import CostFunction, KeyFunction, Rule

Endpoint = TypeVar("Endpoint", bound=Callable[..., Any])


def limit(
    limit: Limit | str,
    *,
    policy: str | None = None,
    key: KeyFunction | str = "ip",
    cost: int | CostFunction = 1,
    guard: RateGuard | None = None,
) -> Callable[[Endpoint], Endpoint]:
    """Limits one endpoint, `async def` or `def`; stands below @app.get and the like.

    The policy is named after module and function unless given. The guard is that of the middleware unless given,
    and without a middleware one made from RATEGUARD_URL or REDIS_URL.
    """

    def decorate(endpoint: Endpoint) -> Endpoint:
        rule = Rule(policy or policy_of(endpoint), limit, key, cost)
        signature, request_name, response_name, added = _extended(endpoint)
        is_async = inspect.iscoroutinefunction(endpoint)

        @functools.wraps(endpoint)
        async def limited(*args: Any, **kwargs: Any) -> Any:
            request, response = _found(signature, args, kwargs, request_name, response_name)
            for name in added:
                kwargs.pop(name, None)
            decision = await rule.decide(_guard_of(request, guard), request)
            if decision is not None and not decision.allowed:
                return refusal(decision)
            fields = rate_limit_fields(decision) if decision else []
            try:
                result = await (endpoint(*args, **kwargs) if is_async else run_in_threadpool(endpoint, *args, **kwargs))
            except HTTPException as error:
                error.headers = {**(error.headers or {}), **_as_text(fields)}
                raise
            target = result if isinstance(result, Response) else response
            if target is not None:
                _put(target, fields)
            return result

        limited.__signature__ = signature  # type: ignore[attr-defined]
        # Frameworks that unwrap would see the signature of the original, or call a `def` in a thread.
        limited.unlimited = limited.__dict__.pop("__wrapped__")  # type: ignore[attr-defined]
        return typing.cast(Endpoint, limited)

    return decorate


class Refused(HTTPException):
    """What the dependency raises. `app.add_exception_handler(Refused, Refused.answer)` answers as the middleware does."""

    def __init__(self, decision: Decision) -> None:
        super().__init__(refusal_status(decision), problem(decision)["detail"], _as_text(refusal_fields(decision)))
        self.decision = decision

    @staticmethod
    async def answer(_request: Request, error: Exception) -> Response:
        return refusal(typing.cast(Refused, error).decision)


class Limited:
    """A dependency: `dependencies=[Depends(Limited("20/min", policy="search"))]` for a route or a whole router."""

    def __init__(
        self,
        limit: Limit | str,
        *,
        policy: str,
        key: KeyFunction | str = "ip",
        cost: int | CostFunction = 1,
        guard: RateGuard | None = None,
    ) -> None:
        self._rule = Rule(policy, limit, key, cost)
        self._guard = guard

    async def __call__(self, request: Request, response: Response) -> None:
        decision = await self._rule.decide(_guard_of(request, self._guard), request)
        if decision is None:
            return
        if not decision.allowed:
            raise Refused(decision)
        _put(response, rate_limit_fields(decision))


def policy_of(endpoint: Callable[..., Any]) -> str:
    """MODULE.FUNCTION in the characters of a policy name; too long: its beginning and a digest."""
    full = f"{endpoint.__module__}.{endpoint.__qualname__}".replace(".<locals>", "")
    name = re.sub(r"[^A-Za-z0-9._-]", "_", full)
    return name if len(name) <= 64 else f"{name[:51]}-{hashlib.sha256(full.encode()).hexdigest()[:12]}"


@functools.lru_cache(maxsize=1)
def _guard_from_environment() -> RateGuard:
    return RateGuard()


def _guard_of(request: Request, given: RateGuard | None) -> RateGuard:
    return given or request.scope.get("rateguard") or _guard_from_environment()


def _as_text(fields: list[tuple[bytes, bytes]]) -> dict[str, str]:
    return {name.decode(): value.decode() for name, value in fields}


def _put(response: Response, fields: list[tuple[bytes, bytes]]) -> None:
    # A response that an endpoint returns again and again carries the fields of last time.
    ours = {(name, value.partition(b";")[0]) for name, value in fields}
    kept = [pair for pair in response.raw_headers if (pair[0], pair[1].partition(b";")[0]) not in ours]
    response.raw_headers[:] = kept + fields


def _extended(endpoint: Callable[..., Any]) -> tuple[inspect.Signature, str, str, tuple[str, ...]]:
    """The endpoint's signature with a request and a response in it, their names, and which of them were added."""
    signature = inspect.signature(endpoint)
    try:
        hints = typing.get_type_hints(endpoint, include_extras=True)
    except (NameError, TypeError):
        hints = {}
    # Annotations that are text name things of the endpoint's module, which nobody looks up in ours.
    parameters = [p.replace(annotation=hints.get(p.name, p.annotation)) for p in signature.parameters.values()]
    request_name = next((p.name for p in parameters if _is(p, Request)), None)
    if request_name is None and "request" in signature.parameters:
        request_name = "request" if signature.parameters["request"].annotation is inspect.Parameter.empty else None
    response_name = next((p.name for p in parameters if _is(p, Response)), None)
    added = []
    rest = [p for p in parameters if p.kind is inspect.Parameter.VAR_KEYWORD]
    parameters = [p for p in parameters if p.kind is not inspect.Parameter.VAR_KEYWORD]
    for name, found, kind in (("rateguard_request", request_name, Request), ("rateguard_response", response_name, Response)):
        if found is None:
            added.append(name)
            parameters.append(inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=None, annotation=kind))
    result = hints.get("return", signature.return_annotation)
    signature = signature.replace(parameters=parameters + rest, return_annotation=result)
    return signature, request_name or "rateguard_request", response_name or "rateguard_response", tuple(added)


def _is(parameter: inspect.Parameter, wanted: type) -> bool:
    return isinstance(parameter.annotation, type) and issubclass(parameter.annotation, wanted)


def _found(
    signature: inspect.Signature, args: tuple[Any, ...], kwargs: dict[str, Any], request_name: str, response_name: str
) -> tuple[Request, Response | None]:
    given = signature.bind_partial(*args, **kwargs).arguments if args else kwargs
    request = given.get(request_name)
    if not isinstance(request, Request):
        raise TypeError("a limited endpoint needs the request: let the framework call it, or call its .unlimited")
    return request, given.get(response_name)

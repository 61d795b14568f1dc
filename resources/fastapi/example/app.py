# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""A small shop. README.md beside this folder takes you through it."""

import asyncio

from fastapi import Depends, FastAPI, Request
from pydantic import BaseModel
from rateguard import Limited, RateGuardMiddleware, Refused, header, limit

app = FastAPI(title="Shop")
app.add_middleware(RateGuardMiddleware, policy="api", limit="100/min 2000/h", key=header("X-API-Key"), exempt=["/health"])
app.add_exception_handler(Refused, Refused.answer)

PRODUCTS = ("anvil", "birdseed", "catapult", "earthquake pills", "rocket skates", "tornado seeds")


class Order(BaseModel):
    product: str
    count: int = 1


@app.get("/health")
async def health() -> dict:
    return {"status": "up"}


@app.get("/products")
async def products() -> list:
    return list(PRODUCTS)


@app.get("/search")
@limit("20/min", policy="search", key=header("X-API-Key"))
async def search(q: str = "") -> list:
    return [product for product in PRODUCTS if q in product]


@app.post("/checkout", dependencies=[Depends(Limited("5/10s", policy="checkout", key=header("X-API-Key")))])
async def checkout(order: Order) -> dict:
    await asyncio.sleep(0.02)  # the payment
    return {"ordered": order.count, "product": order.product}


def days_asked_for(request: Request) -> int:
    days = request.query_params.get("days", "1")
    return min(max(int(days), 1), 365) if days.isdecimal() else 1


@app.get("/report")
@limit("100/h", policy="report", cost=days_asked_for)
def report(days: int = 1) -> dict:
    return {"days": days, "orders": 7 * days}

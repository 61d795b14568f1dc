# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""The application that the tests put behind uvicorn."""

import os
import threading
import time

from fastapi import FastAPI
from rateguard import RateGuard, RateGuardMiddleware, header, limit

guard = RateGuard(
    fail=os.environ.get("FAIL", "open"),
    timeout=float(os.environ.get("TIMEOUT", "10")),
    pause=float(os.environ.get("PAUSE", "1")),
    trusted_proxies=int(os.environ.get("TRUSTED_PROXIES", "0")),
)
app = FastAPI()
app.add_middleware(
    RateGuardMiddleware, policy="api", limit="100000/min", key=header("X-Client"), guard=guard, exempt=["/health", "/unchecked"]
)


@app.get("/health")
async def health():
    return {"admitted": guard.admitted_without_redis, "refused": guard.refused_without_redis}


@app.get("/unchecked")
async def unchecked():
    return guard.unchecked


@app.get("/pid")
async def pid():
    return os.getpid()


@app.get("/exact")
@limit("37/min", policy="exact", key=header("X-Client"))
async def exact():
    return os.getpid()


@app.get("/short")
@limit("5/2s", policy="short", key=header("X-Client"))
async def short():
    return "short"


@app.get("/blocking")
@limit("1000/min", policy="blocking")
def blocking():
    time.sleep(0.3)
    return threading.current_thread() is threading.main_thread()

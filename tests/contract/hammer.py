# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Many processes with many connections each, that ask as fast as they can."""

import collections
import multiprocessing
import socket

PROCESSES, CONNECTIONS = 8, 50


def packed(*words):
    """A command as Redis reads it."""
    words = [word if isinstance(word, bytes) else str(word).encode() for word in words]
    return b"*%d\r\n" % len(words) + b"".join(b"$%d\r\n%s\r\n" % (len(word), word) for word in words)


def answer(reader):
    """The line of a decision; of an edit, which is a list, all of it as one."""
    head = reader.readline()
    if head.startswith(b"*"):
        return b" ".join(answer(reader) for _ in range(int(head[1:])))
    assert head[:1] in b"$:", head
    return head if head.startswith(b":") else reader.read(int(head[1:]) + 2)


def strike(path, commands, batch, begin, results):
    """Sends (name, command) over many connections, `batch` at once on each; `results` gets what hammer() sums up."""
    counts = collections.defaultdict(lambda: [0, 0])
    try:
        sockets = []
        for _ in range(CONNECTIONS):
            sockets.append(socket.socket(socket.AF_UNIX))
            sockets[-1].connect(path)
            sockets[-1].settimeout(30)
        readers = [s.makefile("rb") for s in sockets]
        begin.wait(30)
        step = CONNECTIONS * batch
        for at in range(0, len(commands), step):
            shares = [commands[at + i * batch : min(at + (i + 1) * batch, at + step)] for i in range(CONNECTIONS)]
            for s, share in zip(sockets, shares):
                s.sendall(b"".join(command for _, command in share))
            for reader, share in zip(readers, shares):
                for name, _ in share:
                    counts[name][0 if answer(reader).startswith(b"1 ") else 1] += 1
        results.put(dict(counts))
    except BaseException as error:  # the parent must not wait for a child that is no more
        results.put(error)


def hammer(server, commands, batch, dice, midst=()):
    """All commands, dealt out to processes by chance, and those of `midst` in between -> name -> [admitted, refused]"""
    dice.shuffle(commands)
    commands[len(commands) // 2 : len(commands) // 2] = midst
    context = multiprocessing.get_context("fork")
    results, begin = context.Queue(), context.Barrier(PROCESSES)
    arguments = [(str(server.socket), commands[i::PROCESSES], batch, begin, results) for i in range(PROCESSES)]
    children = [context.Process(target=strike, args=each, daemon=True) for each in arguments]
    for child in children:
        child.start()
    totals = collections.defaultdict(lambda: [0, 0])
    for _ in children:
        share = results.get(timeout=60)
        if isinstance(share, BaseException):
            raise share
        for name, (admitted, refused) in share.items():
            totals[name][0] += admitted
            totals[name][1] += refused
    for child in children:
        child.join()
    return dict(totals)

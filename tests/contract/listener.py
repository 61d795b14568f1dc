# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""A listener, written from «Events» and rateguard_listen in resources/redis/README.md alone."""

import re
from typing import NamedTuple

from calls import Decision
from processes import wait_for


class Event(NamedTuple):
    at: int  # ms since 1970
    cost: int
    decision: Decision
    name: bytes


class Message(NamedTuple):
    epoch: int
    sequence: int
    events: list


HEAD = re.compile(rb"RG (\d+) (\d+) (\d+) (\d+) (\d+) ")
EVENT = re.compile(rb"(?:\+(\d+) )?(?:\*(\d+) )?([01] \d+ -?\d+ -?\d+ \d+ \d+ \d+ [a-z]+) (\d+) ")


def parse(text):
    head = HEAD.match(text)
    assert head, text
    version, epoch, sequence, count, base = map(int, head.groups())
    assert version == 2, f"version {version}: this listener needs an update"
    at, after, events = head.end(), 0, []
    for _ in range(count):
        found = EVENT.match(text, at)
        assert found, text[at:]
        after = int(found[1] or after)
        at = found.end() + int(found[4])
        name = text[found.end() : at]
        assert len(name) == int(found[4]), "a name that is cut off"
        events.append(Event(base + after, int(found[2] or 1), Decision.of(found[3]), name))
    assert at == len(text), f"more than {count} decisions: {text[at:]}"
    return Message(epoch, sequence, events)


class Listener:
    """Collects each decision once. Without `asks` it never calls rateguard_listen."""

    def __init__(self, calls, asks=True):
        self.calls, self.messages = calls, []
        # (epoch, sequence) -> as many of its decisions as were seen. Messages and answers come by two connections,
        # so one may overtake the other.
        self._seen = {}
        self.pubsub = calls.client.pubsub()
        self.pubsub.subscribe(calls.events)
        assert self.pubsub.get_message(timeout=10)["type"] == "subscribe"
        if asks:
            self.ask()

    @property
    def events(self):
        """In the order of their messages; loads of the library in the order in which they were noticed."""
        epochs = list(dict.fromkeys(epoch for epoch, _ in self._seen))
        ordered = sorted(self._seen, key=lambda at: (epochs.index(at[0]), at[1]))
        return [event for at in ordered for event in self._seen[at]]

    @property
    def lost(self):
        """How many messages are missing between those that came."""
        numbers = {}
        for epoch, sequence in self._seen:
            numbers.setdefault(epoch, []).append(sequence)
        return sum(max(each) - min(each) + 1 - len(each) for each in numbers.values())

    def ask(self):
        """Everything that this caller decided before."""
        _, pending = self.calls.listen()
        if pending:
            self._take(parse(pending))
        while message := self.pubsub.get_message():
            self._publish(message)

    def settle(self):
        """Everything that anybody decided before: the messages may still be on their way."""
        self.ask()
        wait_for(lambda: self.ask() or not self.lost, "messages that were overtaken", 5)

    def wait(self, seconds):
        """The next message, as it was published."""
        message = self.pubsub.get_message(timeout=seconds)
        assert message, f"nothing was published for {seconds} s"
        return self._publish(message)

    def close(self):
        self.pubsub.close()

    def _publish(self, message):
        message = parse(message["data"])
        last = self.messages[-1] if self.messages else message
        assert last.epoch != message.epoch or last.sequence + 1 == message.sequence or last is message, "a hole"
        self.messages.append(message)
        self._take(message)
        assert len(self._seen[message[:2]]) == len(message.events), "a message with less than was waiting"
        return message

    def _take(self, message):
        before = self._seen.get(message[:2], [])
        shorter = min(len(before), len(message.events))
        assert before[:shorter] == message.events[:shorter], "a message that begins with other decisions than waited"
        self._seen[message[:2]] = max(before, message.events, key=len)

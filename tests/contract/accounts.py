# SPDX-License-Identifier: MIT
# SPDX-FileCopyrightText: The RateGuard authors
"""Users made from resources/redis/acl, and connections that belong to them."""

import redis
from calls import FOLDER, Calls

USERS = "service", "viewer", "operator"


def rules(user, prefix):
    """The arguments of ACL SETUSER in a file."""
    lines = (FOLDER / "acl" / f"{user}.acl").read_text().splitlines()
    return " ".join(line for line in lines if not line.startswith("#")).replace("PREFIX", prefix).split()


class Accounts:
    """The three users on a server, for one prefix; what Redis denied them is in `denied()`."""

    def __init__(self, server, prefix):
        self.root, self.prefix, self.clients = server.client, prefix, {}
        for user in USERS:
            self.root.execute_command("ACL", "SETUSER", user, "reset", "on", ">secret", *rules(user, prefix))
            path = str(server.socket)
            self.clients[user] = redis.Redis(unix_socket_path=path, username=user, password="secret", socket_timeout=10)
        self.root.execute_command("ACL", "LOG", "RESET")

    def calls(self, user, partition=0):
        return Calls(self.clients[user] if user in self.clients else self.root, self.prefix, partition)

    def may(self, user, *command):
        """What Redis would say, without doing it: '' or why not."""
        answer = self.root.execute_command("ACL", "DRYRUN", user, *command).decode()
        return "" if answer == "OK" else answer

    def denied(self):
        """Also what a function tried in vain and kept to itself."""
        # Newer clients tell their name (CLIENT SETINFO, which Redis 7.0 does not know) and do not mind when they may not.
        entries = [(entry["context"], entry["object"]) for entry in self.root.acl_log()]
        return [entry for entry in entries if entry[1] != "client|setinfo"]

    def close(self):
        for client in self.clients.values():
            client.close()
        self.root.execute_command("ACL", "DELUSER", *USERS)

"""A real Elasticsearch for tests, and a proxy before it that may stop answering."""

import os
import socket
import threading
from contextlib import suppress
from urllib.parse import urlsplit

from tests.conftest import MISSING

URL = os.environ.get("ELASTICSEARCH_TEST_URL", "")
MISSING_NODE = f"{MISSING}: Elasticsearch (`make search-engine` fetches one; the tests then start it themselves)"


class Proxy:
    """Passes what it receives on to the node while `mode` is «forward»; «silent» takes and never answers."""

    def __init__(self, target: str) -> None:
        parts = urlsplit(target)
        self.target = (parts.hostname, parts.port)
        self.mode = "forward"
        self.held: list[socket.socket] = []
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._serve, daemon=True).start()

    @property
    def url(self) -> str:
        """The address of the proxy."""
        return f"http://127.0.0.1:{self.port}"

    def close(self) -> None:
        """Refuse connections from now on, and end those that are open: the node is down."""
        self.mode = "closed"
        with suppress(OSError):
            self.listener.shutdown(socket.SHUT_RDWR)
        self.listener.close()
        self.end_connections()

    def reopen(self) -> None:
        """Listen again on the same port: the node is back."""
        self.mode = "forward"
        self.listener = socket.create_server(("127.0.0.1", self.port))
        threading.Thread(target=self._serve, daemon=True).start()

    def end_connections(self) -> None:
        """End what is open, so that the next request connects anew."""
        while self.held:
            with suppress(OSError):
                self.held.pop().close()

    def _serve(self) -> None:
        listener = self.listener
        while True:
            try:
                client, _address = listener.accept()
            except OSError:
                return
            self.held.append(client)
            if self.mode == "forward":
                node = socket.create_connection(self.target)
                self.held.append(node)
                for one, other in ((client, node), (node, client)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    def _pass_on(self, one: socket.socket, other: socket.socket) -> None:
        with suppress(OSError):
            while self.mode != "silent" and (data := one.recv(65536)):
                if self.mode == "silent":
                    return
                other.sendall(data)
        if self.mode != "silent":
            for end in (one, other):
                with suppress(OSError):
                    end.close()

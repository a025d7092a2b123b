"""Wire: a network between a browser and the server that can be cut. Browsers' own offline mode keeps open streams."""

import select
import socket
import threading
from contextlib import suppress
from types import TracebackType
from urllib.parse import urlsplit

CHUNK = 65_536


class Wire:
    """Passes bytes on to the server at ``url``, from entering the block to leaving it, except while it is cut."""

    def __init__(self, url: str) -> None:
        place = urlsplit(url)
        self._to = (place.hostname or "", place.port or 80)
        self._door = socket.create_server(("127.0.0.1", 0))
        self._whole = threading.Event()
        self._whole.set()
        self._over = threading.Event()
        self._pairs: set[tuple[socket.socket, socket.socket]] = set()
        self._lock = threading.Lock()
        self._threads = [threading.Thread(target=self._accept, daemon=True)]

    def __enter__(self) -> "Wire":
        self._door.settimeout(0.1)
        self._threads[0].start()
        return self

    def __exit__(self, *_: TracebackType | type[BaseException] | BaseException | None) -> None:
        self._over.set()
        self._hang_up()
        for thread in self._threads:
            thread.join(5)
        self._door.close()

    @property
    def url(self) -> str:
        """Where the browser finds the server."""
        return f"http://127.0.0.1:{self._door.getsockname()[1]}"

    def cut(self) -> None:
        """Every open connection breaks, and new ones come to nothing."""
        self._whole.clear()
        self._hang_up()

    def mend(self) -> None:
        """Connections work again."""
        self._whole.set()

    def _hang_up(self) -> None:
        with self._lock:
            pairs = list(self._pairs)
        for pair in pairs:
            for end in pair:
                with suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    def _accept(self) -> None:
        while not self._over.is_set():
            try:
                near, _ = self._door.accept()
            except TimeoutError:
                continue
            if not self._whole.is_set():
                near.close()
                continue
            try:
                far = socket.create_connection(self._to, timeout=5)
            except OSError:
                near.close()
                continue
            thread = threading.Thread(target=self._carry, args=(near, far), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _carry(self, near: socket.socket, far: socket.socket) -> None:
        pair = (near, far)
        with self._lock:
            self._pairs.add(pair)
        try:
            with suppress(OSError):
                while not self._over.is_set() and self._whole.is_set():
                    ready, _, _ = select.select(pair, (), (), 0.2)
                    for end in ready:
                        data = end.recv(CHUNK)
                        if not data:
                            return
                        (far if end is near else near).sendall(data)
        finally:
            with self._lock:
                self._pairs.discard(pair)
            near.close()
            far.close()

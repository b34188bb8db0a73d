"""One running program per user: a second start hands its files to the first, and ends."""

import getpass
import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from desktop.folders import data_folder

_PATIENCE = 1_000
"""Milliseconds that the other program has to answer."""


class Instance(QObject):
    """Listens for later starts. `asked` gives the files that they were started with: a list of Paths."""

    asked = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        self._server.newConnection.connect(self._listen)

    def take(self) -> bool:
        """Become the one that runs; False where the system does not let us listen, which harms nothing."""
        QLocalServer.removeServer(_name())
        return self._server.listen(_name())

    def _listen(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.disconnected.connect(socket.deleteLater)
            socket.readyRead.connect(self._read)

    def _read(self) -> None:
        socket = self.sender()
        if not isinstance(socket, QLocalSocket) or not socket.canReadLine():
            return
        with suppress(ValueError, TypeError):
            words = json.loads(bytes(socket.readLine().data()).decode())
            self.asked.emit([Path(str(word)) for word in words])
        socket.write(b"ok\n")
        socket.flush()


def hand_over(paths: Sequence[Path]) -> bool:
    """Give the files to the program that runs already; False where none does."""
    socket = QLocalSocket()
    socket.connectToServer(_name())
    if not socket.waitForConnected(_PATIENCE):
        return False
    socket.write((json.dumps([str(path.absolute()) for path in paths]) + "\n").encode())
    socket.waitForBytesWritten(_PATIENCE)
    return socket.bytesAvailable() > 0 or socket.waitForReadyRead(_PATIENCE)


def _name() -> str:
    """A name of this user and this data folder, so that tests and several users do not meet."""
    who = f"{getpass.getuser()}:{data_folder()}"
    return f"depositary-{hashlib.sha256(who.encode()).hexdigest()[:16]}"

"""A server that answers with given bytes."""

import contextlib
import socket
import threading

HEALTH = b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"rules":1}'


def http(status: str, body: str, more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body.encode())}\r\n{more}\r\n{body}".encode()


def answer_one(server: socket.socket, answer: bytes) -> None:
    """Reads one request whole: bytes left unread would make the system reset the connection."""
    connection, _ = server.accept()
    with connection, connection.makefile("rb") as request:
        length = 0
        while (line := request.readline().strip()):
            name, _, value = line.partition(b":")
            length = int(value) if name.lower() == b"content-length" else length
        request.read(length)
        connection.sendall(answer)


@contextlib.contextmanager
def impostor(*answers: bytes):
    """→ its address. Each answer is for one connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            for answer in answers:
                try:
                    answer_one(server, answer)
                except OSError:
                    return  # the test is over

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)  # ends the accept()
            serving.join()

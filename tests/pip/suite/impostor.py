"""A server that answers with given bytes."""

import contextlib
import socket
import threading

HEALTH = b'HTTP/1.1 200 OK\r\ncontent-length: 11\r\n\r\n{"rules":1}'


def http(status: str, body: str, more: str = "") -> bytes:
    return f"HTTP/1.1 {status}\r\ncontent-length: {len(body.encode())}\r\n{more}\r\n{body}".encode()


@contextlib.contextmanager
def impostor(*answers: bytes):
    """→ its address. Each answer is for one connection."""
    with socket.create_server(("127.0.0.1", 0)) as server:

        def serve():
            for answer in answers:
                try:
                    connection, _ = server.accept()
                except OSError:
                    return  # the test is over
                with connection:
                    connection.recv(65536)
                    connection.sendall(answer)

        serving = threading.Thread(target=serve)
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}"
        finally:
            server.shutdown(socket.SHUT_RDWR)  # ends the accept()
            serving.join()

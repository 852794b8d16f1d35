"""A key service for server-side encryption in tests.

The gateway wraps the data keys of SSE-S3 (AES256) with a key service that speaks the transit part of Vault's protocol. This one speaks as
much of it as the gateway asks for: make a data key, unwrap one, and say that a key exists. It hides nothing from anybody and is for tests
only.

    sse-stub.py <port> <file of the master key>
"""
import base64
import hashlib
import http.server
import json
import os
import sys

NONCE = 16
KEY = 32


class KeyService(http.server.BaseHTTPRequestHandler):
    """Answers the requests of the gateway; nothing but the master key outlives a request."""

    protocol_version = "HTTP/1.1"
    master = b""

    def answer_any(self):
        """Answers whatever the method: the gateway uses several for the same thing."""
        body = self.read_body()
        operation, _, key = self.path.partition("?")[0].partition("/transit/")[2].partition("/")
        key = key.rpartition("/")[2]
        if operation == "datakey":
            self.reply(200, self.new_data_key(key, body))
        elif operation == "decrypt":
            self.reply(200, self.unwrapped(key, body))
        elif operation == "keys" and self.command == "GET":
            self.reply(200, {"name": key, "type": "aes256-gcm96"})
        elif operation == "keys":
            self.reply(204, None)
        else:
            self.reply(404, None)

    do_GET = do_POST = do_PUT = do_DELETE = answer_any

    def new_data_key(self, key, body):
        """A random key, plain and wrapped."""
        plain, nonce = os.urandom(KEY), os.urandom(NONCE)
        wrapped = nonce + self.mask(plain, key, nonce, body)
        return {"plaintext": text(plain), "ciphertext": "vault:v1:" + text(wrapped)}

    def unwrapped(self, key, body):
        """The key that was wrapped."""
        wrapped = base64.b64decode(body["ciphertext"].rpartition(":")[2])
        return {"plaintext": text(self.mask(wrapped[NONCE:], key, wrapped[:NONCE], body))}

    def mask(self, data, key, nonce, body):
        """Wraps and unwraps: the same bits are flipped each time."""
        secret = self.master + key.encode() + nonce + body.get("context", "").encode()
        return bytes(a ^ b for a, b in zip(data, hashlib.sha256(secret).digest()))

    def read_body(self):
        """The JSON sent along; empty where there is none. The gateway sends it with a length or in chunks."""
        if "chunked" in self.headers.get("Transfer-Encoding", ""):
            data = b"".join(iter(self.read_chunk, b""))
        else:
            data = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        return json.loads(data) if data else {}

    def read_chunk(self):
        """The next chunk; empty at the end."""
        size = int(self.rfile.readline().partition(b";")[0], 16)
        data = self.rfile.read(size)
        self.rfile.readline()
        return data

    def reply(self, status, data):
        """Sends an answer, as Vault wraps it."""
        body = b"" if data is None else json.dumps({"data": data}).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def text(data):
    """Bytes as they are written in JSON."""
    return base64.b64encode(data).decode()


def master_key(path):
    """The key that all others are wrapped with; made where there is none."""
    if not os.path.exists(path):
        with open(path, "wb") as file:
            file.write(os.urandom(KEY))
    with open(path, "rb") as file:
        return file.read()


if __name__ == "__main__":
    KeyService.master = master_key(sys.argv[2])
    http.server.ThreadingHTTPServer(("127.0.0.1", int(sys.argv[1])), KeyService).serve_forever()

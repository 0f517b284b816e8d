"""Debian's nginx on this machine, from the example in `deploy/nginx` with addresses of its own."""

from __future__ import annotations

import http.client
import os
import shutil
import socket
import subprocess
import time
from dataclasses import dataclass, field
from pathlib import Path

from tests.served import PATIENCE, ROOT, free_port

PROGRAM = shutil.which("nginx", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
EXAMPLE = ROOT / "deploy" / "nginx" / "directory.conf"

# What stands around the example in Debian's own nginx.conf, for a folder and whoever runs it.
AROUND = """\
daemon off;
worker_processes 2;
pid {folder}/pid;
error_log {folder}/start.log warn;
{user}
events {{}}
http {{
    include /etc/nginx/mime.types;
    client_body_temp_path {folder}/sent;
    proxy_temp_path {folder}/passing;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    include {folder}/directory.conf;
}}
"""


@dataclass(frozen=True)
class Answer:
    """What came back; names of headers in small letters."""

    status: int
    headers: dict[str, str]
    body: str


@dataclass
class Nginx:
    """nginx before an application on `behind`; its cache, logs and the copy are in `folder`."""

    folder: Path
    behind: int
    port: int = field(default_factory=free_port)
    # Whether the application is to believe that it was asked by https, as it is behind TLS.
    is_secure: bool = False
    _process: subprocess.Popen[bytes] | None = None

    @property
    def cache(self) -> Path:
        return self.folder / "cache"

    @property
    def copy(self) -> Path:
        return self.folder / "copy"

    @property
    def log(self) -> str:
        return (self.folder / "log").read_text()

    def configure(self) -> None:
        """Write the example with this folder and these ports in the place of its own."""
        text = EXAMPLE.read_text()
        for said, here in {
            "listen 80;": f"listen 127.0.0.1:{self.port};",
            "server 127.0.0.1:8000;": f"server 127.0.0.1:{self.behind};",
            "server_name directory.example;": "server_name 127.0.0.1;",
            "/var/cache/nginx/directory": str(self.cache),
            "/var/log/nginx/directory.log": str(self.folder / "log"),
            "/var/log/nginx/directory-error.log": str(self.folder / "error.log"),
            "/var/lib/directory-copy/site": str(self.copy),
            "/srv/directory/current/deploy/nginx": str(EXAMPLE.parent),
        }.items():
            assert said in text, f"the example no longer says {said}"
            text = text.replace(said, here)
        if self.is_secure:
            text = text.replace("X-Forwarded-Proto $scheme;", "X-Forwarded-Proto https;")
        (self.folder / "directory.conf").write_text(text)
        user = "user root;" if os.geteuid() == 0 else ""
        (self.folder / "nginx.conf").write_text(AROUND.format(folder=self.folder, user=user))

    def complaints(self) -> str:
        """What nginx says of the configuration."""
        self.configure()
        done = subprocess.run([*self._command, "-t"], capture_output=True, text=True)
        return "" if done.returncode == 0 and "[warn]" not in done.stderr else done.stderr

    @property
    def _command(self) -> list[str]:
        assert PROGRAM
        return [
            PROGRAM,
            "-c",
            str(self.folder / "nginx.conf"),
            "-e",
            str(self.folder / "start.log"),
        ]

    def start(self) -> None:
        """Serve. Raises `RuntimeError` with what nginx says."""
        self.configure()
        self._process = subprocess.Popen(self._command, stdin=subprocess.DEVNULL)
        until = time.monotonic() + PATIENCE
        while self._process.poll() is None and time.monotonic() < until:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.02)
        self.stop()
        raise RuntimeError((self.folder / "start.log").read_text())

    def stop(self) -> None:
        process, self._process = self._process, None
        if process is not None:
            process.terminate()
            process.wait(timeout=10)

    def ask(self, path: str, method: str = "GET", sent: str = "", **headers: str) -> Answer:
        """What nginx answers. Headers as keyword arguments: `if_none_match="…"`."""
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=10)
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        body = sent.encode() if method == "POST" else None
        try:
            connection.request(method, path, body=body, headers=named)
            response = connection.getresponse()
            told = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, told, response.read().decode(errors="replace"))
        finally:
            connection.close()

    def everything_written(self) -> bytes:
        """All that nginx has put on the disk: logs, what it keeps, what passes through."""
        files = (path for path in self.folder.rglob("*") if path.is_file())
        return b"\n".join(path.read_bytes() for path in files if self.copy not in path.parents)

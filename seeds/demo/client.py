"""One person of the story at their own device: speaks HTTP to the house and nothing else."""

import hashlib
from datetime import datetime
from typing import Any
from uuid import uuid4
from zoneinfo import ZoneInfo

import httpx

KOLKATA = ZoneInfo("Asia/Kolkata")


class StoryFailed(Exception):
    """The house answered otherwise than the story expects."""


class Person:
    """A signed-in person. Signs in again when the moved clock has ended the access token."""

    def __init__(self, url: str, email: str, password: str) -> None:
        self._http = httpx.Client(base_url=f"{url}/api/v1", timeout=60)
        self._credentials = {"email": email, "password": password}
        self._sign_in()

    def __enter__(self) -> "Person":
        return self

    def __exit__(self, *_: object) -> None:
        self._http.close()

    def get(self, path: str, **params: Any) -> Any:
        """What is at ``path``."""
        return self._ask("GET", path, params=params)

    def post(self, path: str, body: Any = None) -> Any:
        """Do something once: a retry carries the same key."""
        return self._ask("POST", path, json=body or {}, headers={"Idempotency-Key": str(uuid4())})

    def put(self, path: str, body: Any, *, version: int | None = None) -> Any:
        """Save something, from ``version`` where it is edited by more than one."""
        return self._ask("PUT", path, json=body, headers=_if_match(version))

    def edit(self, verb: str, path: str, body: Any, *, version: int) -> Any:
        """Change what was read as ``version``."""
        return self._ask(verb, path, json=body, headers=_if_match(version))

    def upload(self, slot: dict[str, Any], data: bytes) -> None:
        """Put a file straight into storage by the presigned request of ``slot``."""
        answer = httpx.request(slot["method"], slot["url"], content=data, headers=slot["headers"], timeout=60)
        if answer.status_code not in {200, 201, 204}:
            raise StoryFailed(f"storage answered {answer.status_code}: {answer.text[:500]}")

    def _sign_in(self) -> None:
        answer = self._http.post("/auth/sign-in", json=self._credentials)
        if answer.status_code != 200:
            raise StoryFailed(f"{self._credentials['email']} cannot sign in: {answer.text[:500]}")
        self._http.headers["Authorization"] = f"Bearer {answer.json()['access_token']}"

    def _ask(self, method: str, path: str, **options: Any) -> Any:
        answer = self._http.request(method, path, **options)
        if answer.status_code == 401:
            self._sign_in()
            answer = self._http.request(method, path, **options)
        if answer.is_error:
            raise StoryFailed(f"{method} {path} was answered {answer.status_code}: {answer.text[:2000]}")
        return answer.json() if answer.content else None


def sha256_hex(data: bytes) -> str:
    """The checksum that an upload announces."""
    return hashlib.sha256(data).hexdigest()


def local(moment: str) -> str:
    """A moment as people in India read it."""
    return f"{datetime.fromisoformat(moment).astimezone(KOLKATA):%a %d %b, %H:%M}"


def _if_match(version: int | None) -> dict[str, str]:
    return {} if version is None else {"If-Match": f'"{version}"'}

"""Signing in for tests over HTTP: a person made in the database, and the headers that speak for them."""

from datetime import timedelta

from flask import Flask

from mathvidya.accounts.models import User
from mathvidya.platform import clock, tokens
from tests.factories import actor_of


def signed_in(app: Flask, person: User) -> dict[str, str]:
    token = tokens.issue(
        actor_of(person), secret=app.config["TOKEN_SECRET"], now=clock.now(), lifetime=timedelta(minutes=10)
    )
    return {"Authorization": f"Bearer {token}"}

"""Shapes of signing in and of sessions."""

from enum import StrEnum

from marshmallow import Schema, fields, validate

from mathvidya.accounts.schemas.people import PersonSchema, password
from mathvidya.platform.http.pages import page_schema


class Keeping(StrEnum):
    """Where the refresh token is kept: by the client that reads it, or by a browser, away from scripts."""

    BODY = "body"
    COOKIE = "cookie"


class SignInSchema(Schema):
    """Who somebody says they are; an address that nobody could have is refused like an unknown one."""

    email = fields.String(required=True, validate=validate.Length(max=254))
    password = password(required=True)
    refresh_token_in = fields.Enum(
        Keeping,
        by_value=True,
        load_default=Keeping.BODY,
        metadata={"description": "cookie: HttpOnly and SameSite=Strict, for browsers"},
    )


class RefreshSchema(Schema):
    """The refresh token that was given last; left out by a browser, whose cookie carries it."""

    refresh_token = fields.String(load_default=None, validate=validate.Length(1, 128))


class GrantSchema(Schema):
    """What a signed-in client keeps: an access token for minutes, and the token that gets the next one."""

    access_token = fields.String(required=True)
    expires_at = fields.AwareDateTime(required=True, metadata={"description": "of the access token"})
    refresh_token = fields.String(
        required=True, allow_none=True, metadata={"description": "good once; null where a cookie carries it"}
    )
    refresh_expires_at = fields.AwareDateTime(required=True)
    session_id = fields.UUID(required=True)
    person = fields.Nested(PersonSchema, required=True)


class SessionSchema(Schema):
    """One sign-in on one device."""

    id = fields.UUID(required=True)
    created_at = fields.AwareDateTime(required=True)
    last_used_at = fields.AwareDateTime(required=True)
    expires_at = fields.AwareDateTime(required=True)
    user_agent = fields.String(required=True)
    address = fields.String(required=True, allow_none=True)


SessionPageSchema = page_schema(SessionSchema)

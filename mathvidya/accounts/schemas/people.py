"""Shapes of people."""

from typing import Any

from marshmallow import Schema, fields, post_load, pre_load, validate

from mathvidya.accounts.models import ClassLevel, CourseLevel
from mathvidya.accounts.queries import PeopleFilter
from mathvidya.accounts.rules import Profile
from mathvidya.platform.actors import Role
from mathvidya.platform.http.pages import PageArguments, page_schema

_LONGEST_EMAIL = 254
"""RFC 5321, 4.5.3.1.3, without the brackets."""

_LONGEST_ACCEPTED_PASSWORD = 1024
"""The rule for new ones is in rules.py; this only keeps a body from carrying a book."""


def email(**options: Any) -> fields.Email:
    """An e-mail address."""
    return fields.Email(validate=validate.Length(max=_LONGEST_EMAIL), **options)


def password(**options: Any) -> fields.String:
    """A password as it is typed."""
    return fields.String(load_only=True, validate=validate.Length(max=_LONGEST_ACCEPTED_PASSWORD), **options)


def _full_name(**options: Any) -> fields.String:
    return fields.String(validate=validate.Length(1, 100), **options)


def _phone(**options: Any) -> fields.String:
    pattern = validate.Regexp(r"\+?[0-9 -]{7,20}$", error="send a telephone number such as +91 98765 43210")
    return fields.String(allow_none=True, validate=pattern, **options)


class Trimmed(Schema):
    """Spaces around a name or an address are nobody's intention."""

    @pre_load
    def trim(self, data: Any, **_: Any) -> Any:
        """Cut them off, except from passwords."""
        if not isinstance(data, dict):
            return data
        return {
            key: value.strip() if isinstance(value, str) and key in {"email", "full_name", "phone"} else value
            for key, value in data.items()
        }


class RegistrationSchema(Trimmed):
    """A student or a parent who comes by themselves."""

    role = fields.Enum(Role, by_value=True, required=True)
    email = email(required=True)
    password = password(required=True)
    full_name = _full_name(required=True)
    phone = _phone(load_default=None)
    class_level = fields.Enum(ClassLevel, by_value=True, load_default=None, allow_none=True)
    course_level = fields.Enum(CourseLevel, by_value=True, load_default=None, allow_none=True)

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """The profile, and the password apart from it."""
        return {"password": data.pop("password"), "profile": Profile(**data)}


class NewPersonSchema(RegistrationSchema):
    """A person whom an admin makes."""

    extra_time_percent = fields.Integer(load_default=0, validate=validate.Range(0, 100))
    may_mark = fields.List(fields.Enum(ClassLevel, by_value=True), load_default=list)
    daily_cap = fields.Integer(load_default=None, allow_none=True, validate=validate.Range(1, 200))


class InvitationSchema(NewPersonSchema):
    """A person whom an admin invites: everything but a password."""

    class Meta:
        """The password is theirs to choose."""

        exclude = ("password",)

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """One value for the service."""
        return {"profile": Profile(**data)}


class InvitationRedemptionSchema(Schema):
    """The token of the invitation, and the password that the invited person chooses."""

    token = fields.String(required=True, load_only=True, validate=validate.Length(1, 128))
    password = password(required=True)


class OwnEditSchema(Trimmed):
    """What people change of themselves; what is left out stays."""

    full_name = _full_name()
    phone = _phone()


class PersonEditSchema(OwnEditSchema):
    """What an admin changes of a person; what is left out stays."""

    role = fields.Enum(Role, by_value=True)
    email = email()
    class_level = fields.Enum(ClassLevel, by_value=True, allow_none=True)
    course_level = fields.Enum(CourseLevel, by_value=True, allow_none=True)
    extra_time_percent = fields.Integer(validate=validate.Range(0, 100))
    may_mark = fields.List(fields.Enum(ClassLevel, by_value=True))
    daily_cap = fields.Integer(allow_none=True, validate=validate.Range(1, 200))


class PersonSchema(Schema):
    """A person."""

    id = fields.UUID(required=True)
    role = fields.Enum(Role, by_value=True, required=True)
    email = fields.Email(required=True)
    full_name = fields.String(required=True)
    phone = fields.String(required=True, allow_none=True)
    class_level = fields.Enum(ClassLevel, by_value=True, required=True, allow_none=True)
    course_level = fields.Enum(CourseLevel, by_value=True, required=True, allow_none=True)
    extra_time_percent = fields.Integer(required=True)
    may_mark = fields.List(fields.Enum(ClassLevel, by_value=True), required=True)
    daily_cap = fields.Integer(required=True, allow_none=True)
    created_at = fields.AwareDateTime(required=True)
    version = fields.Integer(required=True)


class ManagedPersonSchema(PersonSchema):
    """A person as an admin sees them."""

    locked_until = fields.AwareDateTime(required=True, allow_none=True)
    disabled_at = fields.AwareDateTime(required=True, allow_none=True)


class InvitedSchema(Schema):
    """An invited person, and the token to send them: shown this once."""

    person = fields.Nested(ManagedPersonSchema, required=True)
    token = fields.String(required=True, metadata={"description": "good once"})
    expires_at = fields.AwareDateTime(required=True)


PeoplePageSchema = page_schema(ManagedPersonSchema)


class PeopleArguments(PageArguments):
    """Which people, and which page of them."""

    role = fields.Enum(Role, by_value=True, load_default=None)
    search = fields.String(
        load_default=None,
        validate=validate.Length(2, 100),
        metadata={"description": "found inside names and e-mail addresses"},
    )

    @post_load
    def gather(self, data: dict[str, Any], **_: Any) -> dict[str, Any]:
        """Put the filters into one value."""
        page = {name: data.pop(name) for name in ("limit", "after")}
        return {**page, "narrowed": PeopleFilter(**data)}


class LockSchema(Schema):
    """Until when somebody is kept out."""

    until = fields.AwareDateTime(required=True)


class PasswordChangeSchema(Schema):
    """The present password, and the next."""

    present = password(required=True)
    new = password(required=True)

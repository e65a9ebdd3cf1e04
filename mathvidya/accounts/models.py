"""Tables of the accounts slice: people, sessions, links between a parent and a student, consent."""

from datetime import datetime
from enum import StrEnum
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    CheckConstraint,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    UniqueConstraint,
    func,
    text,
)
from sqlalchemy.dialects.postgresql import INET
from sqlalchemy.orm import Mapped, mapped_column

from mathvidya.platform.actors import Role
from workflows.base import Base, Key, enum_of, partial_index


class ClassLevel(StrEnum):
    """The class whose board examination is meant."""

    X = "X"
    XII = "XII"


class CourseLevel(StrEnum):
    """The two mathematics papers of class X; class XII has one."""

    STANDARD = "standard"
    BASIC = "basic"


class Relationship(StrEnum):
    """What a parent is to a student."""

    FATHER = "father"
    MOTHER = "mother"
    GUARDIAN = "guardian"
    OTHER = "other"


CLASS_LEVEL = enum_of(ClassLevel, "class_level")
COURSE_LEVEL = enum_of(CourseLevel, "course_level")
ROLE = enum_of(Role, "role")


class User(Base):
    """A person. What can be erased (name, e-mail, phone) sits here and nowhere else."""

    __tablename__ = "users"
    __table_args__ = (
        UniqueConstraint("id", "role"),
        CheckConstraint("(role = 'student') = (class_level IS NOT NULL)", name="student_has_class"),
        CheckConstraint(
            "(class_level IS NOT DISTINCT FROM 'X') = (course_level IS NOT NULL)",
            name="class_x_has_level",
        ),
        CheckConstraint("extra_time_percent BETWEEN 0 AND 100", name="extra_time_bounded"),
        CheckConstraint("role = 'teacher' OR may_mark = '{}'", name="only_teachers_mark"),
        CheckConstraint("failed_sign_ins >= 0", name="failed_sign_ins_not_negative"),
        Index("uq_users_email_lower", func.lower(text("email")), unique=True),
        Index("ix_users_role_id", "role", "id"),
    )

    id: Mapped[Key]
    role: Mapped[Role] = mapped_column(ROLE)
    email: Mapped[str]
    password_hash: Mapped[str]
    full_name: Mapped[str]
    phone: Mapped[str | None]
    class_level: Mapped[ClassLevel | None] = mapped_column(CLASS_LEVEL)
    course_level: Mapped[CourseLevel | None] = mapped_column(COURSE_LEVEL)
    extra_time_percent: Mapped[int] = mapped_column(
        server_default="0", comment="of the paper's duration, for a student who is owed it"
    )
    may_mark: Mapped[list[ClassLevel]] = mapped_column(
        ARRAY(CLASS_LEVEL), server_default="{}", comment="the classes a teacher may mark"
    )
    daily_cap: Mapped[int | None] = mapped_column(comment="scripts a day; NULL takes the configured cap")
    failed_sign_ins: Mapped[int] = mapped_column(server_default="0")
    locked_until: Mapped[datetime | None]
    disabled_at: Mapped[datetime | None]
    created_at: Mapped[datetime] = mapped_column(server_default=func.now())
    version: Mapped[int] = mapped_column(server_default="1")


class UserSession(Base):
    """One sign-in on one device: the family of its refresh tokens."""

    __tablename__ = "user_sessions"
    __table_args__ = (
        CheckConstraint("expires_at > created_at", name="ends_after_start"),
        partial_index("ix_user_sessions_open_user_id", "user_id", where=text("revoked_at IS NULL")),
    )

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    created_at: Mapped[datetime]
    last_used_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    revoked_at: Mapped[datetime | None]
    revoke_reason: Mapped[str | None] = mapped_column(comment="signed_out, reuse, by_user, by_admin, locked")
    user_agent: Mapped[str] = mapped_column(server_default="")
    address: Mapped[str | None] = mapped_column(INET)


class RefreshToken(Base):
    """One rotation of a family; only its hash is kept. A used one that comes again revokes the family."""

    __tablename__ = "refresh_tokens"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        Index("ix_refresh_tokens_session_id", "session_id"),
    )

    id: Mapped[Key]
    session_id: Mapped[UUID] = mapped_column(ForeignKey("user_sessions.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, comment="SHA-256")
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class Invitation(Base):
    """A token by which an invited person chooses a password, once; an admin is shown it this once."""

    __tablename__ = "invitations"
    __table_args__ = (
        UniqueConstraint("token_hash"),
        CheckConstraint("expires_at > issued_at", name="ends_after_start"),
        Index("ix_invitations_user_id", "user_id"),
    )

    id: Mapped[Key]
    user_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    token_hash: Mapped[bytes] = mapped_column(LargeBinary, comment="SHA-256")
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]


class ParentStudentMapping(Base):
    """A parent who may follow a student; the primary one is billed and told."""

    __tablename__ = "parent_student_mappings"
    __table_args__ = (
        UniqueConstraint("parent_id", "student_id"),
        CheckConstraint("parent_id <> student_id", name="no_self_link"),
        CheckConstraint("parent_role = 'parent'", name="parent_is_parent"),
        CheckConstraint("student_role = 'student'", name="student_is_student"),
        ForeignKeyConstraint(
            ["parent_id", "parent_role"],
            ["users.id", "users.role"],
            name="fk_parent_student_mappings_parent",
        ),
        ForeignKeyConstraint(
            ["student_id", "student_role"],
            ["users.id", "users.role"],
            name="fk_parent_student_mappings_student",
        ),
        partial_index(
            "uq_parent_student_mappings_primary",
            "student_id",
            where=text("is_primary"),
            unique=True,
        ),
        Index("ix_parent_student_mappings_student_id", "student_id"),
    )

    id: Mapped[Key]
    parent_id: Mapped[UUID]
    parent_role: Mapped[Role] = mapped_column(ROLE, server_default=Role.PARENT.value)
    student_id: Mapped[UUID]
    student_role: Mapped[Role] = mapped_column(ROLE, server_default=Role.STUDENT.value)
    relationship: Mapped[Relationship] = mapped_column(enum_of(Relationship, "relationship"))
    is_primary: Mapped[bool] = mapped_column(server_default=text("false"))
    linked_at: Mapped[datetime]


class ParentLinkCode(Base):
    """A short code that the student's side issues and a parent redeems once."""

    __tablename__ = "parent_link_codes"
    __table_args__ = (
        UniqueConstraint("code_hash"),
        CheckConstraint("expires_at > issued_at", name="ends_after_start"),
        CheckConstraint("(used_at IS NULL) = (used_by IS NULL)", name="used_iff_by"),
        Index("ix_parent_link_codes_student_id", "student_id"),
    )

    id: Mapped[Key]
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    code_hash: Mapped[bytes] = mapped_column(LargeBinary)
    issued_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    used_at: Mapped[datetime | None]
    used_by: Mapped[UUID | None] = mapped_column(ForeignKey("users.id"))


class Consent(Base):
    """A parent's verifiable consent to keep a minor's data: who, how, which notice, when, withdrawn when."""

    __tablename__ = "consents"
    __table_args__ = (
        CheckConstraint("withdrawn_at IS NULL OR withdrawn_at >= given_at", name="withdrawn_after_given"),
        partial_index(
            "uq_consents_open",
            "parent_id",
            "student_id",
            where=text("withdrawn_at IS NULL"),
            unique=True,
        ),
        partial_index("ix_consents_open_student_id", "student_id", where=text("withdrawn_at IS NULL")),
    )

    id: Mapped[Key]
    parent_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    student_id: Mapped[UUID] = mapped_column(ForeignKey("users.id"))
    notice_version: Mapped[str] = mapped_column(comment="which wording was shown")
    method: Mapped[str] = mapped_column(comment="how the parent was verified, such as link_code")
    evidence: Mapped[dict[str, Any]]
    given_at: Mapped[datetime]
    withdrawn_at: Mapped[datetime | None]

"""Problem types of the accounts slice, and what violations of its constraints mean."""

from mathvidya.platform.constraints import explain
from mathvidya.platform.errors import Conflict, Duplicate, Invalid, TooMany, Unauthenticated


class SignInRefused(Unauthenticated):
    """One answer for an unknown e-mail, a wrong password, a lock and a disabled account: nothing is told."""

    slug = "sign-in-refused"
    title = "Signing in did not work"


class RefreshRefused(Unauthenticated):
    """The refresh token is unknown, used, over, or its session has been ended."""

    slug = "refresh-refused"
    title = "This session cannot be continued"


class EmailTaken(Duplicate):
    """Somebody has registered with this e-mail address, in whatever case."""

    slug = "email-taken"
    title = "This e-mail address is taken"


class WeakPassword(Invalid):
    """The password is too short, too long, or the e-mail address again."""

    slug = "weak-password"
    title = "Choose another password"


class WrongPassword(Invalid):
    """The present password, asked for before it is changed, is not right."""

    slug = "wrong-password"
    title = "The present password is not right"


class LinkCodeRefused(Invalid):
    """The code is wrong, used or over; which of them is not told."""

    slug = "link-code-refused"
    title = "This code does not link you to a student"


class InvitationRefused(Invalid):
    """The token is unknown, used or over, or a newer one took its place; which of them is not told."""

    slug = "invitation-refused"
    title = "This invitation does not let you in"


class TooManyLinkCodes(TooMany):
    """Too many wrong codes: guessing must not pay."""

    slug = "too-many-link-codes"
    title = "Too many wrong codes"


class NoticeOutdated(Conflict):
    """Consent was given to a wording that is not the present one."""

    slug = "notice-outdated"
    title = "Another notice is in force"


class AlreadyLinked(Duplicate):
    """The parent follows this student already."""

    slug = "already-linked"
    title = "You are linked to this student already"


class PrimaryParentExists(Conflict):
    """One parent of a student is billed and told; there is one."""

    slug = "primary-parent-exists"
    title = "The student has a primary parent already"


class StillLinked(Conflict):
    """A person's role cannot change while links hang on it."""

    slug = "still-linked"
    title = "Links between a parent and a student hang on this role"


explain("uq_users_email_lower", lambda: EmailTaken("sign in with it, or use another e-mail address"))
explain(
    "uq_parent_student_mappings_parent_id_student_id",
    lambda: AlreadyLinked("nothing was done, and the code is still good"),
)
explain(
    "uq_parent_student_mappings_primary",
    lambda: PrimaryParentExists("link with is_primary false; the code is still good"),
)
for _side in ("parent", "student"):
    explain(
        f"fk_parent_student_mappings_{_side}",
        lambda: StillLinked("remove this person's parent links first, then change the role"),
    )

"""Every mapped table of the house in one metadata: what Alembic compares the database with."""

from mathvidya.accounts import models as accounts
from mathvidya.attempts import models as attempts
from mathvidya.bank import models as bank
from mathvidya.evaluation import models as evaluation
from mathvidya.exams import models as exams
from mathvidya.notices import models as notices
from mathvidya.plans import models as plans
from mathvidya.platform import models as platform
from mathvidya.system import models as system
from workflows import models as workflows
from workflows.base import Base

MODULES = (workflows, platform, system, accounts, plans, bank, exams, attempts, evaluation, notices)
"""Importing them is what registers their tables."""

METADATA = Base.metadata

"""HTTP of the system slice."""

from mathvidya.system.routes.audit import blueprint as audit
from mathvidya.system.routes.calendars import blueprint as calendars
from mathvidya.system.routes.configuration import blueprint as configuration
from mathvidya.system.routes.health import blueprint as health
from mathvidya.system.routes.holidays import blueprint as holidays
from mathvidya.system.routes.metrics import blueprint as metrics

blueprints = (health, metrics, configuration, calendars, holidays, audit)

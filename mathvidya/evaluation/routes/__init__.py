"""HTTP of the evaluation slice."""

from mathvidya.evaluation.routes.asides import consultations, notes
from mathvidya.evaluation.routes.lifecycle import evaluations
from mathvidya.evaluation.routes.marking import blueprint as marking_blueprint
from mathvidya.evaluation.routes.previews import blueprint as previews_blueprint
from mathvidya.evaluation.routes.sla import sla

blueprints = (evaluations, marking_blueprint, notes, consultations, previews_blueprint, sla)

"""HTTP of the evaluation slice."""

from mathvidya.evaluation.routes.lifecycle import evaluations, sla
from mathvidya.evaluation.routes.marking import blueprint as marking_blueprint

blueprints = (evaluations, marking_blueprint, sla)

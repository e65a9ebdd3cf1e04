"""HTTP of the evaluation slice."""

from mathvidya.evaluation.routes.marking import blueprint as marking_blueprint

blueprints = (marking_blueprint,)

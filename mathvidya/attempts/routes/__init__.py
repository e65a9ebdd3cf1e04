"""HTTP of the attempts slice."""

from mathvidya.attempts.routes.sheets import blueprint as sheets

blueprints = (sheets,)

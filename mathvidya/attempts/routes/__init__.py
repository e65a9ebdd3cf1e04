"""HTTP of the attempts slice."""

from mathvidya.attempts.routes.answers import answers_blueprint
from mathvidya.attempts.routes.exams import exams_blueprint
from mathvidya.attempts.routes.hand_in import hand_in_blueprint
from mathvidya.attempts.routes.printing import printing_blueprint
from mathvidya.attempts.routes.sheets import blueprint as sheets_blueprint

blueprints = (exams_blueprint, answers_blueprint, hand_in_blueprint, printing_blueprint, sheets_blueprint)

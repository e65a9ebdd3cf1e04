"""HTTP of the accounts slice."""

from mathvidya.accounts.routes.invitations import blueprint as invitations
from mathvidya.accounts.routes.links import blueprint as links
from mathvidya.accounts.routes.people import blueprint as people
from mathvidya.accounts.routes.sign_in import blueprint as sign_in

blueprints = (sign_in, people, invitations, links)

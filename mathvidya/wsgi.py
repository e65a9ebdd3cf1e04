"""What a WSGI server imports: the web process made from the environment."""

from mathvidya.app import create_app
from mathvidya.settings import Settings

app = create_app(Settings())

"""Documents on paper: LaTeX of questions set by Typst, and the press that makes a PDF of a template.

A template is a ``.typ`` file of the slice that prints; its data lie in ``/data.json``. Only formulas are
read as Typst code, by an ``eval`` that reaches no files, and ``formulas`` writes nothing there that could do
more than be typeset. All other text is data and never code.
"""

from mathvidya.platform.pdf.press import Picture, picture_of, press
from mathvidya.platform.pdf.prose import Piece, prose

__all__ = ["Picture", "Piece", "picture_of", "press", "prose"]

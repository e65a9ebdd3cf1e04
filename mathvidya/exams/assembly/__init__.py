"""Exact assembly: fill a template from the bank, or say what is missing.

Pure: no database, no web. Questions that agree in everything a template can ask for are
interchangeable, so a draw decides over *cells* (a few hundred) and not over questions (tens of
thousands): a randomised greedy layout first, a CP-SAT model over the same cells where that
fails, and then the least used unseen questions of the chosen cells. See `drawing.assemble`.
"""

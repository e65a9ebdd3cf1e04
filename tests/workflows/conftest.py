from hypothesis import settings

# A deadline per example would make a busy machine fail; benchmarks hold the claims about speed.
settings.register_profile("unhurried", deadline=None)
settings.load_profile("unhurried")

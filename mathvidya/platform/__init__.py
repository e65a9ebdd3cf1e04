"""Plumbing without domain words: database, clock, errors, storage, logging, HTTP."""

"""Lets `python -m mathvidya.cli` be the same as `mathvidya`."""

from mathvidya.cli import main

main()

"""The demo pharmacy: synthetic people, prescriptions and stock, made by a seeded generator.

The same seed on the same day makes the same pharmacy. Nobody in it is real.
"""

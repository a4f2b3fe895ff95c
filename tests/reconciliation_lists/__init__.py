"""Perturbed lists of medicines, made from the outside: nothing here knows how the program matches or reads.

The medicines, their brands and the many ways of writing directions are this generator's own; the truth about every pair
of lists is known because the lists were made from it.
"""

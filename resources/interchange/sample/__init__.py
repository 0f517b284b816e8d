"""Larger data for trying things out: the starter's entries again and again, each made another's.

An organisation of the starter is taken whole, with its resources, and moved: another name, place
and telephone, other states, illnesses and medicines, another sighting of each fund. Its rules stay
together as they were, so that filters and counts behave as they do on real data; only open and
closed funds are made more frequent, for there to be something to choose from. Nothing of it is
true: numbers are 555-01xx, addresses end in example.org.

The same seed and day make the same data, and a larger sample begins with all of a smaller one.
"""

from .patterns import ANY, Pattern, Varied
from .sampler import Plan, Sampler

__all__ = ["ANY", "Pattern", "Plan", "Sampler", "Varied"]

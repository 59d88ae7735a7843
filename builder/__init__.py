"""A static site generator for one thing: a national catalogue of school learning resources."""

__version__ = "0.1.0"

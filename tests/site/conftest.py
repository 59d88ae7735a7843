"""Makes the fixtures known to the tests of this folder."""

from fixtures import base, real, real_url, sample, sample_url, small, small_site, urls  # noqa: F401

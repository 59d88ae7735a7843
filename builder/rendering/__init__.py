"""A page becomes bytes: a pure function of its template and its view."""

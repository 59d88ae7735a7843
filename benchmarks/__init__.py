"""How long a build takes, measured on the machine at hand."""

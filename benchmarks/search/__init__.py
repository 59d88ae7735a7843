"""How well search finds: queries written by hand, asked of the search that readers get and of a server's."""

"""The Catalogue becomes pages: an address, a template and a view each. It knows nothing of files."""

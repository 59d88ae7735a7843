"""The editors' files become one Catalogue: frozen, linked and checked. It knows nothing of pages."""

"""What search downloads: packs of titles, and the list of them."""

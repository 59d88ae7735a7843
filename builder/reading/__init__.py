"""Files become checked values with places: text, YAML, forms. It knows nothing of what the values mean."""

"""What `new` writes: well-formed folders, files and blocks that editors fill in."""

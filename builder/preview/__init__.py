"""The preview: builds aside, serves on this machine only, watches the editors' files and reloads the browser."""

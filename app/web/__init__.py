"""The pages: complete HTML from the server, with no script needed."""

"""Server-rendered pages for people; the same engine and the same words as the command line and the API."""

"""The one source of words: everything that pages, text and paper say of a screening."""

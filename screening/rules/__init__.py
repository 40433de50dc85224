"""The rules core: protections against charges, element by element, with bounds and what would settle them."""

"""Papers that leave the service: each is marked with whom it was made for."""

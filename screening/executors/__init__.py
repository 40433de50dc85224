"""The same rules elsewhere: the bundle that carries law and questionnaire to other executors, and the executors themselves."""

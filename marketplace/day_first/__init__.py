"""In Belgium the day comes first, in whatever language somebody works."""

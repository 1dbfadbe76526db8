"""Addresses of everything around proof, below /<language>/."""

app_name = "bewijzen"
urlpatterns: list = []

"""Addresses of the public offer, below /<language>/aanbod/."""

app_name = "aanbod"
urlpatterns: list = []

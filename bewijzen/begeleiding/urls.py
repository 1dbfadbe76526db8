"""Addresses of the trajectbegeleider desk, below /begeleiding/."""

app_name = "begeleiding"
urlpatterns: list = []

"""The desk of the trajectbegeleider: Dutch only, like everything that only staff see."""

HOME = "begeleiding:caseload"

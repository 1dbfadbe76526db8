"""Activities in and out in bulk (docs/import.md).

A file becomes rows in our columns (`reading`, `uitdatabank`), each row is judged against what the
gemeente has (`judging`), and all of them are written or none (`applying`).
"""

"""Statistics: hiding small groups, quarters, charts and sheets."""

"""What is missing in the offer of a gemeente: demand against offer, for its editors."""

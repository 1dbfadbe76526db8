"""What colleagues of a gemeente do in the CMS: zoekvragen (R10) and toeleiders (R9). Dutch only,
and nothing of a traject but what the person agreed."""

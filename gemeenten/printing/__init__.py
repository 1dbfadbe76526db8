"""What every printed sheet shares: fonts, the typst compiler and QR codes."""

"""What time it says."""

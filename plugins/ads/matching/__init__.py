"""What an ad's brief and a page have in common."""

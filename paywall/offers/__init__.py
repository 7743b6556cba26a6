"""What is sold, to whom, at what price: one file of offers, one list of members."""

"""What browsers count against what was really seen, in scripted sessions."""

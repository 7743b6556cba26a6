"""What the browser counts against what was really seen: 500 scripted sessions (`make bench-viewability`)."""

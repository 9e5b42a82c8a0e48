"""Files in, a Case out. The only room that reads files."""

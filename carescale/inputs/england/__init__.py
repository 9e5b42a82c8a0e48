"""What is published of every council of England: read from the return, kept as a table, joined over mergers."""

"""The live page: one HTML file that opens from a mailbox, offline, and computes anew what a reader changes."""

"""One description a command: what it shows, what a careful reader needs beside it, and the same as data."""

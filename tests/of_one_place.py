"""The examples of one place, told by their text: to load them all so as to name tests would cost each run seconds."""

import re

from carescale.inputs.library import shipped_names

PLACES = tuple(
    name
    for name, path in shipped_names("examples").items()
    if not re.search(r"^tables?:", path.read_text(encoding="utf-8"), re.MULTILINE)
)

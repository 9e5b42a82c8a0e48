"""What YAML allows and few expect, as the YAML test suite has it: each is read, or refused in words, and never crashes.

The names are those of the suite's tests where a case is like one of them.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from cli.running import carescale

PLAIN = "place: A\nyear: 2026\nsource: scie-2017\nplan:\n  living_well: {add: 10}\n"
ODD = {
    "229Q a sequence of mappings": "- place: A\n- plan: B\n",
    "27NA a directive": "%YAML 1.2\n--- \n" + PLAIN,
    "2JQS no key": ": a\n: b\n",
    "2SXE colons in anchors": "&a: place: A\nyear: *a:\n",
    "33X3 tags": "place: !!int A\nyear: !!float 2026\nsource: !!python/object/apply:os.system [ls]\n",
    "35KP documents with tags": "--- !!map\n? place\n: A\n--- !!seq\n- !!str plan\n",
    "3HFZ stuff after the end": PLAIN + "... rest\n",
    "4ABK flow without values": "{place: A, plan, : , year: 2026,}\n",
    "4EJS tabs for blanks": "place: A\nplan:\n\tliving_well:\n\t\tadd: 10\n",
    "5LLU a block that is indented too far": "place: >\n \n  \n   \n invalid\n",
    "5TYM two tags of one handle": "%TAG !m! !a-\n--- !m!b\nplace: A\n...\n%TAG !m! !b-\n--- !m!c\nyear: 2026\n",
    "6BFJ a mapping as a key": "&m\n&key [a, &item b]: value\nplace: *key\n",
    "6JWB tags on empty nodes": "place: !!str\nplan: !!null\n? !!seq []\n: !!map {}\n",
    "8KB6 a multi-line key": "{ multi\n  line: value, place: A }\n",
    "9C9N a flow that is not indented": "plan: [\na,\nb]\nplace: A\n",
    "A2M4 only dashes": "- - - - -\n",
    "CN3R blocks in a flow": "plan: {\n  living_well: |\n    add: 10\n}\n",
    "DK95 a tab before a comment": "place: A\t# here\n\t\nyear: 2026\n",
    "FRK4 a flow of nothing": "{\n  ? place :,\n  : 2026,\n}\n",
    "G9HC an anchor in mid-air": "seq:\n&anchor\n- a\n",
    "H7TQ a directive with more": "%YAML 1.2 more\n---\n" + PLAIN,
    "JEF9 line ends kept": "place: |+\n\n\nplan: |2-\n   x\n",
    "JR7V question marks": "place: a?string\nplan: {? living_well, ?add: 10}\nyear?: 2026\n",
    "KS4U a sequence that goes on after its end": "---\n[\nplace\n]\nrest\n",
    "LHL4 a tag that is none": "--- !invalid{}tag\nplace: A\n",
    "M2N8 a question in a question": "? ? place : A\n  : B\n",
    "N782 document markers in a flow": "[\n--- ,\n...\n]\n",
    "Q9WF a sign that looks like an end": "place: A\nyear: '2026\n...\n'\n",
    "SR86 an anchor of an alias": "place: &a A\nyear: &b *a\n",
    "SU74 an alias with a colon": "place: &a A\n*a : 2026\n",
    "W9L4 blanks before a block": "place: |\n     \n  too many\n",
    "X4QW a comment that touches": "place: >#here\n  A\n",
    "ZL4Z a quote in the middle": "place: 'A': 'B'\n",
    "a merge of what is no mapping": PLAIN + "<<: [1, two]\n",
    "a merge of itself": "place: A\nplan: &p\n  <<: *p\n  living_well: {add: 1}\n",
    "a key twice": PLAIN + "place: B\n",
    "a key that is a list": PLAIN + "? [a, b]\n: c\n",
    "a mark of byte order": "\ufeff" + PLAIN,
    "a mark of byte order inside": "place: A\ufeff\n" + PLAIN,
    "old line ends": PLAIN.replace("\n", "\r"),
    "line ends of other scripts": PLAIN.replace("\n", "\u2028") + "\u0085\u2029",
    "half a sign": "place: \"\\ud800\"\nyear: \"\\udfff\"\n",
    "a sign that is no sign": 'place: "\\x00\\U00110000"\n',
    "numbers of other kinds": "place: A\nyear: 0x7EA\nplan: {living_well: {add: 1_0}}\nsource: .inf\n",
    "words for yes": "place: yes\nyear: ~\nsource: off\nplan: {living_well: {add: on}}\n",
    "nothing at all": "",
    "only a comment": "# place: A\n",
    "only ends": "...\n...\n---\n",
}  # fmt: skip


@pytest.mark.parametrize("name", ODD)
def test_an_odd_file_is_read_or_refused_in_words(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("place.yaml").write_bytes(ODD[name].encode("utf-8", "surrogatepass"))
    for command in ("project", "check"):
        found = carescale(command, "place.yaml")
        assert found.code in ((0, 1, 2) if command == "check" else (0, 2)), found.err
        assert "carescale failed" not in found.err
        assert found.code != 2 or "place.yaml" in found.err


def test_a_plain_file_among_them_is_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("place.yaml").write_text(PLAIN)
    assert carescale("project", "place.yaml").code == 0

"""Place files, interventions, scenarios, claims, conversations and what happened: made from the words that files have."""

from __future__ import annotations

from random import Random
from typing import Any

import yaml
from fuzz import sums, words
from mutations import ODD_NUMBERS

from carescale.formulas.vocabulary import PAYERS, THEMES

Block = dict[str, Any]
COVERS = ("95%", "90%", "80%", "two studies", "limits")
VERDICTS = ("not determined", "calibrated", "reproduced", "reproduced by a rule", "within rounding", "contradicted")
_Dumper: Any = getattr(yaml, "CSafeDumper", yaml.SafeDumper)


def dumped(block: Block) -> bytes:
    """A file as people write it, its keys in their order."""
    text: str = yaml.dump(block, Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=200)
    return text.encode("utf-8", "surrogatepass")


def put(block: Block, path: str, value: Any) -> None:
    """Put something at the end of a dotted path, unless something else is in its way."""
    *outer, last = path.split(".")
    for name in outer:
        block = block.setdefault(name, {})
        if not isinstance(block, dict) or "assumption" in block:
            return
    block.setdefault(last, value)


def figure(random: Random, unit: str) -> Any:
    """A figure as it stands in a file: known or not, with a range or without."""
    number = words.number(unit, random)
    match random.choice(("assumed", "assumed", "assumed", "unknown", "ranged", "sourced", "noted")):
        case "assumed":
            return {"value": number, "assumption": words.says(random)}
        case "unknown":
            return {"unknown": words.says(random)}
        case "ranged":
            ends = {"": "0% to 100%", "month": "0 to 120 months"}.get(
                unit, "£0 to £9bn" if unit.startswith("GBP") else "0 to 9m"
            )
            more = {"covers": random.choice(COVERS), "range_assumption": "made up"}
            return {"value": number, "assumption": "made up", "range": ends, **more}
        case "sourced":
            return {"value": number, "source": random.choice(words.sources()), "year": random.choice(words.YEARS)}
        case _:
            entry = {"value": number, "assumption": "made up", "note": words.says(random)}
            return {
                **entry,
                "replaces": words.says(random),
                "released_when": words.title(random),
                "decided_by": words.title(random),
            }


def rule(random: Random, name: str) -> Any:
    """How far an intervention goes."""
    intervention = words.interventions()[name]
    spends = all(level == "spend_line" for level, _ in intervention.parts.values())
    if spends:
        return random.choice(("all", {"share": {part: words.number("", random) for part in intervention.parts}}))
    some = random.sample(list(intervention.parts), k=random.randint(1, min(2, len(intervention.parts))))
    how = "add" if intervention.counts_by_year or random.random() < 0.6 else random.choice(("add", "people", "rate"))
    unit = "" if how == "rate" else "person"
    return {how: {part: {"value": words.number(unit, random), "assumption": "made up"} for part in some}}


def planned(random: Random) -> list[str]:
    """Which interventions: Shared Lives most often, for most is known of it."""
    others = list(words.interventions())
    return list(
        dict.fromkeys(
            random.choice(("shared_lives", "living_well", random.choice(others)))
            for _ in range(random.choice((1, 1, 1, 2, 3)))
        )
    )


def place(random: Random) -> tuple[Block, list[str]]:
    """A place of one area, and what it plans."""
    names = planned(random)
    block: Block = {
        "place": words.title(random),
        "year": random.choice(words.YEARS),
        "source": random.choice(words.sources()),
    }
    if random.random() < 0.6:
        block["start"] = random.choice(words.STARTS)
    if random.random() < 0.3:
        block["title"] = words.title(random)
    block["plan"] = {name: rule(random, name) for name in names}
    figures: Block = {}
    for _ in range(random.choice((0, 1, 3, 8))):
        path, unit = words.figure(random, names)
        put(figures, path, figure(random, unit))
    if random.random() < 0.5:
        put(
            figures,
            "horizon_months",
            {"value": random.choice(("1 month", "12 months", "24 months", "60 months")), "assumption": "short"},
        )
    if figures:
        block["figures"] = figures
    for add, share in (
        (choices, 0.3),
        (claims, 0.3),
        (formulas, 0.25),
        (settings, 0.2),
        (conversation, 0.15),
        (headings, 0.1),
        (together, 0.1),
    ):
        if random.random() < share:
            add(random, block, names)
    return block, names


def choices(random: Random, block: Block, names: list[str]) -> None:
    block["choices"] = {random.choice(names): dict(words.choice(random) for _ in range(random.randint(1, 2)))}


def claims(random: Random, block: Block, names: list[str]) -> None:
    block["claims"] = [claim(random, names) for _ in range(random.randint(1, 3))]


def claim(random: Random, names: list[str]) -> Block:
    that, unit = words.quantity(random, names) if random.random() < 0.7 else (sums.plain(random, 2), "person")
    number = words.number(unit, random)
    that = that if random.random() < 0.8 else f"{that} * 50% + {that}"
    how = random.choice(("is", "is", "over", "at_least", "at_most", "between"))
    entry: Block = {"that": that, how: f"0 to {number}" if how == "between" else number}
    entry |= random.choice(({}, {}, {"nearest": number}, {"rounding": "truncate"}, {"expect": random.choice(VERDICTS)}))
    return entry | random.choice(({}, {"note": words.says(random)}, {"from": "published parts"}))


def formulas(random: Random, block: Block, names: list[str]) -> None:
    made: Block = {}
    for at in range(random.randint(1, 4)):
        earlier = random.choice([*made, ""])
        text = (
            f"{earlier} * 2" if earlier else random.choice((sums.of_quantities(random, names), sums.plain(random, 3)))
        )
        made[f"mine_{at}"] = text if random.random() < 0.7 else {"is": text, "title": words.title(random)}
    block["formulas"] = made


def settings(random: Random, block: Block, names: list[str]) -> None:
    found = [words.figure(random, names) for _ in range(random.randint(1, 3))]
    block["settings"] = {path: words.number(unit, random) for path, unit in found}


def headings(random: Random, block: Block, names: list[str]) -> None:
    block["service_headings"] = {name: words.title(random) for name in names}


def together(random: Random, block: Block, names: list[str]) -> None:
    some = [f"{random.choice(names)}.{name}" for name in ("ramp_months", "first_match_month")]
    block["move_together"] = {"figures": some, "spearman": random.choice(("0.5", "-1", "1", "0", "0.99"))}


def conversation(random: Random, block: Block, names: list[str]) -> None:
    def said() -> Block:
        entry = {"says": words.says(random), "source": random.choice(words.sources())}
        return random.choice((entry, {"blank": words.says(random)}, {"says": words.says(random)}))

    parts: Block = {
        name: [said() for _ in range(random.randint(1, 3))]
        for name in ("goals", "now", "money", "grows", "shrinks", "said")
        if random.random() < 0.6
    }
    if random.random() < 0.5:
        parts["works"] = {
            who: [{"says": words.says(random), "source": random.choice(words.sources())}] for who in ("staff", "people")
        }
    if random.random() < 0.5:
        parts["reply"] = {"says": words.says(random), "by": random.choice(("2027-01-31", "2026-12-01"))}
    if random.random() < 0.4:
        parts["decided"] = [{"says": words.says(random), "because": words.says(random)}]
    block["conversation"] = parts or {"goals": words.says(random)}


def actual_rows(random: Random, start: str) -> list[Block]:
    """A row a month from the start on, as a scheme grows, with gaps and slips now and then."""
    year, month = int(start[:4]), int(start[5:])
    rows, there = [], 0
    for at in range(random.choice((1, 3, 12, 24, 40))):
        starts = random.choice((0, 0, 1, 2, 5)) if at > 3 else 0
        left = random.randint(0, there) if random.random() < 0.1 else 0
        there += starts - left
        row: Block = {
            "month": f"{year + (month + at - 1) // 12}-{(month + at - 1) % 12 + 1:02}",
            "people": there,
            "starts": starts,
        }
        row |= {"leavers": left} if random.random() < 0.9 else {}
        row |= {"spend": words.number("GBP", random)} if random.random() < 0.5 else {}
        if random.random() < 0.004:
            row[random.choice(("people", "starts", "leavers", "open", "month"))] = random.choice(
                (*ODD_NUMBERS, "yes", 10**9, 0.5, -1)
            )
        if random.random() > 0.05:
            rows.append(row)
    return rows or [{"month": start, "people": 0}]


def tracked(random: Random) -> tuple[Block, list[Block]]:
    """A place with one intervention and a start, and what happened there."""
    block, _ = place(random)
    block["start"] = start = random.choice(words.STARTS)
    cohort = random.choice(("learning_disability", "mental_health"))
    block["plan"] = {
        "shared_lives": {"add": {cohort: {"value": random.choice(("1", "40", "51", "1,000")), "assumption": "made up"}}}
    }
    for key in ("claims", "service_headings", "move_together", "formulas"):
        block.pop(key, None)
    block.get("figures", {}).pop("horizon_months", None)  # else most reports lie beyond it
    return block, actual_rows(random, start)


def intervention(random: Random) -> tuple[Block, str]:
    """An intervention of one's own, as short as may be, and the name of its cohort."""
    cohort = random.choice(("everyone", "group_a", "older"))
    by_year = random.random() < 0.2
    saving = {
        payer: {
            "value": words.number("GBP", random),
            "evidence": {"design": "before and after"},
            "replaces": words.says(random),
        }
        for payer in ("council", "nhs")
    }
    saving["society"] = {"unknown": "not published"}
    figures: Block = {"paid_by": {"payer": random.choice([*PAYERS]), "assumption": "made up"}}
    for name, unit in (("ramp_months", "month"), ("first_match_month", "month"), ("set_up_lump_sum", "GBP")):
        figures[name] = {"value": words.number(unit, random), "assumption": "made up"}
    for _ in range(random.randint(0, 4)):
        name, unit, by_payer = random.choice(words.figures_at("shared_lives"))
        put(figures, f"{name}.{random.choice([*PAYERS])}" if by_payer else name, figure(random, unit))
    block: Block = {
        "intervention": words.title(random), "area": random.choice([*THEMES]).replace("_", " "), "about": words.says(random),
        "source": random.choice(words.sources()), "year": random.choice(words.YEARS), "checked": "2026-11", "figures": figures,
    }  # fmt: skip
    if by_year:
        block["choices"] = {"counted": "people_a_year"}
    name = "saving_per_episode" if by_year else "published_saving_per_person"
    cost = "running_cost_per_episode" if by_year else "running_cost_per_person"
    inner = {name: saving, cost: {"value": words.number("GBP", random), "assumption": "made up"}}
    block["cohorts"] = {cohort: {"title": words.title(random), "group": "older_people", "figures": inner}}
    return block, cohort


def scenario(random: Random) -> Block:
    """A scenario of one's own."""
    block: Block = {
        "scenario": words.title(random),
        "about": words.says(random),
        "year": "2016",
        "source": random.choice(words.sources()),
    }
    names = ["shared_lives"]
    if random.random() < 0.6:
        block["plan"] = {"shared_lives": rule(random, "shared_lives")}
    figures: Block = {}
    for _ in range(random.randint(1, 4)):
        path, unit = words.figure(random, names)
        put(figures, path, figure(random, unit))
    block["figures"] = figures
    if random.random() < 0.3:
        choices(random, block, names)
    if random.random() < 0.2:
        formulas(random, block, names)
    return block

"""The files people write, as pydantic models: which keys there are, and what stands under them.

Figures and plans are read by readers of their own (figures name the trade's whole vocabulary); here they are `Any`,
and `json_schema` fills them in for editors. Their annotations are not postponed: pydantic would compile each of them
at every start.
"""

from typing import Annotated, Any, ClassVar, Literal, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError
from pydantic_core import CoreSchema
from pydantic_core.core_schema import str_schema
from yaml.nodes import MappingNode, Node

from carescale.formulas.vocabulary import THEMES
from carescale.inputs.document import Document, plain
from carescale.inputs.shape_errors import MONTH, NAME, SAYING, report, what_it_is


class Written:
    """Any text, of a pattern where one is given: one step for pydantic, which meets it at every start in 60 places."""

    def __init__(self, pattern: str | None = None) -> None:
        self.pattern = pattern

    def __get_pydantic_core_schema__(self, source: Any, handler: Any) -> CoreSchema:
        """Text as it was written, up to a length that no honest one has."""
        return str_schema(max_length=100_000, pattern=self.pattern)

    def __get_pydantic_json_schema__(self, schema: Any, handler: Any) -> dict[str, Any]:
        """For editors, which read `year: 2015` as a number; here every scalar is the text that was written."""
        return {"type": ["string", "number", "boolean"], **({"pattern": self.pattern} if self.pattern else {})}


Text = Annotated[str, Written()]
Title = Annotated[str, Written(SAYING)]  # what stands at the head of a row or screen
Key = Annotated[str, Field(pattern=NAME, max_length=80)]
Verdict = Literal[
    "not determined", "calibrated", "reproduced", "reproduced by a rule", "within rounding", "within the range given",
    "contradicted",
]  # fmt: skip

# The Green Book's words for what stands side by side in an appraisal.
Option = Literal["business as usual", "do minimum", "option"]


class Entry(BaseModel):
    """What a block may hold: its own keys and no others."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)
    what: ClassVar[str]  # in a sentence: "`x` is not a key of …"


class DoubtEntry(Entry):
    """Evidence that contradicts a figure."""

    what = "what contradicts a figure"
    source: Text
    says: Text


class EvidenceEntry(Entry):
    """How a figure was found out."""

    what = "the evidence of a figure"
    design: Text = Field(description="a design of the scale: `carescale list designs` has them")
    sample: Text | None = Field(None, description="how many were studied, such as 325 people")
    checked: Annotated[str, Field(pattern=MONTH)] | None = Field(None, description="when the source was last looked at")


class FigureEntry(Entry):
    """A figure written out: its value, and where it comes from."""

    what = "a figure"
    value: Text | None = Field(None, description="the number as it is printed: £26,000, £1.3m, 13%, 7 months")
    unit: Text | None = Field(None, description="only under `published:`: bed-day, QALY, £ per assessment")
    over: Text | None = Field(None, description="only under `published:`: the years that it is the total of")
    nearest: Text | None = Field(None, description="what the source rounded it to, such as £1,000")
    range: Text | None = Field(None, description="low to high, such as £12,000 to £26,000")
    covers: Literal["95%", "90%", "80%", "two studies", "limits"] | None = Field(
        None, description="how much of all values lies in the range; limits are ends that nothing is beyond"
    )
    range_source: Text | None = Field(None, description="a key of the sources, where the range has its own")
    range_assumption: Text | None = Field(None, description="the reason, where the range is not published")
    year: Text | None = Field(None, description="the year measured; the price base of money")
    source: Text | None = Field(None, description="a key of the sources")
    where: Text | None = Field(None, description="the section or page of the source")
    assumption: Text | None = Field(None, description="the reason, where there is no source")
    unknown: Text | None = Field(None, description="why no number is published")
    solve: Text | None = Field(None, description="the quantity that this figure is solved from")
    equals: Text | None = Field(None, description="the value that quantity must have")
    evidence: EvidenceEntry | None = None
    note: Text | None = None
    replaces: Text | None = None
    deducted: Text | None = None
    contradicted_by: DoubtEntry | None = None
    released_when: Text | None = Field(None, description="what has to happen before a saving is cash: a contract ends")
    decided_by: Text | None = Field(None, description="who decides that it is taken out of a budget")


class PaidByEntry(Entry):
    """Who bears the costs of an intervention, all of them."""

    what = "who pays"
    payer: Text = Field(description="council, nhs or society")
    assumption: Text | None = Field(None, description="the reason, where there is no source")
    source: Text | None = Field(None, description="a key of the sources")
    where: Text | None = None
    year: Text | None = None
    note: Text | None = None


class SourceEntry(Entry):
    """A publication."""

    what = "a source"
    publisher: Text
    title: Text
    year: Text
    url: Text | None = None
    unverified: Text | None = None


class ClaimEntry(Entry):
    """A published figure that the tool must reproduce, or show why not."""

    what = "a claim"
    that: Text = Field(description="a sum: `spend / assessments`, `480 * (17% - 3%)`, a quantity or a figure")
    equal_to: Text | None = Field(None, alias="is")
    over: Text | None = None
    at_least: Text | None = None
    at_most: Text | None = None
    between: Text | None = None
    nearest: Text | None = Field(None, description="the unit the source rounded to, such as £100k")
    rounding: Literal["half up", "truncate"] = "half up"
    assuming: Text | None = Field(None, description="the assumption that the claim needs, by its path")
    parts: Literal["published parts"] | None = Field(None, alias="from")
    area: Text | None = Field(None, description="of a table: the area it is about; without one, the total over all")
    expect: Verdict | None = Field(None, description="the verdict it must have; without it, the claim gets its own")
    source: Text | None = None
    note: Text | None = None


class FormulaEntry(Entry):
    """A quantity of one's own: a sum with a name."""

    what = "a formula"
    equal_to: Text = Field(alias="is", description="the sum, such as spend / assessments")
    unit: Text | None = Field(None, description="what it is in, such as £ per assessment; it must be that of the sum")
    title: Text | None = None
    note: Text | None = None


class StrandEntry(Entry):
    """A part of a cohort's mix."""

    what = "a strand"
    title: Title
    figures: Any = None


class CohortEntry(Entry):
    """A client group in an arrangement, or a line of spending."""

    what = "a cohort or spend line"
    title: Title
    group: Key | None = None
    choices: dict[Key, Text] = {}
    figures: Any = None
    strands: dict[Key, StrandEntry] = {}


class OutcomeEntry(Entry):
    """What changes for people, and is not money."""

    what = "an outcome"
    title: Title
    figures: Any = None


class CautionEntry(Entry):
    """Something that a reader of an intervention should know, and who published it."""

    what = "a caution"
    says: Text
    source: Text


class InterventionFile(Entry):
    """A way of supporting people that a place can scale."""

    what = "an intervention file"
    intervention: Title
    area: Text = Field(description="; ".join(f"{key.replace('_', ' ')}: {text}" for key, text in THEMES.items()))
    about: Text
    source: Text | None = None
    year: Text | None = None
    checked: Annotated[str, Field(pattern=MONTH)] | None = Field(
        None, description="when the sources were last looked at, unless a figure says its own"
    )
    limits: Text | None = None
    cautions: list[CautionEntry] = []
    sources: dict[Annotated[str, Field(max_length=80)], SourceEntry] = {}
    choices: dict[Key, Text] = {}
    figures: Any = None
    cohorts: dict[Key, CohortEntry] = {}
    spend_lines: dict[Key, CohortEntry] = {}
    outcomes: dict[Key, OutcomeEntry] = {}
    formulas: Any = None


class TogetherEntry(Entry):
    """Ranged figures that move together."""

    what = "what moves together"
    figures: Annotated[list[Text], Field(min_length=2, description="their paths, as `--set` takes them")]
    spearman: Text = Field(description="the rank correlation of each two of them, between −1 and 1")


def _as_blocks(value: Any) -> Any:
    return [value] if isinstance(value, dict) else value


MovesTogether = Annotated[list[TogetherEntry], BeforeValidator(_as_blocks)]


class MethodFile(Entry):
    """Figures of method that every case uses."""

    what = "the method file"
    method: Text
    source: Text | None = None
    year: Text | None = None
    choices: Any = None
    figures: Any = None


class ScenarioFile(Entry):
    """How far, how fast, how cautiously."""

    what = "a scenario file"
    scenario: Title
    about: Text
    option: Option | None = Field(None, description="what it is in an appraisal of options")
    source: Text | None = None
    year: Text | None = None
    sources: dict[Annotated[str, Field(max_length=80)], SourceEntry] = {}
    choices: Any = None
    plan: Any = None
    figures: Any = None
    move_together: MovesTogether = []
    formulas: Any = None


class ActualsEntry(Entry):
    """What happened, month by month: in a table, or here."""

    what = "what happened"
    source: Text = Field(description="whose count it is, such as the service's monitoring sheet")
    table: Text | None = Field(None, description="a CSV or workbook beside this file, with a row a month")
    sheet: Text | None = None
    months: Any = Field(None, description="a list, each with month, people, starts, leavers, spend")


def _as_list(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


class PlaceFile(Entry):
    """A local authority or a nation: its figures, its plan, and what was published of it."""

    what = "a place file"
    place: Text
    code: Text | None = Field(None, description="the authority's code, such as E08000025")
    year: Text | None = Field(None, description="the year of the figures below, unless they say their own")
    source: Text | None = Field(None, description="the source of the figures below, unless they say their own")
    title: Text | None = Field(None, description="what the plan does, for the headline")
    start: Annotated[str, Field(pattern=MONTH)] | None = Field(
        None, description="the month of the decision, such as 2026-09"
    )
    use: Annotated[list[Text], BeforeValidator(_as_list)] = []
    sources: dict[Annotated[str, Field(max_length=80)], SourceEntry] = {}
    choices: Any = None
    plan: Any = None
    figures: Any = None
    published: Any = None
    move_together: MovesTogether = []
    formulas: Any = None
    table: Any = None
    settings: dict[Annotated[str, Field(max_length=200)], Text] = Field(
        {}, description="figures or choices to change, each by its path, as `--set` would: shared_lives.ramp_months: 36"
    )
    conversation: Any = None
    service_headings: dict[Key, Text] = Field(
        {}, description="the line of the council's budget that each intervention stands under, such as Placements"
    )
    actuals: ActualsEntry | None = None
    claims: list[ClaimEntry] = []


M = TypeVar("M", bound=BaseModel)
_APART = (
    "figures",
    "plan",
    "published",
    "formulas",
    "choices",
    "claims",
    "table",
    "conversation",
)  # read from their nodes, not from plain data


def check_shape(document: Document, model: type[M]) -> M:
    """The file as its model. Problems go to the document, and what is wrong is left out, so that reading goes on."""
    apart = () if model is InterventionFile else _APART
    data = {key.value: plain(value) for key, value in document.root.value if key.value not in apart}
    try:
        return model.model_validate(data)
    except ValidationError as error:
        for item in error.errors():
            report(document, item, model)
        wrong = {item["loc"][0] for item in error.errors()}
        missing = dict.fromkeys((name for name, field in model.model_fields.items() if field.is_required()), "?")
        return model.model_validate(missing | {key: value for key, value in data.items() if key not in wrong})


def check_entry(document: Document, model: type[M], node: Node) -> M | None:
    """One block of a file as its model; None, with problems noted, where it does not fit."""
    if not isinstance(node, MappingNode):
        first = next(field.alias or name for name, field in model.model_fields.items())
        message = f"{what_it_is(model)} must be a block of keys"
        document.problem("wrong-kind", message, node, f"such as `{first}: …`, and the others under it")
        return None
    try:
        return model.model_validate(plain(node))
    except ValidationError as error:
        for item in error.errors():
            report(document.at(node), item, model)
    return None

"""What the sentences of a review ask of the ledger: figures of the unit, and how many units below reach a threshold."""

from sohoi.figures.read import Figure, figures_of
from sohoi.goals.models import Clause, Rank, Shape
from sohoi.goals.read import NO_GOAL, Attainment, Review, walk
from sohoi.goals.results import results_of
from sohoi.ledger.holes import measures
from sohoi.ledger.known import measures_named
from sohoi.reports.forms import Form


def wanted_measures(form: Form, review: Review) -> list[str]:
    """Codes of the measures that the form's and the criteria's sentences name."""
    said = [code for sentence in form.sentences for code in sentence.measures]
    holes = [code for a in walk(review.clauses) for code in measures(a.clause.say)]
    return sorted({*said, *holes})


def term_figures(codes: list[str], review: Review) -> dict[str, Figure]:
    """The figures of the term by measure code, read together; an unknown measure is left out."""
    named = list(measures_named(codes).values())
    said = figures_of([review.unit], named, review.period, review.view)
    return {m.code: said[(review.unit.pk, m.pk)] for m in named}


def by_units(form: Form, review: Review) -> tuple[Attainment, ...]:
    """The form's sentences of units below, each as a criterion without a goal; read together. One that names a measure
    that is gone or sensitive is left out: its holes would stay open (`formcost` says so before)."""
    named = measures_named(code for sentence in form.of_units for code in sentence.measures)
    clauses = [
        Clause(
            pk=-at, rank=Rank.CRITERION, measure=named[one.measure], shape=Shape.SHARE, level=one.level,
            threshold=str(one.threshold), say=one.text, section=one.section,
        )
        for at, one in enumerate(form.of_units, start=1)
        if all(code in named for code in one.measures) and not named[one.measure].sensitive
    ]  # fmt: skip
    found = results_of(clauses, review.unit, review.period, review.view, "")
    return tuple(Attainment(clause, NO_GOAL, found[clause.pk]) for clause in clauses)

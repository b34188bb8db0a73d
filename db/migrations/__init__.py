"""The road from older case files to the present schema. A step is one module of this folder and one line here.

To change the schema once it was released:

1. Write the old one down, before anything else: `python -m db.schema > db/migrations/from_1.sql`.
2. Change the models, and count `db.schema.VERSION` up.
3. Write `db/migrations/from_1.py` with a `STEP` (`db.migrations.step`), and enter it below.

Nothing alters a file: every step's function takes rows over into a fresh one (`db.migrations.copying`), a process of
its own does so (`worker`), and the fresh file takes the old one's place once it was inspected and the old one backed
up (`upgrade`). So a migrated file has the same schema, to the letter, as a new one.
"""

from db.migrations.step import Step
from db.schema import VERSION

STEPS: tuple[Step, ...] = ()
"""Each leads to the version after its own; the oldest first, without a gap, the last one to the present version."""


def steps_from(version: int) -> tuple[Step, ...]:
    """The steps from a version to the present one; none where there is no road, or where it is the present one."""
    found = tuple(step for step in STEPS if step.version >= version)
    return found if len(found) == VERSION - version else ()

# ruff: noqa: E501  (a row of a Markdown table is one line)
"""The text that goes with the committed sample, made from the same definitions as the workbook."""

from workforce.sample.catalogue import COUNCIL
from workforce.sample.definitions import dictionary_markdown

__all__ = ["readme_text"]

_INTRODUCTION = f"""# Sample data: {COUNCIL}

**Fictional.** {COUNCIL} does not exist. Every person, name, post and date here was made up by a
program. Nothing was taken from a real workforce, and names are put together from words of the
hedgerow so that nobody can be meant by them. Free to copy, change and share.

| file | what it is |
|---|---|
| `sample_council.xlsx` | the workbook as a careful council would export it, as at 30 September 2026 |
| `sample_council.truth.json` | the true rates behind it, what then happened, and the counts to check against |
| `example_programme.json` | a plan to open: many small apprentice cohorts over four years |

The plan is made by `workforce.sample.example_programme` from `models/evidence/`, in the manner of what is public about one
county council's programme. Its note says what is taken from where and how sure that is; the numbers of the plan are
nobody's but this council's.

## How it was made

About 2,400 people, about 140 of them in digital work, are followed person by person and month by
month: two years of warm-up, then the five years of the window.

- *Leaving.* Everybody faces yearly hazards of resigning (by role family, grade band and length of
  service, times a season and a shock of the year that persists), of retiring (by age band) and of
  other exits. The chance of leaving in a month is 1 - exp(-sum of hazards / 12). Fixed terms are
  renewed, made permanent, or end on their day. One restructure takes people and their posts.
- *Levels.* Where `models/evidence/` has a default, the rate is that default; this council then
  departs from it by a stated factor a family (`parameters.own_level`), so that repeating the
  benchmark is not enough to be right.
- *Hiring.* A vacancy waits for approval, then goes through rounds that fill, fail or are withdrawn.
  Some are filled by colleagues, who leave a vacancy behind. The establishment grows a little.
- *Apprentices.* Cohorts on real standards withdraw, achieve, and take a post if one is vacant.
- *Already known.* Some exits and starts of the months after 30 September 2026 are on the lists, as
  notice given and offers accepted.

Make another, larger, longer or untidy one:

    python -m workforce sample --out council.xlsx --size 5000 --years 5 --seed 7
    python -m workforce sample --out untidy.xlsx --untidy

The same size, years and seed give the same people. The untidy workbook holds the same council with
titles above the headings, two rows of headings, subtotals, dates as text, abbreviations and a few
faults; its truth file lists every fault with sheet and row.

## The truth file

| part | what it holds |
|---|---|
| `parameters` | every setting of the simulation |
| `rates` | hazards per person-year of resigning (family x grade band x length of service), season, year shocks, retirement by age band, other exits, share of fixed terms renewed |
| `hiring` | approval delay, days to hire, how rounds end, expected share of posts vacant |
| `pipeline` | withdrawal by standard, its shape, pass rate, offers |
| `event` | date of the restructure |
| `realised` | in post, establishment and vacancies at the extract; leavers by family, cause and year; person-years at risk and expected resignations; rounds, apprentices and moves |
| `monthly` | headcount, joiners and leavers by cause, month by month |
| `titles` | true role family of each job title |
| `injected` | faults of the untidy workbook |

In post are permanent and fixed-term staff. Apprentices in training, casual, agency and seconded-in
people are on the lists and not in post. An apprentice who takes a post keeps the start date of the
apprenticeship (continuous service); `Post start date` is the day of taking the post.

## Data dictionary

The workbook has the sheets below and an About sheet. The blank template asks for the same without
`Employee name` and `Post status`; `Number of posts` is in the template only.
"""


def readme_text() -> str:
    """Return `data/sample/README.md`."""
    return f"{_INTRODUCTION}\n{dictionary_markdown()}"

"""Headings of lists of posts, vacancies, apprentices and agency workers, by field."""

from typing import Final

__all__ = ["LISTS"]

LISTS: Final[dict[str, str]] = {
    "establishment_fte": """establishment fte; establishment; establishment wte; funded fte;
        funded wte; budgeted fte; budget fte; budgeted wte; budget wte; funded establishment;
        establishment posts; approved fte; authorised fte; authorized fte; approved establishment;
        position fte; headcount budget; number of posts in fte; posts in fte; posts fte; post fte;
        budgeted establishment; fte budget; wte budget; wte establishment; fte establishment;
        budgeted posts; planned fte; target fte; vacancy fte basis; agreed establishment;
        contracted establishment; fte of post; post wte; authorised establishment; wte funded;
        ?funded posts; fte funded; full establishment; posts wte; ?approved posts;
        budgeted headcount; establishment headcount""",
    "headcount": """headcount; head count; people; number of people; number of employees; count;
        staff count; number of staff; ?number; number of posts; posts; number of vacancies;
        vacancies; no of posts; positions; number of positions; openings; employees;
        total headcount; staff in post; count of employees; employee count; no of staff;
        number of roles; heads; total staff; total employees; persons; staff numbers""",
    "requisition_id": """requisition id; requisition number; req no; req id; vacancy reference;
        vacancy ref; vacancy id; vacancy number; job ref; job reference; campaign ref;
        campaign reference; campaign id; recruitment reference; requisition; vacancy;
        advert reference; job requisition; job requisition id; requisition reference;
        recruitment id; jr number; campaign; job requisition number; trac reference;
        vacancy no; position requisition number; advert ref""",
    "opened_date": """opened date; open date; date opened; date advertised; advert date;
        advertised date; advertised; opened; opening date; vacant since; approval date;
        date approved; requisition date; date raised; raised date; posted date; date posted;
        job posted date; advert start date; advert open date; requisition open date; vacant from;
        vacancy date; vacancy opened; request date; authorisation date; live date;
        advert live date; creation date; created date; date vacant; posting date; date created;
        authorised date; requisition opened; advert opened; requisition created;
        date of advert; date requisition approved; recruitment start date; published date;
        approved; ?approved date; start of recruitment; job posting date""",
    "closed_date": """closed date; date filled; filled date; close date; closing date; date closed;
        closed; offer accepted; offer accepted date; offer date; start date of appointee; filled;
        advert close date; advert closing date; advert end date; date of offer; appointed date;
        filled on; requisition closed; fill date; requisition closed date; date offer accepted;
        acceptance date; conditional offer date; date withdrawn or filled; closed on;
        date offered; unconditional offer date; recruitment end date; date position filled""",
    "outcome": """outcome; vacancy status; requisition status; appointed; recruitment status;
        result; campaign outcome; recruitment outcome; vacancy outcome; completion status;
        apprenticeship status; learner status; programme status; training status; ?status;
        apprentice status; ?stage; requisition outcome; achievement status; campaign status;
        job status; outcome of campaign; apprenticeship outcome; final outcome;
        end result; progress status; filled yn; outcome status""",
    "standard": """standard; apprenticeship standard; apprenticeship; programme; course;
        apprenticeship programme; standard name; standard reference; standard code; framework;
        apprenticeship name; apprenticeship title; course name; qualification; training programme;
        programme name; apprenticeship framework; lars code; standard title; learning aim;
        apprenticeship course; standard level; st code; apprenticeship reference; st reference;
        name of standard; apprenticeship type; standard or framework; ifate reference""",
    "planned_end_date": """planned end date; expected end date; expected end; epa due;
        planned end; expected completion date; planned completion date; due date; epa date;
        gateway date; target end date; expected completion; expected completion; estimated end date;
        anticipated end date; planned finish date; programme end date; training end date;
        planned learning end date; apprenticeship end date; practical period end date;
        target completion date; scheduled end date; estimated completion; expected epa date;
        course end date; practical end date; forecast end date; due to complete""",
    "trainee": """trainee; trainee type; new or existing; new existing;
        new recruit or existing staff;
        apprentice type; new or existing staff; recruit type; new start or existing;
        conversion or new; existing employee; apprenticeship route; new starter or existing;
        internal or external; upskilling or recruit; route; existing or new; new recruit;
        new or conversion; employee or new recruit""",
    "day_rate": """day rate; daily rate; rate per day; charge rate; daily charge rate; pay rate day;
        hourly charge rate; agency rate; daily cost; contractor day rate; bill rate; rate;
        day rate gbp; cost per day; agency day rate; daily charge; charge per day""",
    "supplier": """supplier; agency name; agency supplier; recruitment agency; vendor;
        employer name;
        contractor company; agency; umbrella company; supplying agency; supplier name; agency used;
        provider agency""",
}  # fmt: skip
"""Field -> headings, separated by semicolons; `?` marks one that is not sure by itself."""

"""What the fictional council is made of: posts, services, work bases and grades.

Quillshire is nowhere. Titles are worded as councils word them, near-misses of digital work
included, because a tool that only reads tidy titles has not been shown to read anything.
"""

from dataclasses import dataclass
from typing import Final

from workforce.domain.bands import GradeBand

__all__ = ["COUNCIL", "GRADES", "SITES", "TITLES", "Grade", "Title"]

COUNCIL: Final = "Quillshire Council"

DIGITAL: Final = "Digital, Data and Technology"
ADULTS: Final = "Adult Social Care"
CHILDREN: Final = "Children and Families"
PLACE: Final = "Place and Environment"
HOUSING: Final = "Housing and Communities"
RESOURCES: Final = "Finance and Resources"


@dataclass(frozen=True, slots=True)
class Grade:
    """A local grade.

    Attributes:
        name: As the council writes it.
        band: Seniority.
        low: Bottom of the scale, GBP a year, 2025/26.
        high: Top of the scale.
    """

    name: str
    band: GradeBand
    low: int
    high: int


# Grades 1 to 12 stand on NJC points 3-4, 5-6, 7-11, 12-17, 18-22, 23-25, 26-28, 29-31, 32-34,
# 35-37, 38-39 and 40-43 of the 2025/26 table (benchmarks `njc_scp*`, straight lines between the
# points given there).
GRADES: Final[dict[int, Grade]] = {
    1: Grade("Grade 1", GradeBand.ENTRY, 24796, 25194),
    2: Grade("Grade 2", GradeBand.ENTRY, 25591, 25989),
    3: Grade("Grade 3", GradeBand.ENTRY, 26411, 28150),
    4: Grade("Grade 4", GradeBand.ENTRY, 28598, 31097),
    5: Grade("Grade 5", GradeBand.PRACTITIONER, 31597, 34103),
    6: Grade("Grade 6", GradeBand.PRACTITIONER, 34857, 36363),
    7: Grade("Grade 7", GradeBand.PRACTITIONER, 37246, 39011),
    8: Grade("Grade 8", GradeBand.PRACTITIONER, 39894, 41850),
    9: Grade("Grade 9", GradeBand.SENIOR, 42923, 45069),
    10: Grade("Grade 10", GradeBand.SENIOR, 46142, 48228),
    11: Grade("Grade 11", GradeBand.SENIOR, 49270, 50313),
    12: Grade("Grade 12", GradeBand.LEAD, 51356, 54495),
    13: Grade("Grade 13", GradeBand.LEAD, 57900, 63400),
    14: Grade("Grade 14", GradeBand.LEAD, 66300, 73800),
}


@dataclass(frozen=True, slots=True)
class Title:
    """A job title of the council.

    Attributes:
        name: As the council writes it.
        family: True role family.
        grade: Number of its local grade.
        weight: Relative frequency within its family.
        directorate: Where it sits.
        team: Team within it.
    """

    name: str
    family: str
    grade: int
    weight: float
    directorate: str
    team: str


_LISTS: Final = {
    "cyber": """
        Cyber Security Technician|4|2|Cyber Security
        ICT Security Officer|5|2|Cyber Security
        Cyber Security Analyst|7|4|Cyber Security
        Information Security Officer|7|3|Cyber Security
        SOC Analyst|7|2|Cyber Security
        Cyber Security Engineer|8|2|Cyber Security
        Information Assurance Officer|8|2|Information Assurance
        Senior Cyber Security Analyst|9|2|Cyber Security
        Snr Information Security Officer|9|1|Cyber Security
        Cyber Risk and Compliance Manager|11|1|Information Assurance
        Security Architect|12|1|Cyber Security
        Head of Cyber Security|13|0.6|Cyber Security""",
    "data": """
        Data Officer|4|3|Data and Insight
        Data Quality Officer|4|2|Adults Performance@Adult Social Care
        Management Information Officer|4|2|Children's Performance@Children and Families
        GIS Officer|5|2|Data and Insight
        Data Analyst|7|6|Data and Insight
        Data Analyst (Adults)|7|2|Adults Performance@Adult Social Care
        Business Intelligence Analyst|7|4|Data and Insight
        Performance & Intelligence Officer|7|2|Corporate Performance@Finance and Resources
        Insight Analyst|7|2|Data and Insight
        Power BI Developer|8|2|Data and Insight
        Data Engineer|8|3|Data and Insight
        Senior Data Analyst|9|3|Data and Insight
        Snr Business Intelligence Analyst|9|1|Data and Insight
        Data Scientist|9|2|Data and Insight
        Data Governance Manager|9|1|Information Governance
        Senior Data Engineer|11|1|Data and Insight
        Data Architect|12|1|Data and Insight
        Head of Data and Insight|13|0.7|Data and Insight""",
    "transformation": """
        Digital Content Assistant|4|2|Web and Content
        Junior Business Analyst|4|2|Transformation
        Content Designer|5|3|Web and Content
        Business Analyst|8|6|Transformation
        User Researcher|8|2|Service Design
        Business Process Analyst|7|2|Transformation
        Service Designer|8|3|Service Design
        UX Designer|8|1|Service Design
        Digital Project Manager|8|3|Programme Office
        Business Change Manager|9|3|Transformation
        Digital Delivery Manager|9|3|Digital Delivery
        Senior Business Analyst|9|2|Transformation
        Snr Service Designer|9|1|Service Design
        Product Manager (Digital)|9|2|Digital Delivery
        Digital Transformation Lead|11|2|Transformation
        Enterprise Architect|12|1|Transformation
        Digital Programme Manager|12|1|Programme Office
        Head of Digital Transformation|13|0.7|Transformation""",
    "other_digital": """
        IT Service Desk Analyst|3|5|Service Desk
        ICT Technician|4|4|Service Desk
        ICT Support Officer|4|2|Service Desk
        Applications Support Analyst|5|3|Applications
        Systems Administrator|5|2|Applications
        Web Developer|7|2|Applications
        Software Developer|8|3|Applications
        Network Engineer|8|2|Infrastructure and Cloud
        Infrastructure Engineer|8|3|Infrastructure and Cloud
        Database Administrator|8|1|Applications
        Cloud Engineer|9|2|Infrastructure and Cloud
        Senior Developer|9|2|Applications
        Infrastructure Manager|11|1|Infrastructure and Cloud
        Applications Manager|11|1|Applications
        Head of ICT|13|0.5|Infrastructure and Cloud""",
    "not_digital": """
        Care Assistant|2|16|Residential and Day Care@Adult Social Care
        Senior Care Assistant|3|6|Residential and Day Care@Adult Social Care
        Support Worker|2|10|Reablement@Adult Social Care
        Social Worker (Adults)|8|12|Locality Teams@Adult Social Care
        Senior Social Worker|9|5|Locality Teams@Adult Social Care
        Occupational Therapist|8|4|Reablement@Adult Social Care
        Team Manager - Adults|10|2|Locality Teams@Adult Social Care
        Head of Safeguarding|13|0.4|Locality Teams@Adult Social Care
        Social Worker (Children)|8|12|Family Safeguarding@Children and Families
        Family Support Worker|4|8|Early Help@Children and Families
        Early Years Practitioner|2|6|Early Help@Children and Families
        Independent Reviewing Officer|10|1.5|Family Safeguarding@Children and Families
        SEND Case Officer|5|4|SEND@Children and Families
        Youth Worker|4|3|Early Help@Children and Families
        Business Support Officer|3|12|Business Support@Children and Families
        Refuse Loader|1|9|Waste and Recycling@Place and Environment
        LGV Driver|3|5|Waste and Recycling@Place and Environment
        Street Cleansing Operative|1|5|Waste and Recycling@Place and Environment
        Highways Inspector|5|3|Highways@Place and Environment
        Civil Engineer|8|3|Highways@Place and Environment
        Planning Officer|6|5|Planning@Place and Environment
        Senior Planning Officer|9|2|Planning@Place and Environment
        Environmental Health Officer|8|3|Regulatory Services@Place and Environment
        Building Control Surveyor|8|2|Regulatory Services@Place and Environment
        Head of Planning|13|0.4|Planning@Place and Environment
        Housing Officer|5|7|Tenancy Services@Housing and Communities
        Homelessness Prevention Officer|5|4|Housing Options@Housing and Communities
        Library Assistant|2|6|Libraries@Housing and Communities
        Community Development Officer|5|2|Communities@Housing and Communities
        Customer Service Adviser|3|8|Customer Services@Housing and Communities
        Maintenance Operative|3|6|Repairs@Housing and Communities
        Security Guard|2|1.5|Facilities@Finance and Resources
        Data Entry Clerk|2|1.5|Revenues and Benefits@Finance and Resources
        Digital Print Operator|2|1|Facilities@Finance and Resources
        Caretaker|1|3|Facilities@Finance and Resources
        Cleaner|1|6|Facilities@Finance and Resources
        Revenues Officer|4|4|Revenues and Benefits@Finance and Resources
        Benefits Assessor|4|4|Revenues and Benefits@Finance and Resources
        Finance Officer|5|3|Finance@Finance and Resources
        Accountant|8|3|Finance@Finance and Resources
        Finance Business Partner|10|1.5|Finance@Finance and Resources
        HR Adviser|6|2|People Services@Finance and Resources
        Solicitor|9|2|Legal and Democratic@Finance and Resources
        Democratic Services Officer|5|1|Legal and Democratic@Finance and Resources
        Procurement Officer|6|1|Finance@Finance and Resources
        Assistant Director|14|0.5|Corporate Leadership@Finance and Resources""",
}


def _titles() -> tuple[Title, ...]:
    found = []
    for family, text in _LISTS.items():
        for line in text.strip().splitlines():
            name, grade, weight, where = line.strip().split("|")
            team, _, directorate = where.partition("@")
            found.append(
                Title(name, family, int(grade), float(weight), directorate or DIGITAL, team)
            )
    return tuple(found)


TITLES: Final = _titles()
SITES: Final[dict[str, tuple[str, ...]]] = {
    DIGITAL: ("Quill House", "Quill House", "Home-based"),
    ADULTS: ("Wadewater Civic Centre", "Larch Lodge", "Quill House"),
    CHILDREN: ("Wadewater Civic Centre", "Wadewater Civic Centre", "Tumble Lane Family Hub"),
    PLACE: ("Fennel Street Depot", "Fennel Street Depot", "Quill House"),
    HOUSING: ("Wadewater Civic Centre", "Fennel Street Depot", "Quill House"),
    RESOURCES: ("Quill House",),
}
"""Work bases of each directorate; one that stands twice is twice as common."""

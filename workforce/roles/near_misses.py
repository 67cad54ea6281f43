"""Work that only sounds digital, and the occupations that no adjective makes digital.

A security guard guards doors, a network nurse serves a clinical network, a data entry clerk types.
Each line names the wording and the work behind it, so that the reason can be shown.
"""

import re
from functools import cache
from typing import Final

from workforce.domain.families import Family
from workforce.roles.rulebook import Rule

__all__ = ["near_misses"]

# The occupation itself: digital words beside it say where or for whom the person works.
_OCCUPATIONS: Final = (
    ("Health and care professional",
     r"\b(nurse|nursing|midwi\w+|matron|sister|physician|doctor|surgeon|surgical|psychiatr\w+|"
     r"psycholog\w+|"
     r"psychotherap\w+|therapist|therapy|therapies|physiotherap\w+|dietiti?[ac]\w+|radiograph\w+|"
     r"sonograph\w+|"
     r"pharmac\w+|paramedic|dentist|dental|optometr\w+|podiatr\w+|audiolog\w+|phlebotom\w+|"
     r"healthcare assistant|health care assistant|health visitor|counsell?or|counselling|carer|"
     r"care assistant|support worker|social work\w*|caseworker|case manager|clinical fellow|"
     r"registrar|odp|anaesth\w+|cardiac|cardiolog\w+|patholog\w+|radiolog\w+|oncolog\w+|nuclear|"
     r"clinical (coder|coding|scientist|technologist|trials?|lead|director)|veterinar\w+|"
     r"hygienist)\b"),
    ("Secretarial or clerical work",
     r"\b(secretary|secretarial|receptionist|clerk|clerical|typist|word processor|"
     r"personal assistant|"
     r"administrative (assistant|officer|aide|services|specialist)|personal computer operator|"
     r"data (entry|input|inputter|control|capture|processor|processing|collector|collection|"
     r"preparation|prep|verifier)|"
     r"keyboard|kybd|switchboard|telephonist|telephone|call[- ]?taker|telecommunicator|mail|"
     r"postal|courier|"
     r"datafill|transcript\w*)\b"),
    ("Guarding and physical security",
     r"\b(guard|porter\w*|portering|security operative|doorman|concierge|cctv|custodian|caretaker|"
     r"locksmith|watch(man|person)|security inspector|security officer investigator|bailiff|"
     r"crossing)\b"),
    ("Law, policy, economics and research outside data work",
     r"\b(solicitor|lawyer|attorney|barrister|paralegal|legal|litigation|prosecutor|economists?|"
     r"economic|"
     r"policy|social researcher|diplomat\w*|legislative|legislation|councillor|council member|"
     r"ombudsman|"
     r"chemist|chemistry|physics|physicist|biolog\w+|microbiolog\w+|mycobacteriolog\w+|"
     r"scientific adviser|"
     r"professor|prof|lecturer|teacher|teaching|tutor|instructor|dean|faculty)\b"),
    ("Finance, people and buying",
     r"\b(accountant|accounts?|accounting|auditors?(?<!security auditor)|bookkeeper|payroll|"
     r"treasury|"
     r"procurement|purchasing|buyer|contracts?|recruit\w+|resourcing|sourcing|talent acquisition|"
     r"compensation|pensions?|payments?|insurance|investment|tax|revenues?|benefits (assess\w*|"
     r"officer|adviser)|"
     r"budget|welfare|economic crime|fraud|class comp|labor relations|employee relations)\b"),
    ("Communications, marketing and print",
     r"\b(marketing|marketer|fundrais\w+|press|journalist|public relations|photograph\w*|"
     r"graphics?|"
     r"reprographics?|printing|print|printer|photocop\w+|photocomp|creative|broadcast\w*|"
     r"public information|"
     r"sports information|communications (officer|manager|assistant|adviser|operator)|"
     r"digital (image|imaging|print|media|fundrais\w*|market\w*|communications?|campaign\w*)|"
     r"image operator|imaging operator|social media|videograph\w+|musician?|arts|"
     r"editor(?<!web editor))\b"),
    ("Trades, transport and building",
     r"\b(electrician|plumb\w+|mechanic|mechanical|electrical|carpenter|welder|glazier|machinist|"
     r"civil engineer|structural|highways?|traffic|transport\w*|transit|aviation|airport|vehicle|"
     r"fleet|"
     r"automotive|driver|labou?rer|gardener|cleaner|cleaning|cook|catering|chef|kitchen|"
     r"housekeep\w+|"
     r"warehouse(?<!data warehouse)|maintenance|building|buildings|construction|estates|surveyor|"
     r"facilities|hvac|"
     r"filtration|hoisting|plant|utility|utilities|water|waste|refuse|landscape|land use|"
     r"fire|firefighter|marine|boatswain|energy|nuclear|radio|environmental|forest\w*|"
     r"mains|gas|heating|lighting|accommodation|property)\b"),
    ("Police and investigation",
     r"\b(investigator|detective|constable|sergeant|inspector|sheriff|probation|coroner|"
     r"crime (analyst|scene|prevention)|criminal|forensics?|real time intelligence|polit|"
     r"evidence|custody|correctional|offender)\b"),
    ("Libraries, records and information rights",
     r"\b(librar\w+|archiv\w+|records?|registry|registrar|museum|curator|information governance|"
     r"freedom of information|foi|subject access|data protection|data guardian|disclosure|"
     r"caldicott|"
     r"information rights|knowledge (adviser|manager|management|officer|& learning|and learning)|"
     r"(medicines?|drug|tourist|visitor|patient|public|library|careers|family) information|"
     r"information (representative|clerk|"
     r"assistant desk|desk|centre))\b"),
    ("Sales and account management", r"\b(account manager|sales|business development|retail|"
     r"customer resolution)\b"),
)  # fmt: skip

# A digital word used in another sense.
_OTHER_SENSES: Final = (
    ("Security of places, people or supply, not of information",
     r"\b(aviation|airport|border|building|campus|casino|court|customs|energy|events?|fire|food|"
     r"health|"
     r"homeland|hospital|industrial|international|journey|library|maritime|national|nhs|nuclear|"
     r"payment|"
     r"personnel|personal|physical|port|premises|public|rail|regional|residential|site|social|"
     r"supply|transport|"
     r"vetting and|visitor services (&|and)|water|departmental|project|retail|store|"
     r"night) security\b|"
     r"\b(protective|local|head of|chief|senior|bank|mobile) security\b(?! (and cyber|architect|"
     r"analyst|engineer|"
     r"operations|monitoring|risk|assurance|incident|compliance|administrator|tester|"
     r"infrastructure))|"
     r"\bsecurity (guard|officer|manager|supervisor|assistant|attendant|technician|"
     r"systems? (install\w*|engineer)|"
     r"warden|patrol|screener|screening|controller|driver|team|management|policy|vetting|"
     r"inspector|technical officer|"
     r"services|steward|operatives?)\b|\bbiosecurity|\bhead of security\b|"
     r"\bsecurity engineering intern|\bporter.*security"),
    ("A network of people or services, not of computers",
     r"\b(clinical|care|cancer|community|health|learning|professional|support|carers?|family|"
     r"women's|staff|"
     r"operational delivery|research|stroke|trauma|maternity|neonatal|blood|transfusion|"
     r"school sport|road|cycle|"
     r"rights of way|primary care) network\b|\bnetwork (blood|nurse|rail|coordinator for|"
     r"clinical|south|north|"
     r"east|west|planning|management engineer)|\bpcn\b"),
    ("A system of care, buildings or controls, not of computers",
     r"\b(integrated care|whole|health|care|food|safety management|quality management|"
     r"building automation|"
     r"control|alarm|electrical|mechanical|fire|transport\w*|traffic|airport|energy management|"
     r"plant|civil|"
     r"justice|weapon|weapons|sewer|irrigation|signal|heating) systems?\b|"
     r"\bsystems? (strengthening|leadership|"
     r"accountant|accounting|resilience|civil|electrical|pressure|flow|thinking|partner\w*)|"
     r"\bdirector of systems support|"
     r"\bsystemic\b"),
    ("Infrastructure of roads and public works",
     r"\b(green|blue|highways?|transport|social|public|water|physical|rail|street|local|economic|"
     r"road) infrastructure\b|"
     r"\binfrastructure (assessment|finance|planning|planner|delivery|levy|inspector|policy|fund|"
     r"uk|investment)"),
    ("Development of people, land, business or courses",
     r"\b(course|curriculum|business|community|organisational|organisation|workforce|people|"
     r"learning|leadership|housing|"
     r"land|property|economic|regional|outside|career|professional|staff|sports?|resource|youth|"
     r"fund|partnership|policy|team|member|practice|volunteer|product) (and \w+ )?(developer|"
     r"development|developing)\b|"
     r"\bdevelopment (officer|manager|control|management|worker|planner)|\bsupport (and|"
     r"&) development|"
     r"^(\w+ )?research (&|and)? ?develop\w*( officer| manager)?$"),
    ("Architecture of buildings",
     r"^(senior |principal |lead |landscape |naval |conservation |assistant )*architect( \w)?$|"
     r"\barchitectur\w+ (college|technician|assistant|technologist|historian|conservation)"),
    ("Engineering of machines and works",
     r"^(senior |principal |lead |graduate |assistant |chief |project |apprentice |"
     r"site )*engineer$|"
     r"\b(electronic|electronics|process|design|biomedical|clinical|chemical|stationary|"
     r"operating|sound|audio vision|audiovisual|signal|pressure|sanitary|geotechnical) "
     r"(engineer|technician|mechanical|technologist|tester|equipment)|\btechnical (officer|"
     r"manager|assistant|"
     r"marketer|services officer)\b|\baudiovisual\b|\bcable access"),
    ("Testing of people or materials",
     r"\b(covid|point of care|blood|drug|materials?|genetic|hearing|driving|backflow|soil|"
     r"breath) (\w+ )?test|"
     r"\bregistered .*testing|\btesting (nurse|associate|centre|site|assistant)"),
    ("Transformation or change of a service, a culture or a body",
     r"\b(cultural|culture|workforce|clinical|outpatient|estate|urban|family|social care|adult|"
     r"children\w*|"
     r"mental health|pathway|medicines|organisational|climate|"
     r"behaviour) (and \w+ )?(transformation|change)\b|"
     r"^(executive|corporate|strategic) director ; .*transformation|\bclimate change|"
     r"\baccommodation change|\bstrategy (&|and) transformation"),
    ("Intelligence on crime or threats to people",
     r"\bintelligence (officer|researcher|unit|analyst|development|manager|support)"),
    ("Analysis that is not of data or systems",
     r"\b(policy|budget|legislative|compensation|strategy|market|market intelligence|financial|"
     r"finance|management|"
     r"revenue|welfare|procurement|energy|resolution|security policy|land use|human resources|hr|"
     r"retirement|"
     r"risk|crime|intelligence|criminal intelligence|behaviour|records|transcript|equipment|"
     r"forest research|"
     r"research|contract|grants?|insurance|investment|planning|personnel|administrative|staff|"
     r"staffing|"
     r"telecommunications policy) analyst\b"),
    ("Service desks and helpdesks of buildings or trades",
     r"\b(efm|estates?|facilities|hard fm|soft fm|fm|repairs|maintenance|catering) (helpdesk|"
     r"servicedesk)|"
     r"\bhelpdesk operator"),
    ("Buying, staffing or paying for technology, not building it",
     r"\b(it|digital|technology|software|ddat|cyber|data) (contracts?|procurement|category|"
     r"commercial|finance|recruit\w+|"
     r"resourcing|legal|policy|billing|asset disposal|sales)\b"),
    ("Forensics of seized devices, a police science",
     r"\bdigital (forensics?|evidence|media|operations team invest\w*)|\bforensics? (technician|"
     r"scientist|specialist|"
     r"examiner|manager)"),
)  # fmt: skip

# Words that name a rank or a general kind of work; anything digital beside them decides instead.
_GENERAL: Final = (
    ("Projects and programmes of no stated kind",
     r"\b(project|programme) (manager|officer|lead|director|coordinator|support|administrator|"
     r"specialist|assistant)\b"),
    ("Business support and general services",
     r"\bbusiness support|\bsupport services (manager|officer)|\bservice delivery\b|"
     r"^service manager\b|"
     r"\bcustomer (service|services|care)\b|\bexecutive (director|assistant)\b"),
    ("Engineering of machines and works", r"\bengineer\b|\btechnician\b"),
    ("Architecture of buildings", r"\barchitect\b"),
    ("Security of places or people", r"\bsecurity\b"),
)  # fmt: skip


@cache
def near_misses() -> tuple[tuple[Rule, ...], tuple[Rule, ...], tuple[Rule, ...]]:
    """Return what speaks against digital work.

    Returns:
        Rules on the occupation itself, rules on a digital word in another sense, and rules on
        general wording that decides only where nothing digital stands beside it.
    """

    def build(entries: tuple[tuple[str, str], ...], prefix: str) -> tuple[Rule, ...]:
        return tuple(
            Rule(f"{prefix}_{number}", name, Family.NOT_DIGITAL, re.compile(pattern), True)
            for number, (name, pattern) in enumerate(entries, start=1)
        )

    return (
        build(_OCCUPATIONS, "NOT_WORK"),
        build(_OTHER_SENSES, "NOT_SENSE"),
        build(_GENERAL, "NOT_GENERAL"),
    )

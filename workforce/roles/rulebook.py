"""What a person who knows the occupations would say of a title, in order of precedence.

Patterns read what `titles.spell_out` wrote: lower case, abbreviations written out, `;` between the
parts of a title. Nothing here names a single employer or post; each line is a kind of work.
Families follow the labelled titles: architects, analysts of business, designers and people who
lead change are transformation; those who build, run and support technology are other digital,
although the role evidence files some of them (TRN_DEV, TRN_DEVOPS, TRN_TEST, TRN_SUPPORT) as
feeders of transformation.
"""

import re
from dataclasses import dataclass
from functools import cache
from typing import Final

from workforce.domain.families import Family

__all__ = ["Rule", "rulebook"]


@dataclass(frozen=True, slots=True)
class Rule:
    """One kind of work.

    Attributes:
        role_id: Identifier in the role evidence, or `OTH_...` / `NOT_...` for kinds it lacks.
        role: Name shown to people.
        family: Family.
        pattern: What the spelled-out title must contain.
        sure: Whether the words leave little doubt.
    """

    role_id: str
    role: str
    family: Family
    pattern: re.Pattern[str]
    sure: bool


_IT: Final = r"(it|ddat|information systems|information services|computer|computing)"
_STAFF: Final = (
    r"(analyst|engineer|officer|manager|technician|specialist|administrator|consultant|adviser|"
    r"lead|leader|team|coordinator|supervisor|assistant|apprentice|apprenticeship|intern|expert|"
    r"head|director|chief|executive|practitioner|associate|trainer|agent|operator)"
)
_BOSS: Final = r"(manager|lead|leader|head|director|chief|coordinator|supervisor|officer|partner)"
_PLATFORM: Final = (
    r"(windows|linux|unix|vmware|citrix|sharepoint|exchange|active directory|azure|aws|oracle|sap|"
    r"salesforce|servicenow|microsoft365|dynamics365|dynamics|mainframe|server|storage|endpoint|"
    r"lan|wan|skype|teams voice|intune|epr|pacs|lims|esr|erp|crm|peoplesoft|workday|sccm|iseries)"
)

_CYBER: Final = (
    ("CYB_HEAD", "Head of cyber / CISO", True,
     r"\bciso\b|\bchief information (and cyber )?security|\b(head|director|deputy director|"
     r"chief) (of )?"
     r"(the )?(it |digital )?(cyber|information security)|\b(information|it|cyber) security"
     r"( and \w+)? (manager|director)\b|\bhead security and cyber"),
    ("CYB_PENTEST", "Vulnerability management / penetration tester", True,
     r"\bpenetration test|\bvulnerabilit\w+ (management|manager|analyst|research\w*|assess\w*|"
     r"engineer|scan\w*|lead|specialist|officer)|\bethical hack|\bred team|\bpurple team"),
    ("CYB_ARCH", "Security architect", True, r"\b(security|cyber)\b[^;]*\barchitect"),
    ("CYB_SOC_ANALYST", "Security operations (SOC) analyst", True,
     r"\bsoc\b( \w+)? ?(analyst|engineer|manager|lead|technician|officer)|\bsecurity operations?"
     r" (centre|analyst|engineer|siem|lead|specialist|manager)|\bsiem\b|\bprotective monitoring|"
     r"\bsecurity monitoring|\bintrusion detect|\bsecops\b"),
    ("CYB_RESPONSE", "Incident response / threat intelligence", True,
     r"\bthreat (hunt\w*|detect\w*|model\w*)|\bcyber\w* (\w+ ){0,2}(threat|incident)|"
     r"\bsecurity incident (\w+ )?(analyst|responder|response|manager|lead)|"
     r"\bcomputer (security )?incident|\bdefensive cyber"),
    ("CYB_RESPONSE", "Incident response / threat intelligence", False,
     r"\bthreat (intelligence|analyst|and risk analyst)|\bincident respon"),
    ("CYB_GRC", "Information assurance / cyber risk and compliance", True,
     r"\binformation assurance|\bsecurity (risk|assurance|compliance|accreditation)( and \w+)?"
     r" (analyst|officer|manager|lead|adviser|consultant|specialist|coordinator|architect|"
     r"engineer)|"
     r"\bcyber\w* (\w+ )?(risk|assurance|governance|compliance|audit\w*|assessment)|"
     r"\binformation risk|\baccreditor\b|\bdspt\b|\bdata security\b|\bit (risk|security) (and )?"
     r"(control|compliance|audit)|\b(it|information systems) security audit"),
    ("CYB_ENGINEER", "Cyber security engineer", True,
     r"\b(security|cyber)\b[^;]*\bengineer(?!ing intern)|\b(devsecops|cryptograph|crypto)\b|"
     r"\bidentity (and|&) access|\b(it|network|systems|information) (and|&) security "
     r"(engineer|administrator|analyst|specialist)"),
    ("CYB_ANALYST", "Cyber / information security analyst", True,
     r"\bcyber\b(?! (crime|enabled|policy|diplom\w*))|\binformation (systems? |"
     r"technology )?security|"
     r"\b(it|ddat|network|systems?|cloud|application|infrastructure|endpoint|enterprise|digital|"
     r"computer|platform|internet|web|email|ict|technical|technology|software|database)"
     r"( \w+)? security\b|\bsecurity (analyst|architect|administrator|tester)"),
    ("CYB_ANALYST", "Cyber / information security analyst", False,
     r"\bnetwork (and|&) security\b|\bsecurity infrastructure|\bsecurity (consultant|specialist)"),
)  # fmt: skip

_TRANSFORMATION: Final = (
    ("TRN_UR", "User researcher", True, r"\b(user|ux|design) research|\bresearch ops\b"),
    ("TRN_SERVDES", "Service designer", True,
     r"\bservice design|\b(customer|citizen|user) experience (design|architect|specialist|lead)|"
     r"\buser centred design"),
    ("TRN_UX", "Interaction / UX / UI designer", True,
     r"\b(ux|ui|interaction|user experience|user interface|digital product|product|digital|"
     r"accessib\w*|frontend) design|\bux\b|\bui\b"),
    ("TRN_CONTENT", "Content designer", True,
     r"\bcontent (design|strateg)|\bux writ"),
    ("TRN_CONTENT", "Content designer", False,
     r"\b(web|website|digital|online|intranet) (content|editor|publish\w*|author)"),
    ("TRN_PRODUCT", "Product manager / product owner", True,
     r"\bproduct (owner|manager|lead|director|management)\b(?!.*\bfleet)|\bhead of product\b"),
    ("TRN_DELIVERY", "Delivery manager (agile) / scrum master", True,
     r"\bscrum|\bagile\b|(?<!service )(?<!capital )\bdelivery manager\b|\b(digital|it|technical|"
     r"technology|"
     r"software|product) delivery\b"),
    ("TRN_BA", "Business analyst", True,
     r"\bbusiness (process |change |systems? |it |erp )*analy(st|sis)\b|\bbusiness analyst|"
     r"\bprocess (re)?(analyst|design|engineer\w*|automation)|\b(change|requirements|benefits"
     r"( realisation)?) analyst|\bfunctional (business )?analyst"),
    ("TRN_ENTARCH", "Enterprise / business architect", True,
     r"\b(enterprise|business)( \w+)? (architect|architecture)|\bhead of architecture\b"),
    ("TRN_SOLARCH", "Solution / technical architect", True,
     r"\b(solutions?|technical|technology|systems?|application|applications|it|ddat|integration|"
     r"cloud|"
     r"infrastructure|software|digital|lead|domain|platform)( \w+)? architect|"
     r"\b(technical|technology|digital|it|systems) architecture|"
     r"\barchitect ; (it|digital|technology|ddat)"),
    ("TRN_CHANGE", "Change / business change manager", True,
     r"\bbusiness change\b|\b(digital|it|technology) (change|adoption|engagement|enablement|"
     r"innovation|inclusion|skills|participation)\b"),
    ("TRN_PM", "Project / programme manager (digital)", True,
     r"\b(it|digital|ddat|technology|technical|software|systems?|erp|epr|ehr|pacs|lims|crm|ai|"
     r"data|web|cyber|"
     r"agile|automation|cloud|infrastructure|telecommunications|network|information systems|"
     r"transformation|informatics|information|business systems|scanning|rpa)"
     r"( \w+)?( \w+)? (project|projects|programme|programmes|portfolio|pmo|workstream)\b|"
     r"\b(project|projects|programme|portfolio|pmo)\b( \w+)* ;? ?(digital|it|technology|systems|"
     r"epr|lims|"
     r"pacs|erp|crm|transformation|ehealth|informatics|software)\b"),
    ("TRN_MANAGER", "Transformation manager / lead", True,
     r"\b(digital|it|technology|systems?|service|business) transformation|\bdigitisation|"
     r"\bdigitalisation"),
    ("TRN_MANAGER", "Transformation manager / lead", False,
     r"\btransformation (manager|lead|officer|consultant|partner|project|programme|director|"
     r"analyst|portfolio|team|delivery)|\b(head|director) of transformation"),
    ("TRN_SERVICEOWNER", "Service owner", True, r"\b(service|systems?|platform) owner"),
    ("TRN_HEAD", "Head of digital", True,
     r"\bcdio\b|\bchief digital|\b(head|director|deputy director|assistant director|chief|"
     r"vice president)"
     r"( of| for| ;)? (digital)\b(?!.*\b(forensic|media|market|communicat))"),
    ("TRN_MANAGER", "Digital lead", False,
     r"\bdigital (\w+ ){0,3}" + _BOSS + r"\b|\b" + _BOSS + r"( of| for| ;) (\w+ )?digital\b|"
     r"\b(clinical|nursing|nurse|medical|allied health) (chief )?(information|"
     r"informatics) officer|"
     r"\bchief (clinical|nursing|nurse|medical) information|\bdigital lead\b"),
    ("TRN_CHANGE", "Change / business change manager", False,
     r"\bchange (manager|lead|analyst|agent|consultant|and release)\b|\bcustomer experience"),
)  # fmt: skip

_DATA: Final = (
    ("DAT_GIS", "GIS / geospatial analyst", True,
     r"\bgis\b|\bgeospatial|\bgeographic(al)? information|\bspatial (analyst|data)|\bllpg\b|"
     r"\bgeomatics|\bcartograph"),
    ("DAT_SCIENTIST", "Data scientist", True, r"\bdata scien|\bbioinformatic|\bbioinfo"),
    ("DAT_ARCH", "Data architect", True, r"\bdata (\w+ )?(architect|model)"),
    ("DAT_ML", "Machine learning / AI engineer", True,
     r"\bmachine learning|\bml (engineer|ops)|\b(ai|artificial intelligence) (engineer|developer|"
     r"scientist|research|specialist|lead)|\bnatural language"),
    ("DAT_HEAD", "Head of data / chief data officer", True,
     r"\bchief data\b|\bcdo\b|\b(head|director|deputy director|assistant director|senior manager|"
     r"vice president)"
     r"( of| for| ;)? (\w+ (and|&) )?(data|insight|analytics|business intelligence|"
     r"information and analy|"
     r"statistics|analysis and|intelligence and)\b(?! (protection|policy|centre|network))"),
    ("DAT_ENGINEER", "Data engineer", True,
     r"(?<!voice and )(?<!voice & )\bdata (platform |warehouse |management |integration |"
     r"migration |pipeline )*(engineer|developer|"
     r"development)|\betl\b|\bdata (warehous|lake|platform|integration)|\bsql developer|"
     r"\b(report|reporting|business intelligence|powerbi|tableau|ssrs) (\w+ )?(developer|writer)"),
    ("DAT_ANALENG", "Analytics engineer", True, r"\banalytics engineer"),
    ("DAT_GOV", "Data governance manager", True,
     r"\bdata (quality|governance|steward|management|standards|strategy|assurance|curat\w*|"
     r"mining|ethic\w*)"),
    ("DAT_STAT", "Statistician / operational researcher", True,
     r"\bstatistic|\boperational research|\boperations research|\bpublic health (intelligence|"
     r"analyst)|"
     r"\b(research|performance|intelligence|insight) (and|&) (intelligence|insight|analy\w*)|"
     r"\binstitutional research|\bactuar|\bmodeller\b|\bepidemiology (analyst|data)"),
    ("DAT_PERF", "Performance analyst", True,
     r"\bdigital performance\b|\bperformance( and| &)?( \w+)? (analyst|analytics|data|"
     r"information)|"
     r"\b(performance|improvement) (and|&) (data|information|intelligence)"),
    ("DAT_ANALYST", "Data analyst / BI analyst", True,
     r"\bdata( (and|&))?( \w+){0,2} (analyst|analytics|analysis|insight|visual\w*)\b|"
     r"\b(business|workforce|health|clinical|corporate|customer|hr|human resources) "
     r"(intelligence|analytics|insight)|\banalytics\b|\bpowerbi\b|\btableau\b|"
     r"\b(insights?|reporting|information|management information|informatics|"
     r"intelligence & information)"
     r"( (and|&) \w+)? analyst\b|\bmanagement information\b(?! systems)|\bdata analyst"),
    ("DAT_ANALYST", "Data analyst / BI analyst", False,
     r"\b(workforce|portfolio|statistical|quantitative|population health|bioinformatics|outcomes|"
     r"customer experience|"
     r"waiting list|activity) (\w+ )?analyst|\binformatics\b|\bknowledge (and|&) intelligence|"
     r"\binsight\b"),
    ("DAT_TECH", "Data technician / data officer", True,
     r"\bdata (officer|technician|lead|manager|specialist|coordinator|wrangler|consultant|team|"
     r"expert|"
     r"services? manager|apprentice|assistant|and information|& information)\b|\b(business|"
     r"digital) data\b"),
    ("DAT_TECH", "Information officer", False,
     r"^(?!chief|public|deputy chief)(\w+ )?(senior |health |corporate |"
     r"assistant )*information (officer|manager|coordinator|assistant|lead)$|"
     r"\breport specialist|\bdata (?!protection|entry|centre|policy|"
     r"access)(\w+ )?" + _BOSS + r"\b|\b" + _BOSS + r"( of)? ;? ?data\b"),
)  # fmt: skip

_OTHER: Final = (
    ("OTH_DBA", "Database administrator", True,
     r"\bdatabase\b (\w+ )?(administrator|administration|analyst|engineer|developer|manager|"
     r"specialist|support|"
     r"programmer|architect)|\bdatabase administrator"),
    ("OTH_NETWORK", "Network and telecommunications", True,
     r"\bnetwork (and |& )?(\w+ )?(engineer|administrator|administration|analyst|technician|"
     r"support|architect|"
     r"operations|systems|communications|infrastructure|services? manager|designer)|"
     r"\b(network specialist|networks? (and|&) (telephony|telecommunications|communications|"
     r"voice|external)( communications)?( manager)?)|"
     r"\btelecommunications? (manager|engineer|technician|specialist|analyst|officer|"
     r"administrator|"
     r"coordinator|supervisor|systems|support|services)|\btelephony\b(?! operator)|"
     r"\bvoice (and|&) data|\bunified communications|\bdata communications?\b|\bdata (centre|"
     r"network)\b|"
     r"\bvoip\b|\bbroadband (support|engineer|analyst)|\bhead of networks"),
    ("TRN_SUPPORT", "Digital support / service desk", True,
     r"\bservicedesk\b|\b(1st|2nd|3rd|first|second|third|desktop|deskside|user|technical|pc|it|"
     r"ddat|digital|"
     r"helpdesk|applications?|systems|software|infrastructure|server) (line )?(application |"
     r"service )?support\b"
     r"(?! (worker|fund|grant))|\b(it |ict |computer )helpdesk|\bhelpdesk (analyst|technician|"
     r"supervisor|manager|coordinator|"
     r"support|engineer|adviser|officer|specialist|lead)|\b(desktop|end user computing|euc|"
     r"deskside|"
     r"client device|field service) (engineer|technician|analyst|manager|support|services)|"
     r"\b(it|digital|computer|microcomputer|ddat|edtech) (technician|support|assistant|"
     r"apprentice)"),
    ("TRN_TEST", "Quality assurance / test analyst", True,
     r"\bqat\b|\b(software|systems?|automation|automated|performance|acceptance|"
     r"quality assurance|it|"
     r"application|information systems|penetration) test|\btest (analyst|engineer|lead|manager|"
     r"architect|automation|"
     r"developer|specialist)|\bquality assurance (and|&) test|\bquality assurance (analyst|"
     r"engineer|tester)"),
    ("TRN_DEV", "Software / low-code developer", True,
     r"\b(software|web|website|application|applications|systems?|java|dotnet|csharp|php|python|"
     r"ruby|javascript|react|"
     r"frontend|fullstack|mobile|ios|android|lowcode|rpa|integration|api|sharepoint|crm|"
     r"dynamics365|"
     r"dynamics|power (platform|apps)|salesforce|servicenow|erp|oracle|sap|drupal|wordpress|"
     r"games?|it|"
     r"digital|analyst|junior|senior|lead|principal|apprentice|graduate|trainee|associate|"
     r"technical|cobol|"
     r"mainframe|database|low code|automation)( \w+)? (developer|coder)\b|"
     r"\bsoftware (engineer|development|specialist|analyst|architect|consultant)|\bprogrammer\b|"
     r"\bdeveloper (analyst|engineer|in test)|^developer$|\b(head|"
     r"director) of (software )?engineering$|"
     r"\b(application|applications|web|website|systems|software) (development|programm\w+|"
     r"engineer)"),
    ("TRN_DEVOPS", "Cloud, platform and infrastructure engineer", True,
     r"\bdevops|\bsite reliability|\bcloud\b|\bplatform (engineer|lead|manager|operations|"
     r"support)|"
     r"\binfrastructure( (and|&) \w+)? (engineer|operations|manager|analyst|technician|lead|"
     r"support|administrator|"
     r"specialist|architect|services|developer|officer|team|consultant)|\bit infrastructure|"
     r"\bserver\b|"
     r"\bmiddleware|\bvirtuali[sz]ation"),
    ("OTH_SYSADMIN", "Systems administrator / systems analyst", True,
     r"\bsystems? (administrator|administration|analyst|developer|programmer|integration|"
     r"integrator|"
     r"support|specialist|configuration)|\bsystems? engineer|"
     r"\b" + _PLATFORM + r"\b( \w+)? (analyst|engineer|"
     r"administrator|specialist|manager|consultant|support|technician|developer|configuration|"
     r"lead)|"
     r"\b(it|lan|web|website|application|applications|active directory|technology) administrator|"
     r"\bmicrocomputer|\bcomputer (\w+ )?(technician|analyst|specialist|engineer|systems|"
     r"programmer|application|"
     r"operations|support|services|network)|\bwebmaster|\bweb (manager|officer|services|"
     r"specialist|technician|"
     r"producer|coordinator)"),
    ("OTH_SERVICE", "IT service management", True,
     r"\bservice (transition|introduction)|\bit (service|availab|capacity|change|release|problem|"
     r"incident|asset)|"
     r"\b(configuration|config|release|environments?|deployment) (and \w+ )?(\w+ )?(manager|"
     r"analyst|engineer|lead)|"
     r"\bconfiguration (analyst|manager|release)|\bchange and release|\bapplications? (support|"
     r"operations|manager|"
     r"analyst|specialist|consultant)|\bapplication operations|\bitil\b|"
     r"\btechnical service manager"),
    ("OTH_SERVICE", "IT service management", False,
     r"^(senior |lead |major )*(problem|incident) manager|\bbusiness relationship manager|"
     r"\bcommand and control centre manager|\bairwave\b|\bhuman resources configuration"),
    ("OTH_MANAGER", "Head of IT / IT manager", True,
     r"\b(chief (information|technology|technical) officer|cio|cto)\b|\b(head|director|"
     r"deputy director|"
     r"assistant director|vice president|chief|manager)( of| for| ;)? (\w+ )?(it|technology|ddat|"
     r"information systems|computing|"
     r"information services|engineering)\b|\b(it|technology|ddat|information systems|"
     r"computing)( (and|&|;) \w+( \w+)?)? "
     r"(manager|director|head|lead|supervisor|coordinator)|\btechnology (and|&) information"),
    ("OTH_IT", "IT specialist", True,
     r"\b" + _IT + r"( (and|&|;) \w+)? (\w+ )?" + _STAFF + r"\b|\binformation technology\b|"
     r"\btechnology (officer|specialist|"
     r"analyst|consultant|expert|apprentice|technician|services|support)|\bdigital (technical|"
     r"technology|engineer|"
     r"technician|developer|systems|support|trainer|platform|workplace|analyst|infrastructure)"),
    ("OTH_IT", "IT specialist", False,
     r"\bit\b|\bddat\b|\btechnical (analyst|architect|lead|consultant)|\b(business|information|"
     r"clinical|corporate|finance|hr|"
     r"housing|library|education|management information) systems (\w+ )?" + _STAFF + r"\b|"
     r"\bsystems (manager|officer|team|lead|"
     r"consultant|trainer)\b|\bsoftware\b|\bnetworks?\b (\w+ )?(manager|lead|specialist)|"
     r"\b(support|solutions|integration|"
     r"implementation) analyst|\brpa\b|\btechnology\b"),
)  # fmt: skip


@cache
def rulebook() -> tuple[Rule, ...]:
    """Return the rules for digital work, most specific kind first.

    Returns:
        Rules in order of precedence: the first that matches decides.
    """
    blocks = (
        (Family.CYBER, _CYBER),
        (Family.DATA, _DATA[:6]),
        (Family.TRANSFORMATION, _TRANSFORMATION[:13]),
        (Family.DATA, _DATA[6:]),
        (Family.TRANSFORMATION, _TRANSFORMATION[13:16]),
        (Family.OTHER_DIGITAL, _OTHER),
        (Family.TRANSFORMATION, _TRANSFORMATION[16:]),
    )
    return tuple(
        Rule(role_id, role, family, re.compile(pattern), sure)
        for family, block in blocks
        for role_id, role, sure, pattern in block
    )

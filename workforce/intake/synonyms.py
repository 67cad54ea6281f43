"""Headings seen in council, NHS, police, civil service and American extracts, by field.

They add to the evidence table of column names. The weight says how sure the heading alone makes us:
a plain one is sure, one behind `?` needs the values or the kind of table to agree.
"""

from typing import Final

__all__ = ["PEOPLE"]

PEOPLE: Final[dict[str, str]] = {
    "employee_id": """employee id; employee number; employee no; employee code; employee reference;
        staff id; staff number; staff no; staff reference; staff code; personnel number;
        personnel id; person id; person number; person ref; payroll number; payroll no; payroll id;
        payroll reference; pay number; pay reference; assignment number; assignment id; worker id;
        worker number; works number; clock number; emplid; empid; resource id; user id; unique id;
        associate id; colleague id; file number; uid; eeid; ee id;
        employee identifier; individual id; pers no; badge number; warrant number; collar number;
        unique person id; anonymised id; pseudo id; hashed id; ?id; ?number; ?reference; ?code;
        ?record id""",
    "name": """name; full name; employee name; staff name; forename; forenames; first name;
        firstname; given name; surname; last name; family name; middle name; mid init;
        middle initial; initials; initial; known as; preferred name; employee; person name;
        person full name; display name; title and name; worker name; applicant name; ?worker;
        appointee name; apprentice name; learner name; salutation; preferred first name; ?person;
        legal name; maiden name; previous surname; candidate name""",
    "ni_number": """national insurance number; ni number; ni no; nino; national insurance no;
        national id; social security number; ssn; tax reference; passport number; uln;
        unique learner number; nhs number; tax id; national identifier; driving licence number""",
    "email": """email; e mail; email address; e mail address; work email; personal email; ademail;
        username; user name; login; network id; account name; home email; contact e mail;
        contact email; upn""",
    "phone": """phone; telephone; telephone number; phone number; mobile; mobile number;
        mobile phone; work phone; home phone; home telephone; contact number; contact phone;
        extension; emergency contact; next of kin; emergency contact number""",
    "address": """address; home address; address line 1; address line 2; address line 3; street;
        postcode; post code; zip; zip code; home postcode; postal code; ?town; home town""",
    "bank": """bank account; sort code; account number; iban; bank account number; bank sort code;
        bank name; building society number; bank details; bacs reference""",
    "post_id": """post id; post number; post no; post reference; position id; position number;
        position reference; position code; post unique reference; establishment post number;
        position no; ?seat number; post code id; budget position number; establishment number;
        job number; job id; job code; jobcode""",
    "job_title": """job title; job titles; jobtitle; position title; post title; role title; role;
        job role; job; job name; position; position name; post; business title; working title;
        job description; designation; occupation; title description; class title;
        position description; role name; generic job title; job profile; assignment name;
        job class title; classification title; ?title; ?profession; occupation title;
        current role; role description; post name; employee title; jobrole; ?class;
        civil service title; position job title; substantive role; vacancy title; advertised role;
        advertised title; functional title; ?job classification; present post;
        job title description; title of post; apprentice role; ?duty""",
    "job_family": """job family; job family group; profession group; professional group;
        professional occupational group; staff group; occupational group; job function; job type;
        job group; role family; occupation group; main staff group; job category; function;
        job team function; job function description; ?staff category; occupational category;
        job family name; ddat family; ?discipline; ?area of work""",
    "department": """department; department name; department description; directorate; division;
        service; service area; business unit; team; team name; section; unit; org unit;
        organisation unit; organisational unit; organisation; organisation name; reporting unit;
        cost centre; cost center; cost centre description; cost centre name; business area;
        agency name; ?agency; parent department; ?company; group; ?branch; ?faculty; ?school;
        department code; department id; deptid; directorate name; division name; service group;
        service unit; org l2; org l3; org l4; org level 2; org level 3; sub department;
        supervisory organisation; personnel area; ?employer; ?ministry; office; bureau; portfolio;
        department type; business group; ?area; ?sector; delivery unit; workstream; subunit;
        team description; assigned department; home department; ?trust; ?sales; function name;
        agency description; hosting service; agency id; agency code; organisation group;
        organisation group code; organisation code; division code; unit code; service code;
        cost centre code; department division""",
    "location": """location; work location; office location; site; work base; base; workplace;
        building; city; city name; town name; region; country; ?state; ?county; place of work;
        work site; location name; location code; location description; store; store name;
        office name; work city; work state; primary location; worksite; duty station; ?borough;
        work location borough; government office region; base location; ?province; locality;
        station; ?district""",
    "grade": """grade; grade name; pay grade; payband; pay band; band; pay scale; payscale; scale;
        salary grade; salary band; afc band; agenda for change band; scp; spinal point;
        spinal column point; scale point; job grade; job level; grade level; grade code;
        salary level; ?level; pay level; management level; compensation grade; ps group;
        pay scale group; civil service grade; grade or equivalent; rank; substantive grade;
        current grade; pay point; pay step; gs grade; ppgrd; gsegrd; pay zone; joblevel;
        career level; post grade; grade description; grade step; salary scale; ?tier;
        ?seniority level; ?step; position grade; salary table; pay plan grade; spine point""",
    "fte": """fte; wte; full time equivalent; whole time equivalent; contractual fte; contract fte;
        contracted fte; contracted wte; assignment fte; fte contracted; fte percent; percent fte;
        actual fte; staff fte; fte value; fte in post; wte in post; employee fte; post percent;
        cap util lvl; capacity utilisation level; capacity utilization level; ?percentage;
        working time percent; working percentage; part time percent; fte worked; wte contracted;
        time fraction; ?percent full time; appointment percentage; wte worked; sum of fte""",
    "hours": """hours; weekly hours; contracted hours; contractual hours; hours per week;
        hours week; working hours; contract hours; std hours; standard hours; paid hours;
        hours worked; weekly contracted hours; typical hours; normal hours; basic hours;
        scheduled weekly hours; average weekly hours; hours contracted; total hours;
        scheduled hours; employee hours; ?regular hours""",
    "salary": """salary; annual salary; base salary; basic salary; fte salary; actual salary;
        basic pay; base pay; annual pay; gross salary; full time salary; salary gbp; salaries;
        annual basic salary; current salary; current annual salary; pay; ?compensation;
        annual rate; earnings; gross pay; total pay; monthly income; monthly salary; ?pay rate;
        annual base pay; yearly salary; annualised salary; annual salary fte; spine value;
        salary value; ?remuneration; ?wage; ?wages; regular gross paid; ?income; ?amount;
        basic annual salary; full time equivalent salary; annual gross; payrate; ?budgeted salary;
        salary amount; adjusted basic pay; annual salaries; contractual salary; total earnings""",
    "start_date": """start date; date started; date of joining; joining date; joined; date joined;
        hire date; date of hire; date hired; hired; original hire date; last hire date;
        latest hire date; latest start date; employment start date; employment start;
        continuous service date; continuous service start; continuous service start date;
        continuous employment date; company start date; organisation start date; org start date;
        lg start date; local government start date; local government service date; service date;
        service start date; entry date; date of entry; appointment date; date of appointment;
        date appointed; start; commencement date; date commenced; contract start date;
        agency start date; legal employer hire date; enterprise hire date; nhs entry date;
        csd 3 months; reckonable service date; date of commencement; employed from;
        initial appointment date; first day; onboarding date; starting date; ?date from;
        first hired; assignment commencement; joining year; year joined; start year;
        hire year; year of joining; year hired; start of employment; doe; joiner date; ?entry;
        date entered service; employment date; current service date; commenced;
        council start date; aggregated service date; start date with organisation;
        start date of employment; rehire date; contract start; hiring date; actual start date;
        apprenticeship start date; programme start date; learning start date; enrolment date;
        date of hiring; training start date; start on programme; started;
        date of start; appointee start date; ?from""",
    "role_start_date": """role start date; position start date; post start date; job start date;
        current post start; current post start date; start date in post; start date in position;
        start date in grade; start date in role; date in post; assignment start date;
        date started in post; grade start date; job entry date; date of last promotion;
        promotion date; last promotion date; current role start date; date appointed to post;
        position entry date; start in current role; time in post from; date of current position;
        current position start date; substantive start date; in post since; in role since;
        current assignment start date; effective date of position""",
    "leave_date": """leave date; leaving date; date of leaving; date left; left date; leaver date;
        termination date; date of termination; actual termination date; terminated date; exit date;
        date of exit; end of employment; employment end date; employment end; last working day;
        last day of service; last day of work; last day; date of separation; separation date;
        resignation date; departure date; date of departure; quit date; term date; end date;
        leaving; employed to; end employment date; attrition date; date left organisation;
        actual leaving date; date employment ended; last day of employment; release date;
        ?left; ?date to; ?finish date; ?end; date ended; service end date; last date of service;
        termination effective date; leave effective date; date of resignation; ?to; ?terminated;
        last day worked; actual end date; actual end; actual leave date; withdrawal date;
        date withdrawn;
        completion date; achievement date; date of exit from organisation; dateofleaving;
        last date of employment""",
    "leave_reason": """leave reason; leaving reason; reason for leaving; leaver reason;
        termination reason; reason for termination; exit reason; separation reason;
        reason for exit; term reason; primary termination reason; termination type;
        termination description; leaving type; leaver type; separation type; exit type;
        attrition reason; attrition type; resignation reason; leave type reason; ?reason;
        reason description; termination reason description; termination type description;
        action reason; event reason; reason for action; leaving reason description;
        type of separation; turnover type; turnover reason; departure reason; cause of leaving;
        leaving code; termination code; withdrawal reason; quit reason;
        reason of leaving; reason left; ?leave code; type of leaver""",
    "status": """status; employment status; employee status; emp status; current status; attrition;
        left; leaver; is leaver; termd; terminated; termination flag; turnover; churn; active;
        is active; active status; current employee; still employed; leaver flag; left company;
        attrition flag; payroll status; assignment status; exited; staff status; employed;
        leave status; person status; worker status; hr status; event; quit; resigned; record status;
        leaver indicator; active flag; in post; leave or not; leaveornot; is terminated;
        employment state; left organisation; ?target; status code; active inactive; emp status id;
        current employment status""",
    "contract_type": """contract type; type of contract; employment type; employee type; basis;
        contract; employment basis; appointment type; perm temp; permanent temporary;
        perm or temp; assignment category; employee category; employment category; worker type;
        ee group; ee subgroup; employee class; employee classification type; contract basis;
        contract status; worker sub type; employee group; employee subgroup; ?time type;
        employment contract type; engagement type; contractual status; ?permanency; tenure type;
        type of employment; type of appointment; nature of contract; contract category;
        appointment status; employment terms; fixed term or permanent; full or part time;
        full time or part time; full part time; ft pt; fulltime or parttime; working pattern;
        work pattern; assignment status type; ?employment class; position type; post type;
        resource type; permanent fixed term; full time part time status; reg temp;
        regular temporary; employeetype; employee class type; ?worktype""",
    "contract_end_date": """contract end date; fixed term end date; ftc end; ftc end date;
        projected end date; contract expiry date; contract expiry; fixed term contract end date;
        expected end date of contract; temporary end date; end of contract; end of contract date;
        fixed term end; assignment end date; assignment projected end date; contract end;
        contract finish date; projected termination date; position end date; appointment end date;
        expected contract end; booking end date; not to exceed date; expiry date;
        projected assignment end; temporary contract end date; ftc expiry; secondment end date;
        temp contract end date; planned leaving date""",
    "birth_date": """birth date; date of birth; dob; birthdate; birthday; born; year of birth;
        birth year; date birth; d o b""",
    "age": """age; age band; age group; age range; age years; age in years; current age;
        age at leaving; cf age band; age category; employee age; age bracket; age at start;
        age at snapshot; agelvl; age level; age last birthday; age at extract""",
    "tenure": """tenure; length of service; years of service; service years; length service;
        years at company; years in company; los; service length; years worked; num years worked;
        number years worked; tenure months; tenure years; months of service; tenure in months;
        tenure in years; time spend company; time spent company; time at company; years employed;
        completed years of service; service in years; company tenure; continuous service years;
        stag; ?seniority; loslvl; service band; length of service band; los years;
        length of service years; length of service months; years with company; years service;
        tenure band; employment duration; experience at company; total service; service months;
        number of years worked; time in organisation""",
    "snapshot_date": """snapshot date; snapshot; as at; as at date; as of; as of date; report date;
        reporting date; record date; extract date; run date; effective date; data date;
        calendar year; status year; fiscal year; financial year; reporting period; ?period; ?year;
        ?month; census date; reporting month; reporting year; period end; period end date;
        month end; extract month; payroll period; ?date; position date; data as at; datecode;
        date of extract; date of report; headcount date; month end date; snapshot month;
        snapshot year; year end; date of snapshot; extraction date; ?quarter; pay period""",
    "sex": """sex; gender; gender code; gender id; gender short; gender full; gender identity;
        sex code; legal sex; sex at birth; male female; m f; gender description; sex description;
        legal gender""",
    "ethnicity": """ethnicity; ethnic origin; ethnic group; race; race ethnicity; ethnic;
        race description; hispanic latino; race desc; ethnic category; ethnic background;
        bame; ethnicity description; ethnic origin description; ethnicity group; is bame; bme;
        ethnicity name; racial group; ethnicity category""",
    "disability": """disability; disabled; disability status; disability flag; is disabled;
        disability declared; declared disability; disability indicator; registered disabled;
        disability yn; has disability; long term condition""",
    "marital_status": """marital status; marital; marital description; marital status id;
        married; married id; civil status; marital status description; relationship status""",
    "nationality": """nationality; citizenship; citizen; citizen description; citizenship status;
        country of birth; nationality description; nationality group""",
    "religion": "religion; religious belief; faith; religion or belief; religion description",
    "sexual_orientation": "sexual orientation; orientation; sexuality",
    "manager_id": """manager id; line manager; manager; reports to; supervisor; supervisor id;
        manager name; line manager name; line manager id; manager employee id; supervisor name;
        manager number; reporting manager; reports to senior post; reporting senior post;
        manager employee number; line manager employee number; managers name; direct manager;
        hiring manager; recruiting manager; manager position id; reports to post; people manager;
        manager reference; manager email; line manager email; line manager reference;
        training manager; line manager number; manager staff number""",
    "soc_code": """soc code; soc; soc 2020; soc 2010; soc2020; occupation code; occ code; soc 2020
        code; soc2010; standard occupational classification; occupational code; isco code; occ;
        nhs occupation code; soc unit group; onet code; soc title""",
}  # fmt: skip
"""Field -> headings, separated by semicolons; `?` marks one that is not sure by itself."""

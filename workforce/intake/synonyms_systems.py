"""Technical column names of HR and payroll systems, statutory returns and applicant systems.

SAP infotypes, PeopleSoft and Oracle tables, the HESA staff record, the school workforce census, the
individualised learner record, American federal files; and short forms people type by hand.
"""

from typing import Final

__all__ = ["SYSTEMS"]

SYSTEMS: Final[dict[str, str]] = {
    "employee_id": """
        pernr; staffid; emplid; empno; emp num; employee nbr; badge id; ?resource; resource
        number; teacher number; member number; service number; force number; pin; shoulder number;
        epaulette number; person reference; personal reference; pay reference number; empcode;
        empref; ein; personnel ref; agency worker id; learnrefnumber; learner reference; pseudoid;
        state number; ?identifier; pri; hr id; adp id; file no; ?placement id; user employee id;
        global id; person id external; worker reference; candidate reference; payrollid; payroll
        employee number; ?ref; unique employee number; unique reference number; employee
        identification number; colleague number; cwid; net id""",
    "name": """
        nachn; vorna; mi; ename; empname; surname forename; surname and forename; sname; mname;
        name first; name last; title surname; preferred forename; known name; first names; last
        names; employee app name; contact name; postholder; post holder; postholder name;
        occupant; occupant name; incumbent; current occupant; current postholder; successful
        candidate; agency worker; worker full name; learner; name of post holder; employee name
        last first""",
    "ni_number": "nin; learner unique number; pan; aadhaar; sin; ird number; tfn; givennino",
    "birth_date": "gbdat; birthdte; birthdt; dateofbirth; born on; employee dob; d birth",
    "sex": "gesch; sexid; sexcode; gendercode; m or f; male or female",
    "ethnicity": "ethnic; ethnic grp cd; ethnic cd; ethnicgroup; race code; ethnicitycode",
    "disability": "disable; disable1; disabilitycode; long term health problem",
    "nationality": "natio; nation; nationalitycode; citizenship country",
    "religion": "relblf; faith belief; religion code",
    "sexual_orientation": "sexort; sexual orientation code",
    "post_id": """
        plans; position nbr; position num; posnr; seat; seat number; pcn; budget code post; post
        unique id; ?post; ?position; ?job; post identifier; establishment id; establishment
        reference; post ref no; positionid; class code; ?role code; ?role code number; occupancy
        reference; unique post number; unique post id; established post number; position control
        number; parent position number; ?vacant post reference""",
    "job_title": """
        last post held; last job title; last role; post occupied; role at exit;
        stltx; plstx; jobtitl; role held; position held; title of role; role or post; trade; civil
        service role; job role title; occupational title; class description; post held; name of
        post; post description; employee role; position title en; job title english; generic job
        description; generic title; staff role; substantive job title; job held; role name or
        title; substantive post title; placement title; role required; job title required; cover
        role; contract role; booking title; current job title""",
    "job_family": """
        ?profession; ?discipline; ?occupation; ?classification; ?category; job field; profession
        of post; government profession; gsg profession; head of profession; job stream;
        professional community; occupational series; occupational family; career family; career
        group; career framework; capability; ?specialism; staff type; staffing group; ddat role
        family; gdd role family; gdd profession; functional area; pay group description; subject
        area; professional field; role group; role type""",
    "department": """
        entity; entity name; employer entity; body; body name; org; placed with;
        orgeh; werks; btrtl; kostl; org unit name; org unit text; dept name; dept desc; department
        description short; costc; cost code; cost centre id; cc; cc description; org code; legal
        employer; legal employer name; legal entity; employing organisation; employing body;
        employing authority; company name; institution; institution name; org path; org level 1;
        org level 4; org level 5; org l1; org l5; organisation level 1; organisation level 4;
        level 1; level 2 name; structure level 2; structure group; sup org; supervisory org;
        supervisory organisation primary position; reporting unit name; command; command area;
        directorate or service; head of service area; team or unit; dept section; section name;
        portfolio name; bcu; basic command unit; clinical division; care group; clinical group;
        strategic business unit; sbu; locality team; academy; college; school name; campus; home
        organisation; home org; business line; client; client department; placement department;
        requesting department; hiring department; owning department; agency or department; home
        department description; work group; corporate area; service line; service name; unit
        description; org unit description; organisational area; thematic area""",
    "location": """
        locn; arbst; work place; place of duty; work postcode; base site; site name; usual work
        location; contractual location; home station; work location city; duty location; location
        city; location state; location country; work country; posting location; base town;
        headquarters or field; region of work; standard region; nuts region; itl region; normal
        place of work; main site; work address; workplace location; vacancy location; job
        location; work location name; bcu station; office base""",
    "grade": """
        ?classification; last grade; sal gr;
        trfgr; trfst; trfar; ppgrd; grd; gradecode; sal admin plan; sal plan; salary plan; pay
        plan; salary grade code; comp grade; compensation level; contractual grade; post grade
        name; substantive grade name; grade at exit; grade on leaving; leaver grade; group and
        level; classification level; level code; levels; responsibility level; responsibility
        group; equivalent grade; civil service equivalent grade; scale pt; scp point; incremental
        point; scale grade; pay spine point; pay spine; spinal pt; grade point; grade and point;
        police rank; rank or grade; rank grade; job size; job evaluation grade; je grade; hay
        grade; hay level; agenda for change; afc; afc grade; band level; banding; pay banding;
        payband code; point; current point; staff grade; grade min; grade level name; role grade;
        vacancy grade; position level; job band; nhs band; grade title; current band; lv""",
    "fte": """
        bsgrd; empct; fte value; confte; fte percent value; ft equivalent; proportion of full
        time; pt factor; part time factor; part time fraction; wte value; assignment wte; fte
        strength; fte total; sum fte; contr fte; percentage of full time; staff wte; utilisation;
        hours percent; occupied fte; occupied wte; in post fte; in post wte; filled fte; filled
        wte; actual wte; fte at exit; fte on leaving; leaver fte; paid fte; paid wte; employment
        percentage; employment rate; contracted percentage; working time percentage; position fte
        actual; wte substantive; substantive wte; net fte""",
    "hours": """
        std hrs week; wkly hrs; wkly hours; hours pw; hrs pw; hrs week; hours contracted weekly;
        wostd; arbst hours; hours per wk; conditioned hours; net hours; gross hours; contract hrs;
        contracted hrs; contr hrs; weekly contract hours; hpw; normal working hours; post hours;
        budgeted hours; basic weekly hours; std weekly hours; standard weekly hours; hours
        required; hours worked per week; fte hours; full time hours""",
    "salary": """
        regular pay; full time pay; annual remuneration;
        ansal; salref; annual rate; annual rt; annl sal; comprate; base rate; basic salary fte;
        fte basic pay; annual salary gbp; salary pa; salary per annum; pay pa; spot salary; actual
        pay; actual pay floor; pay floor; salary minimum; minimum salary; scale minimum; payscale
        minimum; salary band; salary range; ctc; cost to company; package; base comp; total base
        pay; total base pay annualised amount; annual basic pay; current basic pay; contractual
        pay; substantive salary; pensionable pay; full time annual salary; grossed up salary;
        salary full time; salary actual; salary on leaving; final salary; advertised salary;
        annualised pay; annual salary full time equivalent; base annual salary; fulltime salary;
        whole time salary; wte salary; scale point value; spinal point value; point value""",
    "start_date": """
        ?appointed; with us since; scd; scd leave; entered service;
        begda; datefhei; hire dt; orig hire dt; orig hire; rehire dt; last start; cmpny seniority
        dt; company seniority date; seniority date; service dt; adjusted service date; adjusted
        hire date; cont serv date; continuous serv date; cont service; contin service date;
        statutory continuous service; statutory service date; statutory start date; lgps start
        date; date entered civil service; date of entry to civil service; civil service start
        date; cs start date; cs entry date; date entered department; date entered organisation;
        date joined force; date joined service; joined force; joined service; date joined company;
        date joined university; date joined council; date joined trust; trust start date; employ
        date; empl date; employed date; employed since; doj; arrival date; date of arrival; date
        in service; date of first appointment; first appointment date; first contract date;
        contract start dt; constartdate; learnstartdate; lsd; date engaged; engagement date;
        engagement start; assignment from; placement start; placement start date; booking start;
        booking start date; on programme date; practical start date; actual start; entry on duty
        date; eod date; eod; onboard date; start working date; new starter date; commencement;
        payroll start date; workday start date; effective start date; start on date; start day;
        date start; appointee start; agreed start date; confirmed start date; candidate start
        date; new hire start date; target start date; proposed start date""",
    "role_start_date": """
        position entry dt; position entry date; job entry dt; grade entry dt; grade entry date;
        dept entry dt; occ start date; occupancy start date; occ start; post start; position
        start; start in post; started in post; joined role; date joined role; date joined team;
        date joined post; in current post since; in grade since; date entered grade; date entered
        present grade; date of appointment to grade; date of appointment to post; substantive
        from; rank date; date promoted; job start; appointment to current post; time in position
        start date; time in job start date; last position change date; role effective date;
        assignment effective date; current role since; in role from""",
    "leave_date": """
        endda leaving; datelhei; datelefthei; termination dt; term dt; last date worked; last dt
        worked; lwd; last working date; lastworkingday; relieving date; date of relieving; dor;
        date of exit from service; exit dt; separation dt; sep date; leave dt; left dt; leaving
        dt; date left force; date left service; date ceased; cessation date; date of cessation;
        employment ceased; end of service date; date of release; left on; date leaving; leaver
        effective date; final day; final working day; termdate; date of termination of employment;
        end of employment date; learnactenddate; actual leaving; departed; departed date;
        retirement or leaving date; employment finish date; date of severance; severance date;
        terminated on; last employed date; off payroll date""",
    "leave_reason": """
        exit route; route out; why;
        massg; resleave; reason for resignation; reason for separation; sep reason; term rsn;
        termination rsn; term desc; leaver category; leaving category; termination category;
        voluntary involuntary; voluntary or involuntary; vol invol; vol or invol; primary reason;
        secondary reasons; secondary reason; exit interview reason; cause of leaving; leaving
        cause; reason code leaving; reason for departure; why left; nature of leaving; type of
        exit; type of leaving; method of leaving; exit category; turnover category;
        withdrawreason; reason for withdrawal; cessation reason; reason for cessation; leavers
        reason; resn for leaving; attrition category; loss reason; wastage reason; avoidable or
        unavoidable; outflow reason""",
    "status": """
        stat2; empl status; emplstatus; employ status; assignment status type; lifecycle status;
        position status; work status; person current status; leave status; employeestatus;
        currently employed; employed yn; active yn; leaver yn; in service; service status; hr
        stat; working status; status description; payroll state; is current; has left; attrited;
        contract active; status of employment; live or leaver; current or leaver; active leaver""",
    "contract_type": """
        conditions of service; tour of duty; ongoing non ongoing; contract at exit;
        persg; persk; terms; moemp; empl type; reg temp flag; reg or temp; empl class; full part
        time; full part; fulltime parttime; ft or pt; full time part time; ft pt status; is
        fulltime employee; permanent temporary flag; perm temp flag; perm fixed term; perm fixed;
        basis of employment; nature of employment; terms of employment; contract description;
        ?tenure; appointment basis; employment terms type; contract agreement type; contract
        nature; contract service agreement type; agreement type; employee contract; contract kind;
        employment mode; mode of employment; job contract type; work schedule; work schedule type;
        hours type; time basis; full or part; work time; worker category; worker category
        description; workforce type; staff type code; substantive or temporary; permanent or
        temporary; permanent or fixed term; salaried or hourly; duty system; shift type; type of
        post; post basis; post tenure; appt type; appt status; vacancy type; contract length type;
        employment contract; contract terms; ir35 status; ir35; inside or outside ir35""",
    "contract_end_date": """
        nte; nte date; ftc ends; contract ends; ends;
        endda; conenddate; contract end dt; contract expires; ftc expiry date; fixed term expiry;
        fixed term expiry date; temp end date; temporary contract end; expected occ end date;
        expected occupancy end date; projected assignment end date; projected position end date;
        tenure end date; appt end date; expected end of contract; employment contract end date;
        planned contract end; secondment end; cover end date; estimated leaving date; expected
        leaving date; anticipated leaving date; assignment expiry; engagement end; engagement end
        date; placement end; placement end date; booking end; expected end date of placement;
        planned end of engagement; current end date; extended to; extension end date; contract
        extended to; contract to; term end date; fixed term to""",
    "tenure": """
        los; yos; years svc; service yrs; service mths; loslevel; length of service yrs; length of
        service mths; length of service bands; years of employment; service length years; los
        months; los in years; months employed; time in service; years in service; yrs service;
        tenure yrs; tenure mths; los band; experience in company; years in organisation; years
        with organisation; service in months; length of service at leaving; service to date""",
    "age": """
        ageband; age banding; age years months; age yrs; age in yrs; agegroup; age grp""",
    "snapshot_date": """
        date extracted; extracted; extracted on; report run;
        effdt; asofdate; as of dt; file date; filedate; datadate; data year; pay year; payroll
        year; data period; tax year; fy; snapshot quarter; snap date; cut off date; cutoff date;
        extract dt; position at; as at month; data month; month ending; period ending; week
        ending; payroll month; report month; report year; collection date; return date; census
        year; return year; year month; yearmonth; monthyear; month year; academic year; survey
        year; reference date; reference month; date stamp; load date; version date; published as
        at""",
    "manager_id": """
        supervisor id; reports to name; reporting to; rm name; rm; reporting manager name; lm; lm
        name; line mgr; mgr id; mgr name; mgr; direct supervisor; workers manager; manager 1;
        manager user sys id; reports to position; supervisor full name; countersigning manager;
        appraiser; recruiter; recruiter name; resourcing partner; hr business partner; hrbp;
        budget holder; authoriser; approver; approving manager; requesting manager; vacancy
        manager; head of service; director name; assessor; tutor; mentor; boss;
        skills coach; report to""",
    "soc_code": """
        soc code 2020; soc 2020 unit group; socode; soc10; soc20; noc code; anzsco; ssoc; esco""",
    "establishment_fte": """
        est fte post; estab fte; estab wte; budgeted ftes; bud fte; bud wte; establishment hours
        fte; funded headcount; agreed fte; agreed wte; post fte budget; base budget fte; permanent
        establishment; current establishment; total establishment; approved wte; authorised wte;
        authorised strength; budgeted strength; workforce plan fte; planned wte; fte required; wte
        required; wte requested; structure fte; fte in structure; established fte; established
        wte; budgeted number of posts; posts in structure""",
    "headcount": """
        number of jobs available; jobs available;
        hdcount; num staff; number in post; ?posts filled; employees count; staff total; number of
        openings; posts available; positions available; no of positions; no of vacancies; no
        vacancies; number of posts available; posts advertised; posts required; number required;
        number of hires; target hires; vacancies available; no of roles; no of openings; hires
        needed; number of people; quantity; employee headcount; staff headcount; hc total; posts;
        workforce""",
    "requisition_id": """
        req identifier; requisition identifier; vac ref; vacref; vacancyid; job req id; reqid;
        posting number; posting id; announcement number; job posting id; job opening id;
        recruitment number; ?ref; ?reference; ?ref no; trac ref; nhs jobs reference; job advert
        reference; advertisement number; erf number; erf reference; ecf number; r2r number;
        vacancy control number; vcf number; vacancy request number; approval to recruit number""",
    "opened_date": """
        launch date; advert out; advert first placed; advert placed; authorisation started;
        creation date; sourcing start date; date launched; date live; went live; go live date;
        first advertised; date first advertised; advert published; advert published date;
        advertised on; date of request; date requested; request received; requested on; date
        submitted; erf date; date vacancy arose; vacancy arose; vacancy start date; became vacant;
        date post became vacant; approval to recruit; approval to recruit date; date of approval;
        panel approval date; business case approved; vacancy approved; open from; recruitment
        started; recruitment opened; posting start date; posting date start; published on; date
        opened for applications; job opened""",
    "closed_date": """
        date offer made; offer made; offer made date; offer accepted on; date appointed;
        appointment confirmed; appointed on; unconditional offer; unconditional offer sent;
        conditional offer; conditional offer sent; verbal offer date; offer letter date; hired
        date; filled date actual; requisition filled date; date requisition closed; posting end
        date; advert close; closing; recruitment closed; recruitment completed; job closed; date
        of acceptance; job close date; closing date of advert; closing dates; advert closed""",
    "outcome": """
        compstatus; ?decision; panel decision;
        recruitment stage; current stage; vacancy stage; campaign stage; stage of
        recruitment; job state; requisition state; vacancy state; vacancy progress; recruitment
        progress; result of recruitment; appointed yn; appointment made; filled or not; filled;
        position filled; post filled; end point assessment result; epa result; epa outcome;
        completion outcome; apprentice outcome; learning outcome; current apprenticeship status;
        on programme status; completionstatus; job requisition status; opening status; posting
        status""",
    "standard": """
        stdcode; std code; fworkcode; training course; training code; training name; training
        title; course title; apprenticeship std; apprenticeship standard name; apprenticeship
        standard title; apprenticeship standard reference; larscode; ifa reference; st number;
        name of apprenticeship; title of apprenticeship; apprenticeship course name; programme of
        study; apprenticeship course title; apprenticeship training course; standards; standard
        ref; skills england reference; learning programme; programme title; course of study""",
    "planned_end_date": """
        learnplanenddate; learn plan end date; planned learning end; practical period end; ppe
        date; planned gateway date; expected gateway date; gateway due; epa due date; epa planned
        date; planned epa date; planned end of training; end point assessment date; training
        finish date; forecast completion date; expected end of apprenticeship; course finish date;
        expected completion month; original planned end date; revised planned end date; new end
        date""",
    "trainee": """
        new start or existing employee; existing or new staff; new hire or existing; existing
        employee or new recruit; new apprentice or existing staff; apprentice or upskill; new
        employee or existing employee; upskill or new; apprentice category; recruited as
        apprentice; internal external; type of apprentice; new recruit yn; existing staff;
        conversion""",
    "day_rate": """
        daily rate gbp; rate per day gbp; agreed day rate; charge rate daily; daily pay rate;
        total day rate; all in rate; contractor rate; client rate; charge rate per day; cost per
        day gbp""",
    "supplier": """
        supplied by; provided through; contracted through; sourced from; placed by;
        agency used name; staffing agency; staffing supplier; framework supplier; payroll company;
        recruitment supplier; supplying company; contractor firm; msp supplier; tier 2 supplier;
        company contracted; consultancy; consultancy firm; provider of agency worker""",
}  # fmt: skip
"""Field -> headings, as in `synonyms.PEOPLE`."""

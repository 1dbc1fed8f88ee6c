// Headings of English registers by their parts: Client Company, Onboarded On, Registered Residence. As
// `ComposedHeadings` takes them: small letters and figures, without blanks. Knows nothing of files.

enum EnglishHeadings {
  private static let people = [
    "", "employee", "worker", "candidate", "staff", "associate", "personnel", "applicant", "hire", "newhire", "person",
    "legal", "full", "chinese", "given+family", "givenandfamily", "firstandlast", "name",
  ]
  private static let days = ["", "date", "on", "day", "dateofemployment", "dt"]
  private static let dated = ["", "date", "dateof", "day", "dayof", "actual", "actualdate", "effective", "employment"]
  private static let employers: [[String]] = [
    [
      "", "client", "host", "hiring", "receiving", "current", "present", "employing", "end", "enduser", "user",
      "assigned",
      "placement", "destination",
    ], ["company", "employer", "enterprise", "organisation", "organization", "entity", "legalentity", "factory"],
    ["", "name", "legalname", "fullname"],
  ]

  static let hires: [ComposedHeadings.Form] = [
    ("worker", [people, ["name", "names"], ["", "inchinese", "infull"]]),
    ("worker", [["candidate", "employeefull", "associate", "worker"]]),
    ("id", [["personnel", "employee", "staff", "worker", "candidate", "badge"], ["no", "number", "id", "code"]]),
    (
      "worker_id",
      [
        [
          "national", "chinese", "prc", "china", "resident", "citizen", "personal", "government", "identity",
          "identification",
        ],
        ["id", "identity", "identification", "idcard", "identitycard", "card", ""],
        ["", "no", "number", "cardno", "cardnumber", "documentno", "documentnumber", "code"],
      ]
    ), ("born", [["birth", "born"], ["", "date", "day", "on"]]), ("sex", [["gender", "sex"], ["key", "code", ""]]),
    (
      "origin",
      [
        ["registered", "permanent", "household", "home", "hukou", "householdregistration", "registration", "domicile"],
        [
          "residence", "address", "location", "place", "county", "registration", "register", "registrationplace",
          "permanentresidence", "provincecitycounty", "",
        ],
      ]
    ), ("enterprise", employers),
    (
      "agency",
      [
        [
          "sourcing", "staffing", "recruiting", "recruitment", "labour", "labor", "employment", "placement",
          "introducing",
          "supplying", "manpower", "hr", "dispatch", "referral", "",
        ], ["agency", "intermediary", "agent", "vendor"], ["", "name", "company"],
      ]
    ),
    (
      "start",
      [
        dated,
        [
          "start", "hire", "hired", "join", "joined", "joining", "onboard", "onboarded", "onboarding", "entry",
          "commencement", "commenced", "started", "placed", "socialinsurancestart", "insurancestart", "insuredfrom",
          "insuredsince", "enrolment", "enrollment", "employedsince",
        ], days,
      ]
    ),
    (
      "end",
      [
        dated,
        [
          "left", "leave", "leaving", "exit", "exited", "termination", "terminated", "resignation", "resigned",
          "separation", "departure", "departed", "offboarded", "offboarding", "released",
        ], days,
      ]
    ),
    (
      "monthly_wage",
      [["monthly"], ["gross", "base", "basic", "net", ""], ["salary", "pay", "wage", "income", "base"]]
    ),
    ("monthly_wage", [["gross", "base", "basic"], ["monthly"], ["salary", "pay", "wage"]]),
    (
      "relief_person",
      [["", "is"], ["relief", "povertyrelief", "formerlypoor", "registeredpoor"], ["person", "household"]]
    ),
    ("occupation", [["job", "position", "role", "occupation", "work"], ["", "title", "name"]]),
  ]
}

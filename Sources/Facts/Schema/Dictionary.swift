// The dictionary of facts: which lists a scenario may hold and what each field of theirs is. It is declared in the
// rule language (a `facts` fence), so that a proposal can add a fact; this file knows only the result.
import Diagnostics
import Reckoning

/// What a field holds.
public enum FieldType: Sendable, Hashable {
  case text
  case bool
  /// A whole number.
  case int
  /// Yuan with at most two decimals; columns hold fen.
  case money
  case date
  /// A date, or `YYYY-MM`, which is its first day.
  case dateOrMonth
  /// A date, or `YYYY`, which is compared by year. Columns hold day numbers, or `DateOrYear.base + year`.
  case dateOrYear
  case place
  /// A place of county level (semantics, "Place").
  case county
  /// A place of another level.
  case area(PlaceLevel)
  /// A decimal, a share, or an amount of another currency than the yuan.
  case figure(FigureType)
  /// One of named choices; columns hold the choice's index.
  case choice([String])
  /// The id of a record in another list; columns hold its row.
  case reference(String)
  indirect case set(FieldType)

  /// Whether it is a day, with the month or the year that may stand for one.
  package var isDay: Bool {
    switch self {
    case .date, .dateOrMonth, .dateOrYear: true
    case .text, .bool, .int, .money, .figure, .place, .county, .area, .choice, .reference, .set: false
    }
  }
}

/// How a year without a day is held in a date column.
public enum DateOrYear {
  /// Above every day number of the calendar.
  public static let base: Int32 = 1_000_000_000

  /// Where a raw value stands among others: a year alone right before its first day.
  public static func rank(_ raw: Int64) -> Int64 {
    guard raw >= Int64(base) else { return 2 * raw }
    let year = Int(raw - Int64(base))
    return 2 * Int64(Day(year: year, month: 1, day: 1)?.number ?? Int32.max) - 1
  }
}

/// One field of a list.
public struct Field: Sendable {
  /// What it means that a record does not state the field.
  public enum Absence: Sendable, Hashable {
    /// The field must be stated.
    case required
    /// An absent value means that there is none.
    case none
    /// An absent value is not known: conditions on it are undetermined.
    case unknown
    /// An absent value is this raw value (as a column holds it).
    case value(Int64)
    /// An absent set is empty.
    case empty
    /// An absent value is that of another field of the same record, such as `name` by default `id`.
    case field(String)
  }

  /// The name in scenarios, heads of columns and rules.
  public let name: String
  /// What it holds.
  public let type: FieldType
  /// What it means that a record does not state it.
  public let absence: Absence
  /// Chinese column heads that are accepted for the field.
  public let labels: [String]
  /// For choices: other words for each choice, in the choices' order, such as `男` for `male`; may be shorter.
  public let choiceLabels: [[String]]
  /// What it says of a record, for people.
  public let meaning: Text
  /// The Chinese name in rules and answers; nil where there is none.
  public let chinese: String?
  /// How a yes-or-no fact reads when it holds and when it does not.
  public let says: Says?
  /// For choices: whether each is more than those before it.
  public var isAscending = false
  /// For amounts: whether what stands below nought has a meaning, as what was taken back has in a list of payments.
  var isSigned = false

  /// A yes-or-no fact as a condition.
  public struct Says: Sendable, Hashable {
    /// When it holds: 已备案.
    public let yes: Text
    /// When it does not: 未备案.
    public let no: Text

    /// The two wordings.
    public init(yes: Text, no: Text) {
      self.yes = yes
      self.no = no
    }
  }

  /// A field as it is declared.
  public init(
    name: String, type: FieldType, absence: Absence, labels: [String], choiceLabels: [[String]] = [], meaning: Text,
    chinese: String? = nil, says: Says? = nil
  ) {
    self.name = name
    self.type = type
    self.absence = absence
    self.labels = labels
    self.choiceLabels = choiceLabels
    self.meaning = meaning
    self.chinese = chinese ?? labels.first
    self.says = says
  }

  /// The field's name for people, in both languages.
  public var words: Text { Text(name, zh: chinese ?? name) }

  /// The names of the field's choices, in both languages; empty for fields of other types.
  public var choices: [Text] {
    func names(_ type: FieldType) -> [String] {
      switch type {
      case .choice(let names): names
      case .set(let member): names(member)
      case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area,
        .reference:
        []
      }
    }
    return names(type).enumerated().map { i, name in
      Text(name, zh: choiceLabels.indices.contains(i) ? choiceLabels[i].first ?? name : name)
    }
  }
}

/// One list of records, such as `hires`.
public struct ListDeclaration: Sendable {
  /// The list's name in a scenario: `hires`.
  public let name: String
  /// What one record is called in a rule: `hire`.
  public let singular: String
  /// What its records are called, for people.
  public let title: Text
  /// The fields in the order of their declaration, `id` included.
  public let fields: [Field]
  /// Whether records have an `id`; tax records do not.
  public let hasID: Bool
  /// The column that tells the persons behind records apart: the text field that names them (`worker` of hires), or
  /// `Persons.column` where records may also state an identity number.
  public let person: String?
  /// The text field of the person's identity number (`worker_id` of hires), where the list has one.
  public let personID: String?
  /// The text field of the person's name.
  public let personName: String?
  /// The field of the day on which the record begins (`start` of hires); a year stands for its 1 January.
  public let begins: String?
  /// The field of the day on which the record ends, which belongs to it.
  public let ends: String?
  /// How Chinese speaks of the records.
  public let chinese: Chinese

  /// The Chinese words for a list's records.
  public struct Chinese: Sendable {
    /// The list's name: 录用人员.
    public var name: String?
    /// What one record is called: 录用人员.
    public var singular: String?
    /// The word with which records are counted: 名, 家.
    public var classifier: String?
    /// What a record does while it lasts: 稳定就业, 实习; in English “stable”.
    public var lasts: Text?

    /// The words as far as they are declared.
    public init(name: String? = nil, singular: String? = nil, classifier: String? = nil, lasts: Text? = nil) {
      self.name = name
      self.singular = singular
      self.classifier = classifier
      self.lasts = lasts
    }
  }

  /// A list as it is declared.
  public init(
    name: String, singular: String, title: Text, fields: [Field], hasID: Bool, person: String?, personID: String? = nil,
    begins: String?, ends: String?, chinese: Chinese = Chinese()
  ) {
    self.name = name
    self.singular = singular
    self.title = title
    self.fields = fields
    self.hasID = hasID
    self.person = personID == nil ? person : Persons.column
    self.personID = personID
    personName = person
    self.begins = begins
    self.ends = ends
    self.chinese = chinese
  }

  /// The list's name for people, in both languages.
  public var words: Text { Text(name, zh: chinese.name ?? titleAsName ?? name) }
  /// What one record is called, in both languages.
  public var record: Text {
    Text(singular, zh: chinese.singular ?? chinese.name ?? titleAsName.flatMap { $0 == name ? nil : $0 } ?? singular)
  }

  /// The title where it can stand in a rule: one word that begins with no digit, and no English one.
  private var titleAsName: String? {
    let isName = title.zh.first.map { !$0.isNumber } ?? false && title.zh.utf8.contains { $0 >= 0x80 }
    return isName && title.zh.allSatisfy { $0.isLetter || $0.isNumber || $0 == "_" } ? title.zh : nil
  }

  /// The field of a name; nil where there is none.
  public func field(_ name: String) -> Field? { fields.first { $0.name == name } }

  /// The person behind a record as a text, where the list has persons: the identity number in upper case, else the
  /// name.
  public var personField: Field? {
    guard let person else { return nil }
    return field(person)
      ?? Field(name: person, type: .text, absence: .required, labels: [], meaning: Text("the person", zh: "本人"))
  }
}

/// All lists of facts, in the order of their declaration: a list may refer to any other.
public struct FactDictionary: Sendable {
  /// The lists, whose order is that of a dataset's tables.
  public var lists: [ListDeclaration]
  /// The file that declares a field, by the list's name, a dot and the field's.
  public var origins: [String: String] = [:]

  /// A dictionary of lists with different names.
  public init(lists: [ListDeclaration] = []) { self.lists = lists }

  /// The list of a name in scenarios; nil where there is none.
  public func list(_ name: String) -> ListDeclaration? { lists.first { $0.name == name } }
  /// The list of a name or a Chinese name; nil where there is none.
  public func list(named name: String) -> ListDeclaration? { list(name) ?? lists.first { $0.chinese.name == name } }
  /// The list of a name, a singular, or a Chinese name of either; nil where there is none.
  public func list(called name: String) -> ListDeclaration? {
    list(name)
      ?? lists.first { $0.singular == name || $0.chinese.name == name || $0.chinese.singular == name }
      ?? lists.first { $0.chinese.name == nil && $0.title.zh == name }
  }
  /// Its place among the lists, and so among a dataset's tables; nil where there is none.
  public func index(_ name: String) -> Int? { lists.firstIndex { $0.name == name } }
}

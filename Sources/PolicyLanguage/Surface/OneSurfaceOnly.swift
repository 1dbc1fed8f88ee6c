// What can be written in English rules only. `translate` refuses it by name, so that nothing is left out without a
// word.
import Diagnostics

extension DocumentSyntax {
  /// Constructs for which Chinese rules have no words that are read back, each with its place.
  var inEnglishOnly: [(what: Text, location: SourceRange)] {
    var found: [(Text, SourceRange)] = []
    if let header, header.currency != nil { found.append((Text("`currency`", zh: "`currency`"), header.name.location)) }
    if let header, header.isOutside {
      found.append((Text("`jurisdiction outside`", zh: "`jurisdiction outside`"), header.name.location))
    }
    for value in values where value.isByDate {
      found.append((Text("a value by date", zh: "按日期的引用值"), value.name.location))
    }
    for list in lists {
      for field in list.fields where field.type.isEnglishOnly {
        found.append((Text("a field of this type", zh: "此类字段"), field.name.location))
      }
    }
    for definition in definitions { found += definition.body.inEnglishOnly }
    for measure in measures { for clause in measure.clauses { found += clause.inEnglishOnly } }
    return found
  }
}

extension ClauseSyntax {
  fileprivate var inEnglishOnly: [(Text, SourceRange)] {
    var found = expressions.flatMap(\.inEnglishOnly)
    switch self {
    case .recover(let recover): found.append((Text("a recovery", zh: "追回"), recover.location))
    case .frame(let frame):
      for case .periods(let name, _) in frame.iterations {
        found.append((Text("`each period`", zh: "`each period`"), name.location))
      }
    case .title, .article, .kind, .parameter, .reading, .window, .assume, .text, .set, .condition, .begins, .letting, .require,
      .persons, .oncePer, .onlyFirst, .onlyHighest, .yields, .ownDefault, .pay, .grant, .quota, .cap, .ordered, .error, .expect:
      break
    }
    return found
  }
}

extension Expression {
  fileprivate var inEnglishOnly: [(Text, SourceRange)] {
    var found: [(Text, SourceRange)] = []
    walk { part in
      switch part.node {
      case .form(let form, _): found.append((form.named, part.location))
      case .number, .date, .string, .name, .member, .call, .not, .and, .or, .compare, .between, .given, .within,
        .isAny, .includes, .includesBetween, .stable, .present, .except, .add, .subtract, .multiply, .portion, .through, .round, .divide, .whole,
        .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf,
        .count, .sum, .extreme, .extremeOf, .dateOfNumber, .firstDayAtOnce, .nothing, .broken:
        break
      }
    }
    return found
  }
}

extension ListSyntax.TypeSyntax {
  fileprivate var isEnglishOnly: Bool {
    switch self {
    case .plain(let word): ["decimal", "share", "prefecture", "province"].contains(word)
    case .set(let member): member.isEnglishOnly
    case .choice, .reference: false
    }
  }
}

extension FormSyntax {
  /// The form by its English words.
  fileprivate var named: Text {
    switch self {
    case .days: .same("`days from`")
    case .daysPresent: .same("`days present from`")
    case .calendarMonths: .same("`calendar months from`")
    case .years: .same("`years from … at`")
    case .edge(let isLast, let stretch), .numbered(let isLast, let stretch, _):
      .same("`\(isLast ? "last" : "first") day of \(stretch.rawValue)`")
    case .grown: .same("`grown by`")
    case .county: .same("`county of`")
    case .prefecture: .same("`prefecture of`")
    case .level: .same("`level of`")
    }
  }
}

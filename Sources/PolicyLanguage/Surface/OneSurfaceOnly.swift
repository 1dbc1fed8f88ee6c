// What can be written in English rules only. `translate` refuses it by name, so that nothing is left out without a
// word.
import Diagnostics

extension DocumentSyntax {
  /// Constructs for which Chinese rules have no words that are read back, each with its place.
  var inEnglishOnly: [(what: Text, location: SourceRange)] {
    var found: [(Text, SourceRange)] = []
    for table in tables { found.append((Text("a table", zh: "表"), table.name.location)) }
    for limit in limits { found.append((Text("a limit over several measures", zh: "跨措施限额"), limit.name.location)) }
    for list in lists {
      for field in list.fields where field.isAscending {
        found.append((Text("choices that ascend", zh: "依次递增的选项"), field.name.location))
      }
    }
    for parameter in parameters { found += parameter.inEnglishOnly }
    for definition in definitions { found += definition.body.inEnglishOnly }
    for measure in measures { for clause in measure.clauses { found += clause.inEnglishOnly } }
    return found
  }
}

extension ParameterSyntax {
  fileprivate var inEnglishOnly: [(Text, SourceRange)] {
    dated.isEmpty ? [] : [(Text("a figure that changes on a day", zh: "按日期变动的标准"), name.location)]
  }
}

extension ClauseSyntax {
  fileprivate var inEnglishOnly: [(Text, SourceRange)] {
    var found = expressions.flatMap(\.inEnglishOnly)
    switch self {
    case .cap(let cap): found.append((Text("a cap", zh: "限额"), cap.location))
    case .parameter(let parameter): found += parameter.inEnglishOnly
    case .set(let set):
      if case .keyed(let keyed) = set.source {
        found.append((Text("a set by keys", zh: "按相同字段的集合"), keyed.location))
      } else if set.isAll {
        found.append((Text("a set of all records", zh: "全部记录的集合"), set.name.location))
      }
      if set.inAnyYear { found.append((Text("`in any year`", zh: "`in any year`"), set.name.location)) }
    case .oncePer(_, let months, let location):
      if months != nil { found.append((Text("`in any … months`", zh: "`in any … months`"), location)) }
    case .pay(let pay):
      if !pay.parts.isEmpty || pay.equalParts != nil {
        found.append((Text("an amount in parts", zh: "分期支付"), pay.location))
      }
    case .title, .article, .kind, .reading, .window, .assume, .text, .frame, .condition, .begins, .letting, .require,
      .persons, .onlyFirst, .onlyHighest, .yields, .ownDefault, .grant, .quota, .ordered, .error, .expect:
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
      case .present: found.append((Text("`present on`", zh: "`present on`"), part.location))
      case .through: found.append((Text("`through`", zh: "`through`"), part.location))
      case .round: found.append((Text("`round`", zh: "`round`"), part.location))
      case .setFigure: found.append((Text("a figure over a set", zh: "集合上的数"), part.location))
      case .rangeFigure: found.append((Text("`for each … from … to`", zh: "`for each … from … to`"), part.location))
      case .extremeOf(_, _, let set) where !set.isSamePerson && set.of == nil:
        found.append((Text("a set by keys", zh: "按相同字段的集合"), set.location))
      case .number, .date, .string, .name, .member, .call, .not, .and, .or, .compare, .between, .given, .within,
        .isAny, .includes, .includesBetween, .stable, .except, .add, .subtract, .multiply, .portion, .divide, .whole,
        .ifThen, .pick, .yearOf, .dayOfYear, .wholeMonths, .wholeYears, .completion, .yearsRunning, .provinceOf,
        .count, .sum, .extreme, .extremeOf, .dateOfNumber, .firstDayAtOnce, .nothing, .broken:
        break
      }
    }
    return found
  }
}

// Who is there on a day, and sets that hold who came while their conditions speak of who is there: a set of those who
// came in a year, asked who was present on a day of it, leaves out everybody who came before.
import Diagnostics
import Facts

extension Checker {
  /// `present on d`: begun by that day, and not ended before it.
  func present(_ record: Expression?, on day: Expression, _ scope: Scope, _ location: SourceRange) -> Typed {
    let d = expression(day, scope, of: .date)
    guard d.type != .broken, let (begins, last) = spell(of: record, scope, location) else { return broken(location) }
    func truth(_ operation: Typed.Operation) -> Typed { Typed(operation, .truth, at: location) }
    let hasBegun = truth(.compare(.lessOrEqual, begins, d))
    let isOpen = truth(.given(last, negated: true)), lasts = truth(.compare(.greaterOrEqual, last, d))
    return truth(.and([hasBegun, truth(.or([isOpen, lasts]))]))
  }

  /// The first and last day of the record looked at, or of one that is named; nil where there are none, which is told.
  func spell(of record: Expression?, _ scope: Scope, _ location: SourceRange) -> (begins: Typed, ends: Typed)? {
    let of = record.map { expression($0, scope) }
    if of?.type == .broken { return nil }
    var list = scope.list
    if let of {
      guard case .record(let name) = of.type else {
        mismatch(of, wanted: .record("…"))
        return nil
      }
      list = dictionary.list(name)
    }
    guard let list, let begins = list.begins.flatMap(list.field), let ends = list.ends.flatMap(list.field),
      begins.type != .int
    else {
      report(
        "no-spell", Text("There is no record with a beginning and an end here.", zh: "此处没有带起止日期的记录。"),
        hint: Text("Only what begins and ends is present on a day.", zh: "只有有起止日期的记录才谈得上在岗。"), at: location)
      return nil
    }
    func fact(_ field: Field) -> Typed {
      guard let of else { return lastDay(field, scope, at: location) }
      if case .selfRecord = of.operation { return lastDay(field, scope, at: location) }
      return Typed(.field(of, field), ValueType(field.type), at: location)
    }
    return (fact(begins), fact(ends))
  }

  /// Tells of sets that hold those who came while their conditions ask who is there.
  func presence(_ draft: MeasureDraft) {
    let frame = draft.selection.frame
    let isYearly = frame?.hasYears ?? false
    for set in draft.selection.sets where !set.isOfEveryYear && set.inYear == nil {
      guard case .list(_, link: _) = set.source, let list = dictionary.list(set.list) else { continue }
      let asks = set.conditions.contains { Presence(list).isAsked(by: $0, ofYears: isYearly) }
      guard asks, isYearly || (draft.selection.window != nil && !set.atAnyTime) else { continue }
      let whole = "all " + set.list + (frame?.ownName(in: dictionary).map { " of " + $0 } ?? "")
      diagnostics.append(
        Diagnostic(
          .warning, code: "entrants",
          isYearly
            ? Text(
              "`\(set.name)` holds only those who came in the year; those who were there already are not seen.",
              zh: "`\(set.name)` 只含当年新来的记录，此前已在的不计。")
            : Text(
              "`\(set.name)` holds only those who came within the window; those who were there already are not seen.",
              zh: "`\(set.name)` 只含施行期限内新来的记录，此前已在的不计。"),
          hint: Text("Write `\(whole)` for all who were there.", zh: "要计全部在岗者，请写 `\(whole)`。"), at: set.location))
    }
  }
}

extension CheckedFrame {
  /// Whether each frame is for a year into which members fall.
  var hasYears: Bool {
    guard let (name, iteration) = iterations.first else { return false }
    switch iteration {
    case .years, .completeYears: return true
    case .range: return name == "year"
    case .members: return false
    }
  }

  /// What a record of the frame is called in rules.
  fileprivate func ownName(in dictionary: FactDictionary) -> String? {
    switch base {
    case .list(let list): dictionary.list(list)?.singular
    case .texts(let field, _): field.name
    case .district: nil
    }
  }
}

/// Whether conditions ask who of a list is there on a day.
private struct Presence {
  let begins: String?
  let ends: String?

  init(_ list: ListDeclaration) { (begins, ends) = (list.begins, list.ends) }

  /// - Parameter ofYears: whether only days that hang on the frame's year are meant.
  func isAsked(by condition: Typed, ofYears: Bool) -> Bool {
    var hasBegun = false, lasts = false, isBefore = false
    var left = 10_000
    /// - Parameter arguments: those of the definition that is looked at.
    func look(_ t: Typed, _ arguments: [Typed]) {
      left -= 1
      guard left > 0 else { return }
      if case .compare(let op, let a, let b) = t.operation {
        let (x, y) = (resolved(a, arguments), resolved(b, arguments))
        for (own, day, upper) in [(x, y, op.isUpper), (y, x, op.isLower)] {
          guard !ofYears || hangsOnYear(day, arguments) else { continue }
          if names(own, begins), upper {
            hasBegun = true
            if isEarlierYear(day, arguments) { isBefore = true }
          }
          if names(own, ends) || own.isSpellEnd, !upper, op != .equal, op != .notEqual { lasts = true }
        }
      }
      if case .call(let definition, let own) = t.operation {
        look(definition.body, own.map { resolved($0, arguments) })
      } else {
        for part in t.parts { look(part, arguments) }
      }
    }
    look(condition, [])
    return (hasBegun && lasts) || (ofYears && isBefore)
  }

  private func resolved(_ t: Typed, _ arguments: [Typed]) -> Typed {
    if case .argument(let i) = t.operation, arguments.indices.contains(i) { return arguments[i] }
    return t
  }

  private func names(_ t: Typed, _ field: String?) -> Bool {
    if case .selfField(let own) = t.operation { return own.name == field }
    if case .field(_, let other) = t.operation { return other.name == field }
    return false
  }

  private func hangsOnYear(_ day: Typed, _ arguments: [Typed]) -> Bool {
    day.hasPart {
      if case .iteration = resolved($0, arguments).operation { true } else { false }
    }
  }

  /// A day of a year before the frame's.
  private func isEarlierYear(_ day: Typed, _ arguments: [Typed]) -> Bool {
    guard case .dayOfYear(_, _, let year) = day.operation,
      case .subtract(let from, _) = resolved(year, arguments).operation
    else { return false }
    return hangsOnYear(from, arguments)
  }
}

extension Expression.Comparison {
  /// Whether the left side is bounded above.
  fileprivate var isUpper: Bool { self == .less || self == .lessOrEqual }
  fileprivate var isLower: Bool { self == .greater || self == .greaterOrEqual }
}

extension Typed {
  fileprivate var isSpellEnd: Bool { if case .spellEnd = operation { true } else { false } }
}

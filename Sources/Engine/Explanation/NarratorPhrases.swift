// Conditions as people say them: in English from the checked tree, with the words of names apart; in Chinese the rule's
// own words, with the figures behind the names. Knows nothing of whether they hold.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// A condition for people. The rule's own words are what `show` of the measure has.
  /// - Parameter at: where the figures in it are asked; nil: nowhere in particular.
  func phrase(_ t: Typed, _ at: Row? = nil) -> Text {
    // What would be a page is said in the rule's own words, which have names for its parts.
    if parts(of: t) > Narrator.mostParts { return excerpt(t) }
    if case .given(let x, let negated) = t.operation, let figure = inGroup(x) {
      return phrase(figure, negated: negated)
    }
    return Text(english(t, at), zh: chinese(t, at))
  }

  /// A sentence names no more conditions than these.
  private static var mostParts: Int { 24 }

  /// How many conditions one is joined of, each as often as it is named; no more than are worth counting.
  private func parts(of t: Typed) -> Int {
    var known: [ObjectIdentifier: Int] = [:]
    func count(_ t: Typed) -> Int {
      if let n = known[ObjectIdentifier(t)] { return n }
      let n: Int
      if case .and(let parts) = t.operation {
        n = parts.reduce(0) { min(1000, $0 + count($1)) }
      } else if case .or(let parts) = t.operation {
        n = parts.reduce(0) { min(1000, $0 + count($1)) }
      } else if case .not(let part) = t.operation {
        n = count(part)
      } else {
        n = 1
      }
      known[ObjectIdentifier(t)] = n
      return n
    }
    return count(t)
  }

  // MARK: Chinese

  private func chinese(_ t: Typed, _ at: Row?) -> String {
    let own = excerpt(t).zh
    if case .or(let parts) = t.operation, parts.count > 1 {
      // What the rule writes as one, such as being there on a day, is said once.
      var said: [String] = []
      for words in parts.map({ chinese($0, at) }) where !said.contains(words) { said.append(words) }
      return said.joined(separator: "，或")
    }
    if case .and(let parts) = t.operation, parts.count > 1 {
      return parts.map { chinese($0, at) }.joined(separator: parts.count > 2 ? "，且" : "且")
    }
    if case .spellBegins(let join) = t.operation { return "为\(join.chinese.name ?? join.name)的首段，不是前段的接续" }
    if case .stable(let months, _, _) = t.operation { return stayed(own, months, at) }
    if case .compare(_, _, let bound) = t.operation { return own + figure(bound, at).map { "（\($0.zh)）" }.orNothing }
    if case .includesBetween(let set, let from, let to) = t.operation, isLongBefore(from) {
      return "\(words(set).zh)中有不晚于\(words(to).zh)\(figure(to, at).map { "（\($0.zh)）" }.orNothing)者"
    }
    return own
  }

  /// 稳定就业满3个月（首次月数） rather than 稳定就业满首次月数.
  private func stayed(_ own: String, _ months: Typed, _ at: Row?) -> String {
    guard let figure = figure(months, at) else { return own }
    let name = excerpt(months).zh
    guard !name.isEmpty, own.hasSuffix(name) else { return "\(own)（\(figure.zh)）" }
    let short = name.split(separator: "的").last.map(String.init) ?? name
    return "\(own.dropLast(name.count))\(figure.zh)（\(short)）"
  }

  /// What a parameter stands at, which its name does not say, and what a day and months come to.
  private func figure(_ t: Typed, _ at: Row?) -> Text? {
    guard let at else { return nil }
    if case .parameter = t.operation { return value(t, at) }
    return at.isAnywhere ? nil : deadline(t, at)
  }

  // MARK: English

  private func english(_ t: Typed, _ at: Row?) -> String {
    if case .and(let parts) = t.operation { return parts.map { bracketed($0, at) }.joined(separator: " and ") }
    if case .or(let parts) = t.operation { return parts.map { bracketed($0, at) }.joined(separator: ", or ") }
    if case .spellBegins(let join) = t.operation { return "begins a \(apart(join.singular)) instead of continuing one" }
    if case .not(let part) = t.operation { return "not " + bracketed(part, at) }
    guard let told = fact(t) ?? comparison(t, at) else { return excerpt(t).en }
    return isMixed(told, t) ? quoted(t, at) : told
  }

  /// Whether a sentence has words of a rule that is written in Chinese beside our own. What the rule has between
  /// quotation marks is a value, whatever it is written in.
  private func isMixed(_ told: String, _ t: Typed) -> Bool {
    let own = excerpt(t).en.split(separator: "\"", omittingEmptySubsequences: false)
    return told.hasIdeographs && own.indices.contains { $0 % 2 == 0 && own[$0].hasIdeographs }
  }

  /// A condition in the rule's own words, with what the figure stands at that it names.
  private func quoted(_ t: Typed, _ at: Row?) -> String {
    var named: Typed?
    if case .compare(_, _, let bound) = t.operation { named = bound }
    if case .stable(let months, _, _) = t.operation { named = months }
    return "“\(excerpt(t).en)”" + named.flatMap { figure($0, at) }.map { " (\($0.en))" }.orNothing
  }

  /// A condition that a fact or a definition is.
  private func fact(_ t: Typed) -> String? {
    if case .selfField(let field) = t.operation { return apart(field.name) }
    if case .field(let record, let field) = t.operation {
      return t.type == .truth ? "\(noun(record)) is \(apart(field.name))" : noun(t)
    }
    if case .call(let definition, let arguments) = t.operation, t.type == .truth, arguments.count == 1 {
      return "\(noun(arguments[0])) is \(apart(definition.name))"
    }
    if case .includesBetween(let set, let from, let to) = t.operation, isLongBefore(from) {
      return "\(words(set).en) includes any up to \(words(to).en)"
    }
    if case .given(let fact, let negated) = t.operation { return "\(noun(fact)) is \(negated ? "not given" : "given")" }
    if case .within(let place, _) = t.operation { return "\(noun(place)) lies \(own(t, after: place))" }
    return nil
  }

  /// A condition on a figure.
  private func comparison(_ t: Typed, _ at: Row?) -> String? {
    if case .stable(let months, _, _) = t.operation {
      let name = noun(months)
      return figure(months, at).map { "stayed \($0.en) (\(name))" } ?? "stayed for \(name)"
    }
    guard case .compare(let comparison, let left, let right) = t.operation else { return nil }
    if left.type == .date {
      return at.flatMap { $0.isAnywhere ? nil : deadline(right, $0) }.map { "\(excerpt(t).en) (\($0.en))" }
    }
    let bound = noun(right) + figure(right, at).map { " (\($0.en))" }.orNothing
    return "\(noun(left)) is \(Self.words(comparison))\(bound)"
  }

  private func bracketed(_ t: Typed, _ at: Row?) -> String {
    let words = english(t, at)
    if case .and = t.operation { return "(\(words))" }
    if case .or = t.operation { return "(\(words))" }
    return words
  }

  /// What stands behind the fact that a condition begins with, in the rule's words: `within 35`.
  private func own(_ t: Typed, after fact: Typed) -> String {
    let (whole, head) = (excerpt(t).en, excerpt(fact).en)
    return whole.hasPrefix(head) ? String(whole.dropFirst(head.count).drop { $0 == " " }) : whole
  }

  /// A figure or fact within a sentence.
  private func noun(_ t: Typed) -> String {
    if t.type != .truth, let name = lets[ObjectIdentifier(t)] { return name.en }
    if case .selfField(let field) = t.operation {
      return t.type == .date ? apart(field.name) : "the " + apart(field.name)
    }
    if case .field(let record, let field) = t.operation { return "\(noun(record))'s \(apart(field.name))" }
    if case .count(let set) = t.operation, measure.sets.indices.contains(set) {
      return "the number of \(measure.sets[set].words.en)"
    }
    if case .parameter(let id) = t.operation { return id.split(separator: ".").last.map(String.init) ?? id }
    if case .selfRecord = t.operation { return "the " + excerpt(t).en }
    if case .frameRecord = t.operation { return "the " + excerpt(t).en }
    return words(t).en
  }

  private static func words(_ comparison: Expression.Comparison) -> String {
    switch comparison {
    case .equal: ""
    case .notEqual: "not "
    case .less: "less than "
    case .lessOrEqual: "at most "
    case .greater: "more than "
    case .greaterOrEqual: "at least "
    }
  }

  /// A name with its words apart.
  func apart(_ name: String) -> String { name.split(separator: "_").joined(separator: " ") }
}

extension String? {
  fileprivate var orNothing: String { self ?? "" }
}

extension StringProtocol {
  /// Whether any of it is written in Chinese.
  var hasIdeographs: Bool { unicodeScalars.contains { (0x4E00...0x9FFF).contains($0.value) } }
}

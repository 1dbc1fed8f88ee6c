// Conditions as people say them: in English from the checked tree, with the words of names apart; in Chinese the rule's
// own words, with the figures behind the names. Knows nothing of whether they hold.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// A condition for people. The rule's own words are what `show` of the measure has.
  /// - Parameter at: where the figures in it are asked; nil: nowhere in particular.
  func phrase(_ t: Typed, _ at: Row? = nil) -> Text { Text(english(t, at), zh: chinese(t, at)) }

  // MARK: Chinese

  private func chinese(_ t: Typed, _ at: Row?) -> String {
    let own = excerpt(t).zh
    switch t.operation {
    case .or(let parts) where parts.count > 1: return parts.map { chinese($0, at) }.joined(separator: "，或")
    case .and(let parts) where parts.count > 1:
      return parts.map { chinese($0, at) }.joined(separator: parts.count > 2 ? "，且" : "且")
    case .spellBegins(let join): return "为\(join.chinese.name ?? join.name)的首段，不是前段的接续"
    case .stable(let months, _, _): return own + figure(months, at).map { "（\($0.zh)）" }.orNothing
    case .compare(_, _, let bound): return own + figure(bound, at).map { "（\($0.zh)）" }.orNothing
    default: return own
    }
  }

  /// What a parameter stands at, which its name does not say.
  private func figure(_ t: Typed, _ at: Row?) -> Text? {
    guard let at, case .parameter = t.operation else { return nil }
    return value(t, at)
  }

  // MARK: English

  private func english(_ t: Typed, _ at: Row?) -> String {
    switch t.operation {
    case .and(let parts): return parts.map { bracketed($0, at) }.joined(separator: " and ")
    case .or(let parts): return parts.map { bracketed($0, at) }.joined(separator: ", or ")
    case .spellBegins(let join): return "begins a \(apart(join.singular)) instead of continuing one"
    case .not(let part): return "not " + bracketed(part, at)
    case .selfField(let field): return apart(field.name)
    case .field(let record, let field) where t.type == .truth: return "\(noun(record)) is \(apart(field.name))"
    case .field: return noun(t)
    case .call(let definition, let arguments) where t.type == .truth && arguments.count == 1:
      return "\(noun(arguments[0])) is \(apart(definition.name))"
    case .stable(let months, _, _):
      let name = noun(months)
      return figure(months, at).map { "stayed \($0.en) (\(name))" } ?? "stayed for \(name)"
    case .given(let fact, let negated): return "\(noun(fact)) is \(negated ? "not given" : "given")"
    case .within(let place, _): return "\(noun(place)) lies \(own(t, after: place))"
    case .compare(let comparison, let left, let right) where left.type != .date:
      let bound = noun(right) + figure(right, at).map { " (\($0.en))" }.orNothing
      return "\(noun(left)) is \(Self.words(comparison))\(bound)"
    default: return excerpt(t).en
    }
  }

  private func bracketed(_ t: Typed, _ at: Row?) -> String {
    switch t.operation {
    case .and, .or: "(" + english(t, at) + ")"
    default: english(t, at)
    }
  }

  /// What stands behind the fact that a condition begins with, in the rule's words: `within 35`.
  private func own(_ t: Typed, after fact: Typed) -> String {
    let (whole, head) = (excerpt(t).en, excerpt(fact).en)
    return whole.hasPrefix(head) ? String(whole.dropFirst(head.count).drop { $0 == " " }) : whole
  }

  /// A figure or fact within a sentence.
  private func noun(_ t: Typed) -> String {
    switch t.operation {
    case .selfField(let field): t.type == .date ? apart(field.name) : "the " + apart(field.name)
    case .field(let record, let field): "\(noun(record))'s \(apart(field.name))"
    case .count(let set) where measure.sets.indices.contains(set): "the number of \(measure.sets[set].words.en)"
    case .parameter(let id): String(id.split(separator: ".").last ?? "")
    case .selfRecord, .frameRecord: "the " + excerpt(t).en
    default: words(t).en
    }
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
  private func apart(_ name: String) -> String { name.split(separator: "_").joined(separator: " ") }
}

extension String? {
  fileprivate var orNothing: String { self ?? "" }
}

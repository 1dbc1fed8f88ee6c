// A condition of a rule in words of English, as explanations have them: "the enterprise's district is in home" for
// in_home(e.district). Knows nothing of what the condition is asked of.

import Facts

/// Turns what rules have for conditions into words.
struct RuleInWords {
  /// Whose fact is asked about, as in "the enterprise"; nil where nothing says it.
  private let owner: String?
  /// What records are called, by the links that lead to them: `enterprise`, `agency`.
  private let links: Set<String>
  /// What facts say of a record where they are questions of yes or no.
  private let says: [String: String]

  init(_ list: ListDeclaration?, _ dictionary: FactDictionary) {
    owner = list?.singular
    var links: Set<String> = []
    for field in dictionary.lists.flatMap(\.fields) { if case .reference = field.type { links.insert(field.name) } }
    self.links = links
    var says: [String: String] = [:]
    for field in list?.fields ?? [] { says[field.name] = field.says?.yes.en }
    self.says = says
  }

  func told(_ rule: String) -> String {
    var text = rule
    // in_home(e.district), sending(district)
    if let call = text.wholeMatch(of: /([a-z][a-z_0-9]*)\(([a-z][a-z_0-9.]*)\)/) {
      text = "\(call.2) is \(spaced(String(call.1)))"
    }
    // includes any of (leading_2021, honest_employer)
    text = text.replacing(/includes any of \(([^()]*)\)/) { found in
      let names = found.1.split(separator: ",").map { $0.split(separator: " ").joined(separator: " ") }
      return "include " + (names.count > 1 ? names.dropLast().joined(separator: ", ") + " or " : "")
        + (names.last ?? "")
    }
    text = text.replacing(/\bwithin home\b/, with: "in home")
    for (sign, words) in [
      (" >= ", " is at least "), (" <= ", " is at most "), (" > ", " is more than "), (" < ", " is less than "),
      (" = ", " is "),
    ] { text = text.replacing(sign, with: words) }
    let isWhole = text == rule
    if isWhole, let said = says[rule] { return said }
    text = text.replacing(/\b([a-z][a-z_0-9]*)\.([a-z][a-z_0-9]*)\b/) { found in
      let (record, field) = (String(found.1), String(found.2))
      let name = links.contains(record) ? spaced(record) : owner ?? spaced(record)
      return "the \(name)'s \(spaced(field))"
    }
    if let owner, let first = text.prefixMatch(of: #/([a-z][a-z_0-9]*) (is|include) /#), first.1 != "the" {
      text = "the \(owner)'s \(text)"
    }
    return spaced(text)
  }

  private func spaced(_ name: String) -> String { name.replacing("_", with: " ") }
}

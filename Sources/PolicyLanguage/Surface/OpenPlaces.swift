// Places of lines that are offered in rules: below a province a place stands with its code, which whoever reads the
// rules alone does not know. Knows nothing of what is wrong with a line.
import Diagnostics
import Reckoning

/// Codes of places in hints.
package enum OpenPlaces {
  /// What stands for a code until it is known: a code that no place has, for the reader of rules, and words for people.
  static let (trial, open) = ("〔000000〕", "〔六位代码〕")

  /// The diagnostics, with the codes of the places that a hint leaves open. Of several of one name each is told.
  package static func filled(_ diagnostics: [Diagnostic], _ places: Gazetteer) -> [Diagnostic] {
    diagnostics.map { d in
      guard let hint = d.hint, hint.zh.contains(open) else { return d }
      return Diagnostic(
        d.severity, code: d.code, d.message, hint: Text(filled(hint.en, places), zh: filled(hint.zh, places)),
        at: d.location)
    }
  }

  private static func filled(_ text: String, _ places: Gazetteer) -> String {
    text.replacing(#/([^（）、，。：〔〕`\s]{2,16})〔六位代码〕/#) { found in
      let written = String(found.1)
      // 户籍地属于长乐区: the place is what stands behind the word.
      let name = written.ranges(of: "属于").last.map { String(written[$0.upperBound...]) } ?? written
      let lead = written.dropLast(name.count)
      func several(_ ids: [Int32]) -> String {
        let all = ids.prefix(4).map { "\(places.codes[Int($0)].text) \(places.fullName($0))" }
        return "\(lead)\(name)〔\(all.joined(separator: " 或 "))〕"
      }
      switch places.resolve(name) {
      case .found(let id): return "\(lead)\(name)〔\(places.codes[Int(id)].text)〕"
      case .ambiguous(let ids): return several(ids)
      case .unknown:
        // 毕节, which registers write for 毕节市.
        switch places.reading(name) {
        case .found(let id, _): return "\(lead)\(places.names[Int(id)])〔\(places.codes[Int(id)].text)〕"
        case .several(let ids): return several(ids)
        case .unknown: return String(found.0)
        }
      }
    }
  }
}

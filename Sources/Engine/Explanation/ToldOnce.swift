// What one tree of an explanation has told at length is named where it comes again. Knows nothing of what is told.
import Diagnostics

extension Derivation {
  /// The same, with what comes again only named: figures, and what holds. What fails says everywhere why.
  var toldOnce: Derivation {
    var told: Set<String> = []
    return once(&told)
  }

  private func once(_ told: inout Set<String>) -> Derivation {
    switch verdict {
    case .yes, .told:
      if !children.isEmpty, !told.insert(whole).inserted { return with([], gap: gap ?? Narrator.toldAbove) }
    case .no, .unknown, .elsewhere: break
    }
    return with(children.map { $0.once(&told) }, gap: gap)
  }

  /// Everything that it says, with what it rests on.
  private var whole: String {
    "\(verdict) \(text.en) \(text.zh) [" + children.map(\.whole).joined(separator: "; ") + "]"
  }
}

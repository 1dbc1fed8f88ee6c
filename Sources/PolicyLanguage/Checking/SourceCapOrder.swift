// The order in which caps of sources of money are applied: what one passes on counts with the next. Knows nothing of
// payments.

/// A cap of what a source bears, by its place.
package struct SourceCap: Equatable, Sendable {
  package let source: CapSource
  /// The place of its limit among the document's.
  package let place: Int
  /// Its own among the limit's caps.
  package let number: Int
}

extension [CheckedLimit] {
  /// The caps of sources, each after those which pass something on to its source, otherwise as they stand in the text;
  /// then those which pass on in a circle, and what hangs on these.
  func sourceCaps() -> (ordered: [SourceCap], circling: [SourceCap]) {
    var open = enumerated().flatMap { place, limit in
      limit.caps.enumerated().compactMap { number, cap in
        cap.source.map { SourceCap(source: $0, place: place, number: number) }
      }
    }
    func comes(_ one: SourceCap, before other: SourceCap) -> Bool {
      one.source.next == other.source.fund
        && self[one.place].measures.contains(where: self[other.place].measures.contains)
    }
    var out: [SourceCap] = []
    while let next = open.indices.first(where: { i in !open.contains { comes($0, before: open[i]) } }) {
      out.append(open.remove(at: next))
    }
    return (out, open)
  }
}

extension CheckedDocument {
  /// The caps of sources of money in the order in which they are applied.
  package var sourceCaps: [SourceCap] { limits.sourceCaps().ordered }
}

// Who is not among the first of a set: how many places there are, how that comes about, and who has them. Knows nothing
// of what a place is worth.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// So many of those who have places are named.
  private static var mostHolders: Int { 5 }

  /// That a member of a set is not among the first of it; nil where it is, or the set is no such one.
  func placeStep(_ j: Int, _ row: Int32, in frame: Int32) -> Derivation? {
    let set = measure.sets[j]
    guard case .first(let limit, let source) = set.source else { return nil }
    let members = run.sets[source].all, list = run.sets[source].list
    let mine = members.rows.indices.filter { members.frames[$0] == frame }.map { Int32(truncatingIfNeeded: $0) }
    let order = run.ranked(mine[...], members, list)
    let at = Row(context: run.frameContext, row: frame)
    let places = number(limit, at)
    guard let rank = order.firstIndex(where: { members.rows[$0] == row }), !places.isAbsent, Int64(rank) >= places
    else { return nil }
    let holders = order.prefix(Int(max(0, places)))
    let ids = holders.prefix(Self.mostHolders).compactMap { dataset.tables[list].ids?.text(Int(members.rows[$0])) }
    let names = listed(ids, of: holders.count), from = measure.sets[source].words
    let taken = Text(
      ids.isEmpty ? "there is no place" : "\(places == 1 ? "the place is" : "the places are") taken by \(names.en)",
      zh: ids.isEmpty ? "没有名额" : "名额已由\(names.zh)占用")
    return Derivation(
      .no,
      Text(
        "only the first \(max(0, places)) of \(from.en) are \(set.words.en), and it is number \(rank + 1): \(taken.en)",
        zh: "\(set.words.zh)只取\(from.zh)的前\(max(0, places))名，本条排第\(rank + 1)：\(taken.zh)"),
      children: placesWords(limit, places, at), location: set.location)
  }

  /// How the number of places comes about, where it is no figure of the rule by itself.
  private func placesWords(_ limit: Typed, _ places: Int64, _ at: Row) -> [Derivation] {
    if case .constant = limit.operation { return [] }
    let own = figures(limit, at), words = words(limit)
    if own.count == 1, own[0].text.en.hasPrefix(words.en) { return own }
    return [
      Derivation(
        .told, Text("\(words.en) = \(places)", zh: "\(words.zh)：\(places)"), children: own, location: limit.location)
    ]
  }
}

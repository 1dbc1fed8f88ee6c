// What bears a payment where the cap of a source decides it: another source than the shares say. Knows nothing of how
// it is decided.
import Diagnostics
import PolicyLanguage
import Reckoning

extension Narrator {
  /// A sentence for each of a subject's payments that other sources bear than the shares say.
  func sourceSteps(_ subject: String, _ ledger: Ledger) -> [Derivation] {
    let blocks = ledger.blocks.filter { $0.measure == run.index && $0.borne != nil }
    guard !blocks.isEmpty, let shares = run.document.borneShares(of: measure, run.settings) else { return [] }
    var out: [Derivation] = []
    for block in blocks {
      guard let borne = block.borne else { continue }
      for i in ledger.rows(of: subject, in: block).prefix(100) where block.standing(i) == .paid {
        if block.cut?.by[i] != nil { continue }
        let byShares = zip(shares, BorneParts.apportioned(block.amount(i), shares.map(\.share))).map { ($0.key, $1) }
        let own = borne.keys.indices.map { (borne.keys[$0], borne.fen[$0][i]) }
        let usual = Dictionary(uniqueKeysWithValues: byShares)
        if own.allSatisfy({ usual[$0.0, default: 0] == $0.1 }) { continue }
        let (found, stated) = (list(own), list(byShares))
        let whole = money(block.amount(i))
        out.append(
          Derivation(
            .told,
            Text(
              "the \(whole.en) are borne by: \(found.en); by the shares it would be: \(stated.en); "
                + "a source has reached its cap",
              zh: "\(whole.zh)由以下来源承担：\(found.zh)；按比例应为：\(stated.zh)；有来源额度已满"),
            children: stageSteps([CutPayment(block: block, row: i)], ledger)))
      }
    }
    return out
  }

  private func list(_ parts: [(key: String, fen: Int64)]) -> Text {
    let told = parts.filter { $0.fen != 0 }.map { key, fen -> Text in
      let (words, amount) = (Fund(rawValue: key)?.words ?? .same(key), money(fen))
      return Text("\(words.en) \(amount.en)", zh: "\(words.zh) \(amount.zh)")
    }
    return Text(told.map(\.en).joined(separator: ", "), zh: told.map(\.zh).joined(separator: "、"))
  }
}

extension Derivation {
  /// The same said of what one source bears.
  func saying(_ source: Text) -> Derivation {
    Derivation(
      verdict, Text("of the \(source.en)'s part: \(text.en)", zh: "\(source.zh)部分：\(text.zh)"), children: children,
      location: location)
  }
}

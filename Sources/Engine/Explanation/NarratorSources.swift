// What bears a payment where the cap of a source decides it: another source than the shares say. Knows nothing of how
// it is decided.
import Diagnostics
import PolicyLanguage
import Reckoning

extension Narrator {
  /// A sentence for each of a subject's payments that other sources bear than the shares say, and for what is taken
  /// back.
  func sourceSteps(_ subject: String, _ ledger: Ledger) -> [Derivation] {
    let blocks = ledger.blocks.filter { $0.measure == run.index && $0.borne != nil }
    guard !blocks.isEmpty, let shares = run.document.borneShares(of: measure, run.settings) else { return [] }
    var out: [Derivation] = []
    for block in blocks {
      guard let borne = block.borne else { continue }
      for i in ledger.rows(of: subject, in: block, within: list.map { .list($0) }).prefix(100) {
        let own = borne.keys.indices.map { (key: borne.keys[$0], fen: borne.fen[$0][i]) }
        if block.standing(i) == .recovered { out.append(backTo(own, block.amount(i))) }
        guard block.standing(i) == .paid, borne.passed.contains(where: { $0[i] != 0 }) else { continue }
        let (found, whole) = (list(own), money(block.amount(i)))
        let isCut = block.cut?.by[i] != nil
        var step = Text("the \(whole.en) are borne by: \(found.en)", zh: "\(whole.zh)由以下来源承担：\(found.zh)")
        // Of what is cut as well the shares would be told of another amount.
        if !isCut {
          let usual = BorneParts.apportioned(block.amount(i), shares.map(\.share))
          let stated = list(zip(shares, usual).map { ($0.key, $1) })
          step = Text("\(step.en); by the shares it would be: \(stated.en)", zh: "\(step.zh)；按比例应为：\(stated.zh)")
        }
        step = Text("\(step.en); a source has reached its cap", zh: "\(step.zh)；有来源额度已满")
        // What has cut it is told already.
        let stages = isCut ? [] : stageSteps([CutPayment(block: block, row: i)], ledger)
        out.append(Derivation(.told, step, children: stages))
      }
    }
    return out
  }

  /// That what is taken back goes back to the sources that bore it.
  private func backTo(_ parts: [(key: String, fen: Int64)], _ fen: Int64) -> Derivation {
    let (found, whole) = (list(parts.map { ($0.key, -$0.fen) }), money(-fen))
    return Derivation(
      .told,
      Text("the \(whole.en) taken back go back to: \(found.en)", zh: "追回的\(whole.zh)退回：\(found.zh)"))
  }

  private func list(_ parts: [(key: String, fen: Int64)]) -> Text {
    let told = parts.filter { $0.fen != 0 }.map { key, fen -> Text in
      let (words, amount) = (BorneParts.words(key), money(fen))
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

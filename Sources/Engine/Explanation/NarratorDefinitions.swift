// What a definition's figure or day rests on: what it looks up, or the facts of the records that it is given. Knows
// nothing of conditions.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// So many facts of what a definition is given are told.
  private static var mostFacts: Int { 8 }

  /// What a definition's figure rests on: where it looks something up, that as it is told anywhere; else the facts that
  /// it asks of the records it is given, one beside the other.
  func insideOf(_ definition: Definition, _ args: [Typed], _ at: Row) -> [Derivation] {
    guard argumentWords.count < 12 else { return [] }
    let looksUp = definition.body.hasPart(where: { $0.telling != nil })
    let isGivenRecords = args.contains { if case .record = $0.type { true } else { false } }
    guard looksUp || (isGivenRecords && definition.body.type != .truth) else { return [] }
    let said = args.map { words($0) }
    return run.lowering.with(args, at.context) {
      argumentWords.append(said)
      defer { argumentWords.removeLast() }
      if looksUp { return facts([definition.body], at) }
      var out: [Derivation] = []
      plainFacts(definition.body, at, &out)
      return Array(out.prefix(Narrator.mostFacts))
    }
  }

  /// The facts that an expression asks of a definition's arguments, also through other definitions; what nobody has
  /// stated, or is not there, is left to who asks for it.
  private func plainFacts(_ t: Typed, _ at: Row, _ out: inout [Derivation]) {
    var found: [Derivation] = []
    t.walk { part in
      switch part.operation {
      case .field(let record, let field):
        guard case .argument = record.operation, field.type != .bool else { return .into }
        switch part.type {
        case .record, .set, .broken, .nothing: return .past
        case .truth, .number, .months, .partMonths, .days, .money, .amount, .rate, .share, .decimal, .fraction, .date,
          .dateOrYear, .place, .text, .choice:
          break
        }
        let own = value(part, at)
        if own.zh != "无", own.zh != "未填" { found.append(factLine(part, own, [])) }
        return .past
      case .call(let definition, let args):
        args.forEach { plainFacts($0, at, &found) }
        guard argumentWords.count < 12 else { return .past }
        let said = args.map { words($0) }
        run.lowering.with(args, at.context) {
          argumentWords.append(said)
          defer { argumentWords.removeLast() }
          plainFacts(definition.body, at, &found)
        }
        return .past
      case _: return .into
      }
    }
    for line in found where !out.contains(where: { $0.text == line.text }) { out.append(line) }
  }
}

// What a measure was run with, its parameters and readings, and what facts are called where somebody asks for them.
// Knows nothing of what they decide.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  func settings() -> [Derivation] {
    var out: [Derivation] = []
    // Of a table's figures those that the measure looks up.
    let all = run.document.parameters + measure.parameters
    let mentioned = mentioned()
    for p in all where mentioned.parameters.contains(p.id) && !mentioned.far.contains(p.id) {
      let v =
        run.lowering.parameterValue(p.id).map { describe(MeasureRun.Scalar(int64: $0), p.type) }
        ?? Text("not supplied", zh: "未提供")
      let shown =
        p.type == .date
        ? run.lowering.parameterValue(p.id).map { .same(Day(number: Int32(clamping: $0)).text) } ?? .same("–") : v
      out.append(
        Derivation(
          .told, Text("\(p.fullWords.en) = \(shown.en)", zh: "\(p.fullWords.zh) \(shown.zh)\(p.countingWord)"),
          location: p.location))
    }
    for (table, rows) in mentioned.left {
      let many = rows == 1 ? "1 row" : "\(Decimals.grouped(String(rows))) rows"
      out.append(
        Derivation(.told, Text("\(many) more of \(table.en)", zh: "\(table.zh) 另有 \(rows) 行"), location: nil))
    }
    for r in run.document.readings + measure.readings + Reading.global
    where !r.isGlobalOnly && r.isAsked(in: [run.document]) && (r.id == r.name || mentioned.readings.contains(r.id)) {
      let i = run.settings.choice(of: r, for: measure)
      // A general reading is worth a word where it is not the usual one.
      if r.id == r.name, i == r.defaultIndex { continue }
      let choice = r.choices[i].words
      out.append(
        Derivation(.told, Text("\(r.name): \(choice.en)", zh: "\(r.words.zh)＝\(choice.zh)"), location: r.location))
    }
    return out
  }

  /// What a fact is called where somebody asks for it: a definition's argument by what was given for it.
  func words(_ t: Typed) -> Text {
    if let name = t.givenName { return name }
    // The beginning and end that a spell implies are not written in the rule.
    if case .selfField(let f) = t.operation { return f.words }
    if case .field(let record, let f) = t.operation {
      let owner = words(record)
      return Text(owner.en + "." + f.name, zh: owner.zh + "的" + f.words.zh)
    }
    if case .spellEnd(let join) = t.operation, let list = dataset.dictionary.list(join.list),
      let end = list.ends.flatMap({ list.field($0) })
    {
      return end.words
    }
    if case .argument(let i) = t.operation, let given = argumentWords.last, given.indices.contains(i) {
      return given[i]
    }
    return excerpt(t)
  }
}

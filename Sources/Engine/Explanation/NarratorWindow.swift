// Whether a day lies in the measure's window, by the name of the fact that the day is: "start 2022-02-10 lies within
// 2022-01-28 – 2023-12-31". Knows nothing of what follows from it.
import Diagnostics
import Facts
import PolicyLanguage
import Reckoning

extension Narrator {
  /// What the window makes of a frame; nil where it is not asked.
  func windowStep(_ at: Row) -> Derivation? {
    guard run.settings.mode == .enacted, measure.window != nil, !run.lowering.windowOnAccrual || measure.pays.isEmpty
    else { return nil }
    let date: Node?
    let name: Text
    switch at.context {
    case .frame:
      date = run.frameBegins(yearly: run.yearsFromMembers)
      name = beginning(measure.selection.begins, run.frameList.map { dataset.tables[$0].declaration })
    case .member(let list, _, _), .pair(_, let list):
      date = run.begins(dataset.tables[list].declaration, at.context)
      name = beginning(nil, dataset.tables[list].declaration)
    }
    guard let date, let condition = run.window(date) else { return nil }
    return windowStep(name, describe(evaluate(date, at.row), .date), truth(condition, at.row))
  }

  /// What the window makes of a day.
  func windowStep(_ name: Text, _ day: Text, _ truth: UInt8) -> Derivation {
    let verdict = verdict(truth)
    let window = windowText()
    let text: Text
    let general = Text("\(name.en) lies within \(window.en)", zh: "\(name.zh)在施行期限\(window.zh)之内")
    switch verdict {
    case .yes, .told:
      text = Text("\(name.en) \(day.en) lies within \(window.en)", zh: "\(name.zh) \(day.zh)，在施行期限\(window.zh)之内")
    case .no:
      text = Text(
        "\(name.en) \(day.en) does not lie within \(window.en)", zh: "\(name.zh) \(day.zh)，不在施行期限\(window.zh)之内")
    case .unknown, .elsewhere: text = general
    }
    var step = Derivation(verdict, text, location: measure.window?.location)
    if case .unknown = verdict { step.openFact = name }
    if case .no = verdict { step.inGeneral = general }
    return step
  }

  /// What the day is called by which a record falls into the window: the fact's name where the rule names one.
  func beginning(_ begins: Typed?, _ declaration: ListDeclaration?) -> Text {
    if let begins {
      if case .selfField(let field) = begins.operation { return field.words }
      if case .field = begins.operation { return words(begins) }
      return Text("the day that counts", zh: "据以判断期限之日")
    }
    return declaration.flatMap { list in list.begins.flatMap { list.field($0)?.words } } ?? Text("begins on", zh: "起始日")
  }

  /// The window, with open ends said as such.
  func windowText() -> Text {
    func end(_ t: Typed?) -> String? {
      guard let t, case .constant32(let d) = run.lowering.lower(t, .frame(list: nil)).op, d > Absent.none32 else {
        return nil
      }
      return Day(number: d).text
    }
    let from = end(measure.window?.from), to = end(measure.window?.to)
    let zh: String
    switch (from, to) {
    case (let from?, let to?): zh = " \(from) 至 \(to) "
    case (let from?, nil): zh = "（\(from) 起，未定届满日）"
    case (nil, let to?): zh = "（至 \(to)）"
    case (nil, nil): zh = "（取决于事实）"
    }
    return Text((from ?? "…") + " – " + (to ?? "…"), zh: zh)
  }
}

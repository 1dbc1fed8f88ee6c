// What a page that is served has beside one that is not: cells and exercises that a script finds again, and the
// notebook's parameters as things to move. Knows nothing of how the script and the program talk.

import Diagnostics
import PolicyLanguage
import Reckoning
import Sessions
import View

extension NotebookPage {
  /// Identity numbers are covered where people do not see them whole.
  func covered(_ html: String) -> String { run.session.showsIdNumbers ? html : PersonalNumbers.covered(html) }

  func liveCell(_ cell: NotebookCell, _ outcome: CellOutcome?) -> String {
    let name = HTMLRenderer.escaped(word(cell.name))
    return
      "<div class=\"cell\" id=\"cell-\(cell.number)\" data-cell=\"\(cell.number)\" data-kind=\"\(cell.kind.rawValue)\" "
      + "data-name=\"\(name)\">\n\(liveInside(cell, outcome))</div>"
  }

  /// What is seen of a cell. What came out where nothing else is shown is said as well, when something is wrong.
  func liveInside(_ cell: NotebookCell, _ outcome: CellOutcome?) -> String {
    let html = inside(cell, outcome)
    guard let outcome, outcome.failed, cell.options.isSilent || cell.kind != .commands && cell.output == nil else {
      return html
    }
    return html + answers(outcome)
  }

  /// An exercise with a place to answer it.
  func exercise(_ cell: NotebookCell) -> String {
    let name = cell.options.attempt ?? ""
    let title = HTMLRenderer.escaped(word(Text("Exercise \(name)", zh: "练习 \(name)")))
    let id = "attempt-\(cell.number)"
    let given = HTMLRenderer.escaped(cell.text.trimmingSpaces)
    return """
      <form class="exercise" id="cell-\(cell.number)" data-exercise="\(HTMLRenderer.escaped(name))">
      <label class="label" for="\(id)">\(title)</label>
      <textarea id="\(id)" rows="2" spellcheck="false" autocapitalize="off" autocomplete="off" \
      aria-describedby="\(id)-verdict">\(given)</textarea>
      <div class="tools"><button type="submit">\(word(Text("Check", zh: "核对")))</button>\
      <span class="verdict" id="\(id)-verdict" role="status"></span></div>
      <div class="tried"></div>
      </form>
      """
  }

  // MARK: Parameters

  /// The notebook's parameters with their values.
  var controls: String {
    let parameters = run.notebook.front.parameters
    guard !parameters.isEmpty else { return "" }
    let title = HTMLRenderer.escaped(word(Text("Parameters", zh: "参数")))
    return "<form class=\"controls\" id=\"controls\" aria-label=\"\(title)\">\n"
      + zip(parameters, run.parameterValues).enumerated().map { i, pair in
        ParameterControl(pair.0, value: pair.1.value, number: i + 1, language).html
      }.joined(separator: "\n") + "\n</form>\n"
  }
}

/// One parameter as something to move.
struct ParameterControl {
  private let parameter: NotebookParameter
  private let value: String
  private let id: String
  private let language: Language

  init(_ parameter: NotebookParameter, value: String, number: Int, _ language: Language) {
    (self.parameter, self.value, self.language) = (parameter, value, language)
    id = "parameter-\(number)"
  }

  private func escaped(_ text: String) -> String { HTMLRenderer.escaped(text) }

  /// The whole of it, with its label.
  var html: String {
    let label = escaped(parameter.meaning ?? parameter.name)
    let name = escaped(parameter.name)
    let (kind, inside) = control
    let heading =
      kind == "choices"
      ? "<span class=\"name-of\" id=\"\(id)-label\">\(label)</span>"
      : "<label class=\"name-of\" for=\"\(id)\">\(label)</label>"
    return
      "<div class=\"control \(kind)\" data-parameter=\"\(name)\" data-kind=\"\(kind)\"\(measure)>\(heading)"
      + "\(inside)<p class=\"refusal\" role=\"alert\"></p></div>"
  }

  private var control: (kind: String, html: String) {
    switch parameter.kind {
    case .name, .value(.place): ("words", words)
    case .value(.date): ("date", date)
    case .value(.choice(let choices)): self.choices(choices)
    case .value(let type): ("slider", slider(type))
    }
  }

  private var words: String {
    "<input type=\"text\" id=\"\(id)\" class=\"exact\" value=\"\(escaped(value))\" spellcheck=\"false\">"
  }

  private var date: String {
    func bound(_ name: String, _ raw: Int64?) -> String {
      raw.map { " \(name)=\"\(ValueText.typed($0, .date))\"" } ?? ""
    }
    return "<input type=\"date\" id=\"\(id)\" class=\"exact\" value=\"\(escaped(value))\""
      + bound("min", parameter.least) + bound("max", parameter.most) + ">"
  }

  /// Two opposites are a switch, a few things to choose from lie side by side, more are a list.
  private func choices(_ choices: [String]) -> (String, String) {
    if choices.count == 2, let on = choices.first(where: { ParameterControl.yes.contains($0.lowercased()) }),
      let off = choices.first(where: { ParameterControl.no.contains($0.lowercased()) })
    {
      let state = value == on ? " checked" : ""
      return (
        "switch",
        "<input type=\"checkbox\" role=\"switch\" id=\"\(id)\" data-on=\"\(escaped(on))\" data-off=\"\(escaped(off))\""
          + "\(state)>"
      )
    }
    if choices.count <= 5 {
      let all = choices.enumerated().map { i, choice in
        "<label><input type=\"radio\" name=\"\(id)\" value=\"\(escaped(choice))\"\(choice == value ? " checked" : "")>"
          + "<span>\(escaped(choice))</span></label>"
      }
      return (
        "choices",
        "<span class=\"group\" role=\"radiogroup\" aria-labelledby=\"\(id)-label\">\(all.joined())</span>"
      )
    }
    let all = choices.map { "<option\($0 == value ? " selected" : "")>\(escaped($0))</option>" }
    return ("list", "<select id=\"\(id)\">\(all.joined())</select>")
  }

  private static let yes: Set<String> = ["yes", "on", "true", "是", "开"]
  private static let no: Set<String> = ["no", "off", "false", "否", "关"]

  // MARK: Sliders

  /// What a raw figure is divided by for people, and the word behind it.
  private static func writing(_ type: ValueType) -> (decimals: Int, unit: Text) {
    switch type {
    case .money: (2, Text("yuan", zh: "元"))
    case .share: (6, Text("%", zh: "%"))
    case .months: (0, Text("months", zh: "个月"))
    case .days: (0, Text("days", zh: "天"))
    case .truth, .number, .partMonths, .amount, .rate, .decimal, .fraction, .date, .dateOrYear, .place, .text, .choice,
      .record, .set, .nothing, .broken:
      (0, Text("", zh: ""))
    }
  }

  /// For the script: how a figure of the slider is written.
  private var measure: String {
    guard case .value(let type) = parameter.kind, case "slider" = control.kind else { return "" }
    let (decimals, unit) = ParameterControl.writing(type)
    return " data-decimals=\"\(decimals)\" data-suffix=\"\(type == .share ? "%" : "")\" "
      + "data-unit=\"\(escaped(unit.in(language)))\""
  }

  private func slider(_ type: ValueType) -> String {
    let now = (try? ValueText.read(value, as: type, places: Library.noPlaces)) ?? parameter.least ?? 0
    let (least, most) = bounds(now, type)
    let (decimals, unit) = ParameterControl.writing(type)
    func plain(_ raw: Int64) -> String { Decimals.text(raw, scale: decimals, keep: 0) }
    let label = escaped(unit.in(language))
    return
      "<input type=\"range\" class=\"slide\" id=\"\(id)\" min=\"\(least)\" max=\"\(most)\" step=\"1\" "
      + "data-step=\"\(ParameterControl.step(most - least, type))\" value=\"\(min(max(now, least), most))\" "
      + "aria-valuetext=\"\(escaped(plain(now))) \(label)\">"
      + "<span class=\"figure\"><input type=\"text\" inputmode=\"decimal\" class=\"exact\" "
      + "value=\"\(escaped(plain(now)))\" "
      + "aria-label=\"\(escaped(parameter.meaning ?? parameter.name)) (\(label))\" autocomplete=\"off\">"
      + "<span class=\"unit\" aria-hidden=\"true\">\(label)</span></span>"
      + "<span class=\"bounds\" aria-hidden=\"true\"><span>\(escaped(plain(least)))</span>"
      + "<span>\(escaped(plain(most)))</span></span>"
  }

  /// From where to where the slider goes: as far as the notebook lets it, and where it says nothing as far again as the
  /// value that it brings.
  private func bounds(_ now: Int64, _ type: ValueType) -> (Int64, Int64) {
    let least = parameter.least ?? 0
    if let most = parameter.most { return (least, max(most, least)) }
    let unit = ParameterControl.unit(type)
    let given = (try? ValueText.read(parameter.byDefault, as: type, places: Library.noPlaces)) ?? now
    return (least, max(least + 10 * unit, 2 * max(given, now)))
  }

  private static func unit(_ type: ValueType) -> Int64 {
    (0..<writing(type).decimals).reduce(1) { unit, _ in unit * 10 }
  }

  /// About a hundred steps, of 1, 2 or 5 units, tens of units and so on.
  private static func step(_ range: Int64, _ type: ValueType) -> Int64 {
    var step = range >= 100 * unit(type) ? unit(type) : max(1, unit(type) / 100)
    let factors: [Int64] = [2, 5, 10]
    while step > 0 {
      guard range / step > 100 else { return step }
      step = factors.map { step * $0 }.first { range / $0 <= 100 } ?? step * 10
    }
    return 1
  }
}

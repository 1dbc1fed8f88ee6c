// A cell that says that nobody knows, where an empty one says something else: what is wrong with it, and how to settle
// it. Knows nothing of where the cell stood.
import Diagnostics

/// A word such as 不详 for a field whose absence means none or the usual value.
struct UnknownValue {
  let text: String
  let field: Field

  /// What the absence of the field's value says.
  private var absent: Text {
    switch field.absence {
    case .none, .empty, .required, .unknown: return Text("that there is none", zh: "没有")
    case .field(let other): return Text("that it is the same as `\(other)`", zh: "与“\(other)”相同")
    case .value(let raw):
      switch field.type {
      case .bool: return raw == 1 ? Text("yes", zh: "“是”") : Text("no", zh: "“否”")
      case .choice(let choices):
        guard let n = Int(exactly: raw), choices.indices.contains(n), field.choices.indices.contains(n) else { break }
        return Text("`\(choices[n])`", zh: "“\(field.choices[n].zh)”")
      case .text, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .reference, .set:
        break
      }
      return Text("the usual value", zh: "默认值")
    }
  }

  /// What settles the cell where its absence is meant: for a scenario's `cells`.
  private var settled: Text {
    if case .value(let raw) = field.absence, case .bool = field.type {
      return raw == 1 ? Text("yes", zh: "是") : Text("no", zh: "否")
    }
    return Text("none", zh: "无")
  }

  /// What was found.
  var message: Text {
    let shown = ValueProblem.shown(text), name = field.name
    return Text(
      "`\(shown)` says that nobody knows, and a record without `\(name)` says \(absent.en)",
      zh: " `\(shown)` 表示不清楚，而\(field.words.zh)不填即表示\(absent.zh)")
  }

  /// What to do.
  /// - Parameter isOfFile: whether a scenario may speak of the file's columns.
  func hint(isOfFile: Bool) -> Text {
    let plain = Text(
      "find out and write it, or leave it out if \(absent.en == "that there is none" ? "there is none" : "that is so")",
      zh: "请查明后填写；确实\(absent.zh == "没有" ? "没有的" : "如此的")不填")
    guard isOfFile else { return plain }
    let offer = ValueProblem.columnsOffer, shown = ValueProblem.shown(text)
    return Text(
      "\(plain.en)\(offer.en): `cells: {\"\(shown)\": \(settled.en)}`",
      zh: "\(plain.zh)\(offer.zh)：`单元格: {\"\(shown)\": \(settled.zh)}`")
  }
}

extension ValueProblem {
  /// The code of a value that is none of its type.
  static func code(of type: FieldType) -> String {
    switch type {
    case .bool: "not-a-boolean"
    case .int: "not-a-whole-number"
    case .money: "not-money"
    case .figure: "not-a-figure"
    case .date, .dateOrMonth, .dateOrYear: "not-a-date"
    case .place, .county, .area: "unknown-place"
    case .choice: "unknown-choice"
    case .text, .reference: "unknown-id"
    case .set(let member): code(of: member)
    }
  }
}

// How a value was written, where that is not the usual way, and the notes that tell of it: one for each column, with
// how often each way was met. Knows nothing of files or of how values are read.
import Diagnostics
import Reckoning

/// A way of writing that is read because it has one meaning.
enum WrittenForm: Hashable, Sendable {
  case date, digits, time, weekday, serial
  case amount
  /// With a unit, told apart by how much it counts.
  case unit(Int64)
  /// Without a unit of its own below a heading that has one, told apart by the figures before the point: 0.42 and 4200
  /// in a column of 万元 are hardly meant alike.
  case scaled(Int)
  /// A word or mark, told apart by what it means.
  case word(Int64)
  case nothing, stillThere
  /// A word that says that nobody has introduced somebody: each is told by itself.
  case unintroduced(String)
  /// The mark for what stands in the cell above.
  case ditto
  /// A place in another way than by its code or name, and something within one: told apart by the place.
  case place(Int32)
  case longCode(Int32)
  /// A code or name that has been replaced: each is told by itself.
  case formerPlace(String)
  /// The name of a record where its id is asked: each is told by itself.
  case name(String)
  /// With blanks or marks in it or around it that only fill.
  case filled
  /// An identity number of 15 digits.
  case short
}

/// What a cell says, and how it was written where that was not the usual way.
struct Reading {
  /// Nil when the cell states nothing.
  let value: Typed?
  let form: WrittenForm?
  /// More about what it was read as: since when a code is another.
  var remark: Text?

  init(_ value: Typed?, _ form: WrittenForm? = nil, _ remark: Text? = nil) {
    self.value = value
    self.form = form
    self.remark = remark
  }
}

/// What was read in one column otherwise than usual.
struct ReadAs {
  struct Entry {
    let sample: String
    let shown: Text
    var count: Int
    /// The first of them, for its place.
    let first: SuspectRow?
    let location: SourceRange?
  }

  private(set) var entries: [WrittenForm: Entry] = [:]
  private var order: [WrittenForm] = []

  var isEmpty: Bool { entries.isEmpty }
  var count: Int { entries.values.reduce(0) { $0 + $1.count } }
  /// The entries in the order in which they were met.
  var listed: [Entry] { order.compactMap { entries[$0] } }

  /// How many ways of one column are told; places that have changed can be many.
  private static let shown = 8

  /// Counts one cell more.
  /// - Returns: false where the way of writing is new and has to be added.
  @inline(__always)
  mutating func count(_ form: WrittenForm) -> Bool {
    guard let index = entries.index(forKey: form) else { return false }
    entries.values[index].count += 1
    return true
  }

  mutating func add(
    _ form: WrittenForm, _ sample: String, as shown: Text, _ location: SourceRange? = nil, at first: SuspectRow? = nil,
    count: Int = 1
  ) {
    if let index = entries.index(forKey: form) {
      entries.values[index].count += count
    } else {
      entries[form] = Entry(sample: sample, shown: shown, count: count, first: first, location: location)
      order.append(form)
    }
  }

  /// Adds what another run of the same column has counted, whose rows begin at `firstRow`.
  mutating func add(_ other: ReadAs, firstRow: Int) {
    for form in other.order {
      guard let entry = other.entries[form] else { continue }
      let first = entry.first.map { SuspectRow(row: $0.row + firstRow, line: $0.line, offset: $0.offset) }
      add(form, entry.sample, as: entry.shown, entry.location, at: first, count: entry.count)
    }
  }

  /// The note on a column.
  /// - Parameter column: its heading, or the field that records state.
  func note(_ column: Text, at location: SourceRange?) -> Diagnostic {
    let name = Text(ValueProblem.shown(column.en), zh: ValueProblem.shown(column.zh))
    let ways = listed.prefix(ReadAs.shown)
    let message: Text
    if count == 1, let only = ways.first {
      let sample = ValueProblem.shown(only.sample)
      message = Text(
        "`\(name.en)`: `\(sample)` is read as \(only.shown.en)", zh: "`\(name.zh)`：`\(sample)` 读作\(only.shown.zh)")
    } else {
      let parts = ways.map { entry in
        let sample = ValueProblem.shown(entry.sample)
        return Text(
          "`\(sample)` as \(entry.shown.en) (\(entry.count))", zh: "`\(sample)` 读作\(entry.shown.zh)（\(entry.count) 处）")
      }
      let more = listed.count > ReadAs.shown
      message = Text(
        "`\(name.en)`: \(count) values are read so: " + parts.map(\.en).joined(separator: ", ") + (more ? ", …" : ""),
        zh: "`\(name.zh)` 有 \(count) 处写法不同，识别为：" + parts.map(\.zh).joined(separator: "、") + (more ? "……" : ""))
    }
    return Diagnostic(
      .note, code: "read-as", message, hint: Text("check that this is what was meant", zh: "请核对是否如此"), at: location)
  }
}

extension Reading {
  /// What the value is, in words, for a note.
  func shown(_ field: Field, _ places: Gazetteer) -> Text {
    if form == .stillThere { return Text("no last day", zh: "“没有结束”") }
    guard let value else { return Text("nothing", zh: "“没有填写”") }
    let text: Text
    switch value {
    case .number(let raw): text = Reading.shown(raw, field.type, field, places)
    case .text(let id): text = Text(id, zh: " " + id)
    case .numbers(let values):
      var member = field.type
      if case .set(let inner) = field.type { member = inner }
      let all = values.map { Reading.shown(Int64($0), member, field, places) }
      text = Text(
        all.map(\.en).joined(separator: ", "), zh: " " + all.map { $0.zh.trimmingBlanks }.joined(separator: "、"))
    case .texts(let ids): text = Text(ids.joined(separator: ", "), zh: " " + ids.joined(separator: "、"))
    }
    guard let remark else { return text }
    return Text(text.en + ", " + remark.en, zh: " " + text.zh.trimmingBlanks + "，" + remark.zh)
  }

  /// - Parameters:
  ///   - type: of a member, where the field holds several.
  ///   - field: whose choices have names.
  private static func shown(_ raw: Int64, _ type: FieldType, _ field: Field, _ places: Gazetteer) -> Text {
    func spaced(_ text: String) -> Text { Text(text, zh: " " + text) }
    switch type {
    case .bool: return raw == 1 ? Text("yes", zh: "“是”") : Text("no", zh: "“否”")
    case .money:
      let yuan = Money(fen: raw).grouped
      return Text("\(yuan) yuan", zh: " \(yuan) 元")
    case .figure(let figure): return spaced(figure.text(raw))
    case .date, .dateOrMonth, .dateOrYear: return spaced(ListColumns.dayText(Int32(truncatingIfNeeded: raw)))
    case .place, .county, .area:
      guard let id = Int(exactly: raw), places.codes.indices.contains(id) else { return spaced(String(raw)) }
      return spaced("\(places.codes[id].text) \(places.fullName(Int32(truncatingIfNeeded: id)))")
    case .choice(let choices):
      guard let n = Int(exactly: raw), choices.indices.contains(n) else { return spaced(String(raw)) }
      let words = field.choices
      return words.indices.contains(n) ? Text(choices[n], zh: "“\(words[n].zh)”") : spaced(choices[n])
    case .int, .text, .reference, .set: return spaced(String(raw))
    }
  }
}

extension String {
  fileprivate var trimmingBlanks: String { String(Members.trimmed(self[...])) }
}

// What a cell means whose text is not in one of the usual forms: read where there is one meaning, with how it was
// written; refused with the meanings where there are several. Knows nothing of where the text stood.
import Diagnostics
import Reckoning

/// What decides about the meaning of a cell beside its field.
struct CellContext: Sendable {
  /// Whether the date forms of bulk files need no word.
  var loose = true
  /// Whether other ways of writing are read.
  var offices = true
  /// By how much numbers are multiplied: the unit in a column's heading.
  var scale: Int64 = 1
  /// What somebody has said of how days are written.
  var dates = DateOrder()
  /// What somebody has said that texts stand for which mean nothing by themselves.
  var cells: [String: String] = [:]

  /// A worked example of a policy document: only the usual forms.
  static let strict = CellContext(loose: false, offices: false)
  /// A scenario's own records.
  static let records = CellContext(loose: false)
}

extension FieldType {
  /// Whether it holds places.
  fileprivate var isPlace: Bool {
    switch self {
    case .place, .county, .area: true
    case .text, .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .choice, .reference, .set: false
    }
  }
}

extension ValueReader {
  /// Reads a text in any way that has one meaning.
  func reading(_ text: String, _ field: Field, _ context: CellContext) throws(ValueProblem) -> Reading {
    guard context.offices else { return Reading(try read(text, field, loose: context.loose)) }
    if !context.cells.isEmpty, let other = context.cells[ColumnMapping.plain(text)] {
      var plain = context
      plain.cells = [:]
      let reading = try self.reading(other, field, plain)
      return Reading(reading.value, nil, reading.remark)
    }
    do { return try plainReading(text, field, context) } catch {
      guard let other = CellPattern.applied(text, context.cells) else { throw error }
      var plain = context
      plain.cells = [:]
      do { return try plainReading(other, field, plain) } catch _ { throw error }
    }
  }

  /// Reads a text for which nothing else is said to stand.
  private func plainReading(
    _ text: String, _ field: Field, _ context: CellContext
  ) throws(ValueProblem) -> Reading {
    if field.isSigned, let amount = AmountWriting.belowNought(text) {
      let reading = try plainReading(amount, field, context)
      guard case .number(let raw)? = reading.value else { return reading }
      return Reading(.number(-raw), reading.form, reading.remark)
    }
    // Of what has to be stated it is told that it is missing.
    if let form = WordWriting.blank(text, field) { return Reading(nil, field.absence == .required ? nil : form) }
    if let problem = WordWriting.notKnown(text, field, isOfFile: context.loose) { throw problem }
    switch field.type {
    case .text, .reference:
      let value = try read(text, field, loose: context.loose)
      if case .text(let text)? = value, CellText.isScientific(text) { throw .cutNumber(text) }
      return Reading(value)
    case .set(let member): return try set(Members.split(text), member, field, context)
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice:
      if field.type.isPlace, let ids = places.rivals(String(Members.trimmed(text[...]))) { throw several(text, ids) }
      do {
        if context.scale == 1 { return Reading(try read(text, field, loose: context.loose)) }
      } catch {
        if let reading = try unusual(text, field.type, field, context) { return reading }
        if case .notDate(let said, let type, _) = error, OpenEnds.isLast(field.name) == true {
          throw .notDate(said, type, isLast: true)
        }
        throw error
      }
      if let reading = try unusual(text, field.type, field, context) { return reading }
      return Reading(try read(text, field, loose: context.loose))
    }
  }

  /// The same of a field that is stated as a list of texts.
  func reading(list texts: [String], _ field: Field, _ context: CellContext) throws(ValueProblem) -> Reading {
    guard context.offices, case .set(let member) = field.type else {
      return Reading(try read(list: texts, field, loose: context.loose))
    }
    let members = texts.map { Members.trimmed($0[...]) }.filter { !$0.isEmpty }
    return try set(members, member, field, context)
  }

  private func set(
    _ texts: [Substring], _ member: FieldType, _ field: Field, _ context: CellContext
  ) throws(ValueProblem) -> Reading {
    switch member {
    case .text, .reference: return Reading(.texts(texts.map(String.init)))
    case .bool, .int, .money, .figure, .date, .dateOrMonth, .dateOrYear, .place, .county, .area, .choice, .set: break
    }
    let one = Field(
      name: field.name, type: member, absence: .none, labels: [], choiceLabels: field.choiceLabels,
      meaning: field.meaning)
    var values: Set<Int32> = []
    var form: WrittenForm?
    for text in texts {
      let reading = try self.reading(String(text), one, context)
      form = form ?? reading.form
      guard case .number(let raw)? = reading.value else { continue }
      if EmptyDays.stands(raw, for: member) { throw .placeholderDay(String(text)) }
      guard let value = Int32(exactly: raw) else { throw .tooLarge(String(text), limit: "21474836.47") }
      values.insert(value)
    }
    return Reading(.numbers(values.sorted()), form)
  }

  /// - Returns: nil where the text has no meaning in this way either.
  private func unusual(
    _ text: String, _ type: FieldType, _ field: Field, _ context: CellContext
  ) throws(ValueProblem) -> Reading? {
    let trimmed = String(Members.trimmed(text[...]))
    if trimmed.isEmpty { return nil }
    switch type {
    case .bool:
      let said = WordWriting.bool(trimmed) ?? WordWriting.bool(trimmed, of: field) ?? WordWriting.checkedBool(trimmed)
      return said.map { Reading(.number($0 ? 1 : 0), .word($0 ? 1 : 0)) }
    case .int:
      return try AmountWriting(text: trimmed, scale: context.scale).whole(field).map {
        Reading(.number($0.raw), $0.form)
      }
    case .money:
      let isMonthly = field.name.hasPrefix("monthly")
      return try AmountWriting(text: trimmed, scale: context.scale).money(isMonthly: isMonthly).map {
        Reading(.number($0.raw), $0.form)
      }
    case .date, .dateOrMonth, .dateOrYear:
      return try DateWriting(
        text: trimmed, type: type, order: context.dates, isLast: OpenEnds.isLast(field.name)
      ).read().map {
        Reading(.number(Int64($0.raw)), $0.form)
      }
    case .place: return try placeReading(trimmed)
    case .county:
      guard let reading = try placeReading(trimmed), case .number(let raw)? = reading.value else { return nil }
      _ = try county(Int32(truncatingIfNeeded: raw), trimmed)
      return reading
    case .area(let level):
      guard let reading = try placeReading(trimmed), case .number(let raw)? = reading.value else { return nil }
      _ = try area(Int32(truncatingIfNeeded: raw), level, trimmed)
      return reading
    case .figure(let figure):
      return try figure.reading(trimmed, scale: context.scale).map { Reading(.number($0), .amount) }
    case .choice(let choices):
      return WordWriting.choice(trimmed, choices, field.choiceLabels).map {
        Reading(.number(Int64($0)), .word(Int64($0)))
      }
    case .text, .reference, .set: return nil
    }
  }

  private func placeReading(_ text: String) throws(ValueProblem) -> Reading? {
    let parts = text.split { $0.isWhitespace || "/／,，、;；|和与及或".contains($0) }.map { CellText.closed(String($0)) }
    switch places.apart(parts) ?? places.reading(CellText.closed(text)) {
    case .found(let id, let way):
      switch way {
      case .written: return Reading(.number(Int64(id)), .place(id))
      case .within: return Reading(.number(Int64(id)), .longCode(id))
      case .former(let since):
        let remark = Text("which it has been since \(since)", zh: "自 \(ValueReader.since(since))起改为此地")
        return Reading(.number(Int64(id)), .formerPlace(text), remark)
      case .later(let since):
        let day = ValueReader.since(since)
        let remark = Text("which has been called so since \(since)", zh: "自 \(day)起改用此名")
        return Reading(.number(Int64(id)), .formerPlace(text), remark)
      case .carved(let since):
        let remark = Text(
          "of which it has been a place of its own since \(since)", zh: "\(ValueReader.since(since))由此地划出设立，按原属地处理")
        return Reading(.number(Int64(id)), .formerPlace(text), remark)
      }
    case .several(let ids): throw several(text, ids)
    case .unknown:
      if let joined = LaterPlaces.joined(in: CellText.closed(text)) { throw unknown(text, joined) }
      return nil
    }
  }

  private static func since(_ text: String) -> String { text.utf8.count == 4 ? text + " 年" : text + " " }

  private func several(_ text: String, _ ids: [Int32]) -> ValueProblem {
    let named = ids.prefix(8).map { "\(places.codes[Int($0)].text) \(places.fullName($0))" }
    return .ambiguousPlace(text, named + (ids.count > 8 ? ["…"] : []))
  }

  /// That a place is not in the table, which has those that it was made of.
  private func unknown(_ text: String, _ joined: LaterPlaces.Joined) -> ValueProblem {
    let parts = joined.of.compactMap { code in places.id(code: code).map { "\(code) \(places.names[Int($0)])" } }
    let year = LaterPlaces.tableYear
    return .unknownPlace(
      text,
      Text(
        "the table of places is that of \(year); \(joined.name) was made in \(joined.since) of "
          + "\(parts.joined(separator: " and ")): write the code of the one that is meant",
        zh: "地名表为 \(year) 年的区划；\(joined.name) \(joined.since) 年由 \(parts.joined(separator: "、"))"
          + "（或其一部分）设立，请写原属地的代码"))
  }
}

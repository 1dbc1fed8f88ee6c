// Ids as they stand in a file of payments. Nearly every id is copied from the facts as it is; one that needs quotes or
// escapes, or that would act on a terminal, is made as every other text of the program.

import Answers
import Commands
import Diagnostics
import Engine
import Facts
import Reports
import Synchronization
import View

/// How ids are written.
final class PaymentFields: @unchecked Sendable {
  private let list: PaymentList
  private let form: PaymentWriter.Form
  /// Which of the 256 bytes show that an id may not be copied: not zero for each of them. Never written after `init`.
  private let special: UnsafeMutablePointer<UInt8>
  /// Which of them show it where they stand first: a spreadsheet might take the id for a formula.
  private let opening: UnsafeMutablePointer<UInt8>
  private let acting = Mutex<Bool?>(nil)

  init(_ list: PaymentList, _ form: PaymentWriter.Form) {
    self.list = list
    self.form = form
    special = .allocate(capacity: 256)
    special.initialize(repeating: 0, count: 256)
    opening = .allocate(capacity: 256)
    opening.initialize(repeating: 0, count: 256)
    if form == .csv { for byte in UInt8.min ... .max where SpreadsheetText.mayAct(byte) { opening[Int(byte)] = 1 } }
    for byte in PaymentFields.special(in: form) { special[Int(byte)] = 1 }
  }

  /// The bytes that show that an id may not be copied.
  static func special(in form: PaymentWriter.Form) -> [UInt8] {
    // C1 controls begin with C2, marks of direction with D8 and E2.
    let always = Array(UInt8.min..<0x20) + [0x7F, 0xC2, 0xD8, 0xE2, 0x22]
    switch form {
    case .csv: return always + [0x2C]
    case .json: return always + [0x5C]
    }
  }

  deinit {
    special.deallocate()
    opening.deallocate()
  }

  /// Where the ids of a space are found as bytes: where the facts hold them, which outlive the list.
  struct Source: @unchecked Sendable {
    fileprivate let space: Space
    /// Nil where what stands in a space has to be called by something else than an id of its own.
    private let offsets: UnsafePointer<Int64>?
    private let bytes: UnsafePointer<UInt8>?
    private let count: Int

    init(_ space: Space, _ dataset: Dataset) {
      self.space = space
      var ids: IDColumn?
      if case .list(let list) = space, dataset.tables.indices.contains(list) { ids = dataset.tables[list].ids }
      offsets = ids.flatMap { UnsafePointer($0.offsets.buffer.baseAddress) }
      bytes = ids.flatMap { UnsafePointer($0.bytes.buffer.baseAddress) }
      count = ids?.count ?? 0
    }

    /// The id of a row; nil where it has to be made.
    @inline(__always)
    fileprivate func id(_ row: Int32) -> UnsafeBufferPointer<UInt8>? {
      guard let offsets, let bytes, row >= 0, Int(row) < count else { return nil }
      let start = Int(offsets[Int(row)])
      return UnsafeBufferPointer(start: bytes + start, count: Int(offsets[Int(row) &+ 1]) &- start)
    }
  }

  /// Whoever stands in a row of a space, and the bytes of the id where they may be copied.
  struct Name {
    var row: Int32 = 0
    /// Below zero where the name has to be made.
    fileprivate var count: Int32 = -1
    fileprivate var start: UnsafePointer<UInt8>?

    init() {}

    /// Looks up where the id is.
    @inline(__always)
    mutating func find(in source: Source) {
      guard let id = source.id(row) else { return }
      (start, count) = (id.baseAddress, Int32(truncatingIfNeeded: id.count))
    }
  }

  /// Forgets the id of a name where it may not be copied as it is.
  @inline(__always)
  func check(_ name: inout Name) {
    guard name.count >= 0 else { return }
    var found: UInt8 = 0
    for byte in UnsafeBufferPointer(start: name.start, count: Int(name.count)) { found |= special[Int(byte)] }
    if let start = name.start, name.count > 0 { found |= opening[Int(start.pointee)] }
    if found != 0 { name.count = -1 }
  }

  /// Appends a name that was looked up and checked, with a year behind it where there is one.
  @inline(__always)
  func append(_ name: Name, _ year: Int32?, of source: Source, to out: inout ByteBlock) {
    if name.count >= 0, let start = name.start {
      out.append(start, Int(name.count))
      if let year { appendYear(year, to: &out) }
    } else {
      appendText(
        list.ledger.name(name.row, in: source.space) + (year.map { "@" + SubjectMark.text($0) } ?? ""), to: &out)
    }
  }

  @inline(never)
  private func appendYear(_ year: Int32, to out: inout ByteBlock) {
    out.append("@")
    if year < 100_000 { out.append(Int64(year)) } else { out.append(SubjectMark.text(year)) }
  }

  @inline(never)
  private func appendText(_ text: String, to out: inout ByteBlock) { out.append(self.text(text)) }

  /// A text as it stands in a field.
  func text(_ text: String) -> String {
    switch form {
    case .csv: return PaymentFields.shown(PaymentFields.quoted(SpreadsheetText.inert(text))) { isActingAnywhere }
    case .json: return String(JSONValue.string(text).line.dropFirst().dropLast())
    }
  }

  /// A text as it stands in a record, whatever stands in others.
  static func record(_ text: String) -> String { shown(quoted(SpreadsheetText.inert(text))) { false } }

  /// A field of a record, in quotes where it needs them (RFC 4180).
  static func quoted(_ text: String) -> String {
    guard text.utf8.contains(where: { $0 == 0x22 || $0 == 0x2C || $0 == 0x0A || $0 == 0x0D }) else { return text }
    var out = "\""
    for scalar in text.unicodeScalars {
      if scalar == "\"" { out += "\"" }
      out.unicodeScalars.append(scalar)
    }
    return out + "\""
  }

  /// A field with everything that would act on a terminal made visible. All records are looked at as one text
  /// (`Harmless.text`): a carriage return without a line feed stays what it is until something else in any of them
  /// acts.
  private static func shown(_ field: String, _ isActingAnywhere: () -> Bool) -> String {
    if Harmless.isSo(field) {
      guard field.utf8.contains(0x0D), isActingAnywhere() else { return field }
    }
    return Visible.text(field, keepLines: true, keepTabs: true)
  }

  /// Whether any id of any payment would act on a terminal. Asked only where an id holds a carriage return.
  private var isActingAnywhere: Bool {
    acting.withLock { known in
      if let known { return known }
      let found = list.parts.contains { part in
        let (who, what) = (part.block.beneficiarySpace, part.block.subjectSpace)
        if part.count > 0, !Harmless.isSo(part.measure.id) { return true }
        return (0..<part.count).contains { row in
          !Harmless.isSo(list.ledger.name(part.beneficiaries[row], in: who))
            || !Harmless.isSo(list.ledger.name(part.subjects[row], in: what))
        }
      }
      known = found
      return found
    }
  }
}

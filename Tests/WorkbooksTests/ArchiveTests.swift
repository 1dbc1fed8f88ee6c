// What archives and files must not do: grow without end, lie about their sizes, or stop the program.
import Testing

@testable import Workbooks

@Suite("Archives and kinds of files")
struct ArchiveTests {
  private func refusal(_ bytes: [UInt8]) -> WorkbookProblem? {
    do {
      _ = try Book.read(bytes)
    } catch let problem as WorkbookProblem {
      return problem
    } catch {
      Issue.record(error)
    }
    return nil
  }

  @Test("each kind of file that people take for a workbook is told apart")
  func kinds() {
    let container: [UInt8] = [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
    let filler = [UInt8](repeating: 0, count: 1016)
    let secret = "EncryptedPackage".utf16.flatMap { [UInt8($0 & 0xFF), UInt8($0 >> 8)] }
    #expect(refusal([]) == .empty)
    #expect(refusal(container + filler + filler) == .oldBinary)
    #expect(refusal(container + filler + secret + filler) == .encrypted)
    #expect(refusal([0x09, 0x08, 0x10, 0x00, 0x00, 0x06]) == .oldBinary)
    #expect(refusal(Array("<html><table><tr><td>1".utf8)) == .page)
    #expect(
      refusal(Array("\u{FEFF}<?xml?><Workbook xmlns=\"urn:schemas-microsoft-com:office:spreadsheet\">".utf8)) == .oldXML
    )
    #expect(refusal(Array("姓名,性别\n张三,男\n".utf8)) == .plainText)
    #expect(refusal([0x89, 0x50, 0x4E, 0x47, 0x00, 0x01]) == .unknownKind)
    #expect(refusal(Book.archive([("mimetype", "x"), ("content.xml", "<a/>")])) == .openDocument)
    #expect(refusal(Book.archive([("xl/workbook.bin", "x")])) == .newBinary)
    #expect(refusal(Book.archive([("word/document.xml", "<a/>")])) == .otherArchive)
    #expect(refusal(Array("PK\u{3}\u{4}".utf8)) == .damaged(part: ""))
  }

  @Test("a workbook that ends early, wherever, is damaged")
  func truncated() {
    let whole = Book(Book.plain([["a", "b"], ["c", "d"]])).bytes
    #expect(refusal(whole) == nil)
    for count in stride(from: 4, to: whole.count, by: 7) { #expect(refusal(Array(whole.prefix(count))) != nil) }
  }

  @Test("a part that grows beyond measure is refused before it is held")
  func bombs() throws {
    let out = Gathered()
    let zip = ZipWriter { out.bytes.append(contentsOf: $0) }
    for part in Book("").parts where part.name != "xl/worksheets/s0.xml" { try zip.add(part.name, part.text) }
    try zip.begin("xl/worksheets/s0.xml")
    let blank = Array(String(repeating: "<a/>", count: 1 << 18).utf8)
    try Array("<worksheet><sheetData>".utf8).withUnsafeBufferPointer { try zip.write($0) }
    for _ in 0..<100 { try blank.withUnsafeBufferPointer { try zip.write($0) } }
    try zip.end()
    try zip.finish()
    #expect(refusal(out.bytes) == .inflated(part: "xl/worksheets/s0.xml"))
    #expect(out.bytes.count < 1 << 18)
  }

  @Test("a part whose bytes have changed is damaged, and so is a name that stands twice")
  func changed() {
    var bytes = Book(Book.plain([["a"]])).bytes
    // The checksum in the directory's line for the sheet.
    let name = Array("xl/worksheets/s0.xml".utf8)
    let line =
      bytes.indices.last { $0 + name.count <= bytes.count && Array(bytes[$0..<($0 + name.count)]) == name } ?? 46
    bytes[line - 46 + 16] ^= 1
    #expect(refusal(bytes) == .damaged(part: "xl/worksheets/s0.xml"))
    let twice = Book(Book.plain([["a"]])).parts + [("XL/workbook.xml", "<a/>")]
    #expect(refusal(Book.archive(twice)) == .damaged(part: "XL/workbook.xml"))
  }

  @Test("whatever bytes change, a workbook is read or refused")
  func mutations() {
    var book = Book(
      "<row r=\"1\"><c r=\"A1\" t=\"s\"><v>0</v></c><c r=\"B1\" s=\"1\"><v>44621.5</v></c></row>"
        + "<row r=\"3\"><c t=\"inlineStr\"><is><t>x&amp;_x0041_</t></is></c><c><f>1</f></c></row>",
      after: "<mergeCells><mergeCell ref=\"A1:B3\"/></mergeCells>")
    book.strings = "<si><r><t>a</t></r><rPh><t>b</t></rPh></si>"
    book.styles = Book.styles(code: "yyyy-mm-dd")
    let parts = book.parts
    var random = Chance(state: 7)
    var (read, refused) = (0, 0)
    for round in 0..<4_000 {
      var bytes: [UInt8]
      if round % 2 == 0 {
        bytes = book.bytes
        random.change(&bytes)
      } else {
        // Changed before it is packed, so that checksums are right and the marks themselves are wrong.
        var changed = parts
        let at = random.below(changed.count)
        var text = Array(changed[at].text.utf8)
        random.change(&text)
        changed[at].text = String(decoding: text, as: UTF8.self)
        bytes = Book.archive(changed)
      }
      if refusal(bytes) == nil { read += 1 } else { refused += 1 }
    }
    #expect(read > 100 && refused > 100)
  }
}

/// Chance that is the same each time.
private struct Chance {
  var state: UInt64

  mutating func next() -> UInt64 {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return state >> 33
  }

  mutating func below(_ count: Int) -> Int { Int(next()) % max(count, 1) }

  mutating func change(_ bytes: inout [UInt8]) {
    let signs = Array("<>/\"&;=0 9".utf8)
    for _ in 0..<(1 + below(3)) {
      let at = below(bytes.count)
      switch below(5) {
      case 0: bytes[at] = UInt8(truncatingIfNeeded: next())
      case 1: bytes[at] = signs[below(signs.count)]
      case 2: bytes.remove(at: at)
      case 3: bytes.insert(signs[below(signs.count)], at: at)
      default: bytes.removeSubrange(at..<min(bytes.count, at + below(40)))
      }
      if bytes.isEmpty { bytes = [0x50] }
    }
  }
}

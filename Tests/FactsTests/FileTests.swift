// Files that are not what they should be: other encodings, other forms under a CSV file's name, pipes, folders, and
// files that change while they are read.
import Diagnostics
import Foundation
import Reckoning
import Testing

@testable import Facts

@Suite("Files that are not what they should be")
struct FileTests {
  private static func read(_ bytes: [UInt8]) -> ScenarioReader.Outcome {
    Sample.read("scenario: t\ndistrict: 350112\nbases_from: b.csv\n", files: ["b.csv": bytes])
  }

  private static func wide(_ text: String, little: Bool) -> [UInt8] {
    ("\u{FEFF}" + text).utf16.flatMap { unit in
      let pair = [UInt8(unit & 0xFF), UInt8(unit >> 8)]
      return little ? pair : pair.reversed()
    }
  }

  @Test("UTF-16 with its mark is read", arguments: [true, false])
  func utf16(little: Bool) {
    let reading = Self.read(Self.wide("基地编号,所在县\nb1,七星关区\n", little: little))
    #expect(Sample.problems(reading) == [])
    #expect(Sample.column(reading, "bases", "county") == ["520502 七星关区"])
  }

  @Test(
    "What is no text is named",
    arguments: [
      (Array("PK\u{3}\u{4}abc".utf8), "not-csv", "workbook"),
      ([0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1], "not-csv", ".xls"), (Array("%PDF-1.7".utf8), "not-csv", "PDF"),
      (Array("<html><table><tr><td>id".utf8), "not-csv", "web page"), ([0x69, 0, 0x64, 0], "encoding", "UTF-16"),
      (Array("id\nb".utf8) + [0xFF, 0xFF], "encoding", "neither"),
    ] as [([UInt8], String, String)])
  func named(bytes: [UInt8], code: String, word: String) {
    let reading = Self.read(bytes)
    #expect(reading.diagnostics.map(\.code) == [code])
    #expect(reading.diagnostics.first?.message.en.contains(word) == true)
  }

  @Test("A pipe, a folder and a device are named, and nobody waits for them")
  func others() {
    let folder = Folder()
    #expect(mkfifo(folder.path + "pipe.csv", 0o600) == 0)
    #expect(mkdir(folder.path + "folder.csv", 0o700) == 0)
    #expect(symlink("/dev/zero", folder.path + "device.csv") == 0)
    for (name, word) in [("pipe", "pipe"), ("folder", "folder"), ("device", "device")] {
      let text = "scenario: t\ndistrict: 350112\nbases_from: \(name).csv\n"
      let reading = Sample.reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: folder.path)
      #expect(reading.diagnostics.map(\.code) == ["unreadable"])
      #expect(reading.diagnostics.first?.message.en.contains(word) == true)
    }
    #expect(Sample.reader.read(path: folder.path + "pipe.csv").diagnostics.map(\.code) == ["unreadable"])
  }

  @Test(
    "A file that is shortened or written to while it is read is refused and ends nothing", arguments: [true, false])
  func changed(isShortened: Bool) throws {
    let folder = Folder()
    let path = folder.path + "b.csv"
    folder.write("b.csv", Array(("id,kind\n" + String(repeating: "base,labour_base\n", count: 200_000)).utf8))
    let bytes = try FileBytes.read(path, limit: 1 << 30)
    #expect(!bytes.hasChanged)
    if isShortened {
      #expect(truncate(path, 100) == 0)
      // Pages that are gone read as nothing.
      #expect(bytes.bytes.reduce(0) { $0 &+ Int($1) } > 0)
    } else {
      let handle = try #require(FileHandle(forWritingAtPath: path))
      try handle.seekToEnd()
      try handle.write(contentsOf: Data("more,labour_base\n".utf8))
      try handle.close()
    }
    #expect(bytes.hasChanged)
    var builder = DatasetBuilder(dictionary: Contract.dictionary, places: Sample.places)
    var (suggestions, findings) = (Suggestions(), Findings())
    let request = BulkRequest(
      schema: ListSchema(try #require(Contract.dictionary.list("bases"))), reader: ValueReader(places: Sample.places),
      ignored: Ignored(), mapping: ColumnMapping(), threads: 2, control: WorkControl())
    let records = BulkReading.records(bytes, name: "b.csv", .csv, request, cache: nil, &suggestions, &findings)
    #expect(records.rows == 0)
    #expect(findings.list.map(\.code) == ["changed-while-read"])
    builder.append("bases", file: path, as: "b.csv")
    #expect(builder.finish().diagnostics.contains { $0.code != "changed-while-read" })
  }
}

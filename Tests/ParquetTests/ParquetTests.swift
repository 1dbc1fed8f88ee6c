// Parquet in and out: what is written is read back as it was, every encoding and packing that others write is read, and
// whatever bytes come, they end in values or in a problem.

import Foundation
import Testing

@testable import Parquet

@Suite("Parquet")
struct ParquetTests {
  private func written(
    _ columns: [ParquetWriter.Column], _ groups: [[ParquetValues]], about: [(name: String, text: String)] = []
  ) throws -> [UInt8] {
    let out = Gathered()
    let writer = try ParquetWriter(columns) { out.bytes.append(contentsOf: $0) }
    for group in groups { try writer.add(group) }
    try writer.finish(about)
    return out.bytes
  }

  private final class Gathered {
    var bytes: [UInt8] = []
  }

  /// The rows of a file as texts.
  private func rows(_ bytes: [UInt8]) throws -> [[String]] {
    try bytes.withUnsafeBytes { bytes in
      let file = try ParquetFile(bytes)
      var columns: [ParquetTexts] = []
      for column in file.columns.indices { columns.append(try file.texts(of: column)) }
      return (0..<file.rows).map { row in
        columns.map { column in
          let (start, count) = column.text(row)
          return String(decoding: UnsafeBufferPointer(start: start, count: count), as: UTF8.self)
        }
      }
    }
  }

  @Test("what is no number is not there, and what is beyond all numbers is not left out")
  func beyond() throws {
    let bytes = try written(
      [(name: "wage", type: .double)], [[.doubles([.nan, .infinity, -.infinity, nil, 1])]])
    #expect(try rows(bytes).flatMap(\.self) == ["", "inf", "-inf", "", "1"])
  }

  @Test("a group without rows may have no page of values, as pandas writes an empty table")
  func noRows() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "empty.parquet")))
    #expect(try rows(bytes).isEmpty)
  }

  private static let columns: [ParquetWriter.Column] = [
    ("id", .text), ("agency", .text), ("date", .date), ("amount", .decimal), ("count", .integer), ("share", .double),
    ("late", .flag),
  ]

  private static func group(_ rows: Range<Int>) -> [ParquetValues] {
    [
      .texts(rows.map { "h\($0)" }), .texts(rows.map { $0 % 3 == 0 ? nil : "机构\($0 % 2)" }),
      .numbers(rows.map { Int64($0) - 1 }), .numbers(rows.map { $0 % 5 == 0 ? nil : Int64($0) * 1005 - 3 }),
      .numbers(rows.map { Int64($0) << 33 }), .doubles(rows.map { $0 % 4 == 1 ? nil : Double($0) / 4 }),
      .flags(rows.map { $0 % 7 == 0 ? nil : $0 % 2 == 0 }),
    ]
  }

  @Test("what is written is read back, over several groups of rows")
  func roundTrip() throws {
    let bytes = try written(Self.columns, [Self.group(0..<1000), Self.group(1000..<1001), Self.group(1001..<1700)])
    let rows = try rows(bytes)
    #expect(rows.count == 1700)
    #expect(rows[0] == ["h0", "", "1969-12-31", "", "0", "0", ""])
    #expect(rows[1] == ["h1", "机构1", "1970-01-01", "10.02", "8589934592", "", "false"])
    #expect(rows[2] == ["h2", "机构0", "1970-01-02", "20.07", "17179869184", "0.5", "true"])
    for row in 0..<1700 {
      #expect(rows[row][0] == "h\(row)")
      #expect(rows[row][1] == (row % 3 == 0 ? "" : "机构\(row % 2)"))
      #expect(rows[row][4] == String(Int64(row) << 33))
    }
    #expect(
      bytes == (try written(Self.columns, [Self.group(0..<1000), Self.group(1000..<1001), Self.group(1001..<1700)])))
  }

  @Test("columns without a value, or of one value, and files without a row")
  func edges() throws {
    let columns: [ParquetWriter.Column] = [("a", .text), ("b", .decimal), ("c", .text)]
    #expect(try rows(written(columns, [])).isEmpty)
    let bytes = try written(
      columns, [[.texts([nil, nil]), .numbers([nil, -1]), .texts(["x", "x"])]], about: [("unit.b", "yuan")])
    #expect(try rows(bytes) == [["", "", "x"], ["", "-0.01", "x"]])
    let many = (0..<3000).map { "t\($0 * 7919 % 3000)" }
    #expect(try rows(written([("t", .text)], [[.texts(many)]])).map { $0[0] } == many)
  }

  @Test(
    "files of pyarrow: every version of pages, every encoding and packing that is read",
    arguments: [
      "plain-none", "dictionary-snappy", "dictionary-gzip", "v2-snappy", "v2-gzip", "delta-gzip", "delta-byte-array",
      "boolean-rle", "int96", "zstd",
    ])
  func fixtures(name: String) throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    if name == "zstd", !Zstd.isThere { return }
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name + ".parquet")))
    let wanted = try String(contentsOf: folder.appending(path: "rows.txt"), encoding: .utf8)
      .split(separator: "\n").map { $0.split(separator: "|", omittingEmptySubsequences: false).map(String.init) }
    let rows = try rows(bytes)
    #expect(rows.count == wanted.count && !wanted.isEmpty)
    for (a, b) in zip(rows, wanted) { #expect(a == b) }
  }

  @Test("a moment that is the same everywhere says so beside its time, and no endless number is nothing")
  func moments() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    let bytes = [UInt8](try Data(contentsOf: folder.appending(path: "moments.parquet")))
    #expect(
      try rows(bytes) == [
        ["2023-02-28 16:00:00Z", "2023-02-28 16:00:00", "inf", "-inf"], ["2023-03-01", "2023-03-01", "", ""],
      ])
  }

  @Test("packing by zstd and columns of lists are told by name")
  func refused() throws {
    let folder = URL(filePath: #filePath).deletingLastPathComponent().appending(path: "Fixtures")
    func problem(_ name: String) throws -> ParquetProblem? {
      let bytes = [UInt8](try Data(contentsOf: folder.appending(path: name + ".parquet")))
      do {
        _ = try rows(bytes)
        return nil
      } catch let problem as ParquetProblem { return problem }
    }
    // Where the machine has zstd, the file is read.
    #expect(try problem("zstd") == (Zstd.isThere ? nil : .codec("zstd", column: "id")))
    #expect(try problem("nested") == .nested(column: "lists"))
  }

  @Test("Snappy: what stands for itself, what is copied, what runs into itself")
  func snappy() throws {
    func unpacked(_ bytes: [UInt8], _ size: Int) throws -> String {
      try bytes.withUnsafeBytes { bytes in
        String(decoding: try Snappy.unpacked(bytes, size: size), as: UTF8.self)
      }
    }
    #expect(try unpacked([5, 4 << 2] + Array("hello".utf8), 5) == "hello")
    #expect(try unpacked([8, 0 << 2, 0x61, (7 - 4) << 2 | 1, 1], 8) == "aaaaaaaa")
    #expect(try unpacked([9, 2 << 2] + Array("abc".utf8) + [5 << 2 | 2, 3, 0], 9) == "abcabcabc")
    for wrong: [UInt8] in [[3], [1, 0], [8, 0 << 2, 0x61, (7 - 4) << 2 | 1, 2], [2, 4 << 2, 0x61, 0x62]] {
      #expect(throws: ParquetProblem.damaged) { try unpacked(wrong, Int(wrong[0])) }
    }
  }

  @Test("damaged files end in values or in a problem")
  func damaged() throws {
    let whole = try written(Self.columns, [Self.group(0..<200), Self.group(200..<350)], about: [("a", "b")])
    for end in stride(from: 0, to: whole.count, by: 7) {
      let cut = Array(whole[..<end])
      #expect(throws: ParquetProblem.self) { try rows(cut) }
    }
    var seed: UInt64 = 7
    var read = 0
    for _ in 0..<4000 {
      var bytes = whole
      for _ in 0..<3 {
        seed = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
        bytes[Int(seed >> 33) % bytes.count] = UInt8(truncatingIfNeeded: seed >> 20)
      }
      if (try? rows(bytes)) != nil { read += 1 }
    }
    #expect(read < 4000)
  }

  @Test("numbers of few bits, in runs and packed")
  func runs() throws {
    for width in [1, 2, 3, 7, 8, 12, 20] {
      let limit = UInt32(1) << UInt32(width)
      let numbers = (0..<777).map { UInt32($0) &* 2_654_435_761 % limit }
      for all in [numbers, Array(repeating: limit - 1, count: 50)] {
        let bytes = RunWriter.bytes(all, width: width)
        let read = try bytes.withUnsafeBytes { bytes in
          var reader = try RunReader(bytes, width: width)
          var out: [UInt32] = []
          for _ in all { out.append(try reader.next()) }
          return out
        }
        #expect(read == all)
      }
    }
    #expect(RunWriter.width(below: 1) == 0 && RunWriter.width(below: 2) == 1 && RunWriter.width(below: 257) == 9)
  }
}

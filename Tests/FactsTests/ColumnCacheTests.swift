// Kept columns: they say what their source says, are never taken for a source that has changed, and where they are damaged
// the source is read instead.
import Diagnostics
import Facts
import Foundation
import Reckoning
import Testing

@Suite("Kept columns")
struct ColumnCacheTests {
  /// A folder with a list of hires and a cache that keeps files of any size.
  struct SourceRange {
    let folder = Folder()
    var cache: ColumnCache

    init(limit: Int = 1 << 30) {
      cache = ColumnCache(folder: folder.path + "deep/cache", limit: limit, version: "1")
      cache.least = 0
    }

    var kept: [String] { ((try? FileManager.default.contentsOfDirectory(atPath: cache.folder)) ?? []).sorted() }

    func read(
      _ hires: [UInt8], caching: Bool = true, dictionary: FactDictionary = Contract.dictionary,
      ignoring: Set<String> = []
    ) -> (
      digest: String, kept: Bool, problems: [String]
    ) {
      folder.write("hires.csv", hires)
      var builder = DatasetBuilder(
        dictionary: dictionary, places: Sample.places, ignoring: ignoring, cache: caching ? cache : nil)
      for id in ["e1", "e2"] {
        builder.append("enterprises", [StatedValue("id", id), StatedValue("district", "350112")])
      }
      builder.append("hires", file: folder.path + "hires.csv", as: "hires.csv")
      let (dataset, problems) = builder.finish()
      var digest = Digest()
      dataset.add(to: &digest)
      let lines = (0..<min(3, dataset.table("hires")?.count ?? 0)).map {
        "\(dataset.table("hires")?.origin($0)?.start.line ?? 0)"
      }
      digest.add(lines.joined(separator: " "))
      return (
        digest.hex, builder.usesKeptColumns,
        problems.map { "\($0.location?.start.line ?? 0):\($0.location?.start.column ?? 0) \($0.code)" }
      )
    }
  }

  static func hires(_ count: Int, seed: Int = 7, extra: String = "") -> [UInt8] {
    var text = "id,worker,sex,origin,enterprise,start,end,organised,monthly_wage,education\n"
    for i in 0..<count {
      let n = (i &* 7919 &+ seed) % 100_003
      text +=
        "h\(i),\(n % 5 == 0 ? "" : "王\(n % 50)"),\(n % 3 == 0 ? "男" : ""),\(n % 4 == 0 ? "520502" : "丹巴县"),e\(n % 2 + 1),"
      text +=
        "2022-0\(n % 9 + 1)-1\(n % 10),\(n % 6 == 0 ? "2023/3/1" : ""),\(n % 7 == 0 ? "否" : "true"),\(n % 8 == 0 ? "5000.\(n % 10)5" : ""),\"高中, 或\"\n"
      if n % 1000 == 0 { text += "\n" }
    }
    return Array((text + extra).utf8)
  }

  @Test(
    "The second reading takes the kept columns and finds the same facts, ids and lines", arguments: [1, 2000, 30_000])
  func same(count: Int) {
    let location = SourceRange()
    let bytes = Self.hires(count)
    let plain = location.read(bytes, caching: false)
    #expect(location.kept == [])
    let first = location.read(bytes)
    let second = location.read(bytes)
    #expect(!first.kept && second.kept)
    #expect(location.kept.count == 1)
    #expect(first.digest == plain.digest && second.digest == plain.digest)
    #expect(second.problems == [])
    // What a run writes into its columns does not reach the file.
    #expect(location.read(bytes).digest == plain.digest)
  }

  @Test("A source of the same length and time with one other byte is read anew")
  func changed() throws {
    let location = SourceRange()
    var bytes = Self.hires(500)
    _ = location.read(bytes)
    let path = location.folder.path + "hires.csv"
    let date = try FileManager.default.attributesOfItem(atPath: path)[.modificationDate] as? Date
    let at = try #require(bytes.lastIndex(of: UInt8(ascii: "2")))
    bytes[at] = UInt8(ascii: "3")
    location.folder.write("hires.csv", bytes)
    try FileManager.default.setAttributes([.modificationDate: date ?? Date()], ofItemAtPath: path)
    let changed = location.read(bytes)
    #expect(!changed.kept)
    #expect(changed.digest == location.read(bytes, caching: false).digest)
  }

  @Test("Other fields, other ignored columns or another version of the program have files of their own")
  func otherReading() {
    var location = SourceRange()
    let bytes = Self.hires(50)
    _ = location.read(bytes)
    #expect(!location.read(bytes, ignoring: ["note"]).kept)
    var lists = Contract.dictionary.lists
    if let i = lists.firstIndex(where: { $0.name == "hires" }) {
      let old = lists[i]
      let more = Field(name: "badge", type: .text, absence: .none, labels: [], meaning: .same("a badge"))
      lists[i] = ListDeclaration(
        name: old.name, singular: old.singular, title: old.title, fields: old.fields + [more], hasID: old.hasID,
        person: old.person,
        begins: old.begins, ends: old.ends)
    }
    #expect(!location.read(bytes, dictionary: FactDictionary(lists: lists)).kept)
    location.cache = ColumnCache(folder: location.cache.folder, version: "2")
    location.cache.least = 0
    #expect(!location.read(bytes).kept)
    #expect(location.kept.count == 4)
  }

  @Test("A damaged or shortened file of columns is passed over and made anew")
  func damaged() throws {
    let location = SourceRange()
    let bytes = Self.hires(3000)
    let plain = location.read(bytes, caching: false).digest
    _ = location.read(bytes)
    let path = location.cache.folder + "/" + (try #require(location.kept.first))
    let whole = try Data(contentsOf: URL(fileURLWithPath: path))
    var places = [0, 8, 16, 24, 40, whole.count / 2, whole.count - 1]
    var dice = SystemRandomNumberGenerator()
    places += (0..<30).map { _ in Int.random(in: 0..<whole.count, using: &dice) }
    for at in places {
      var damaged = whole
      damaged[at] ^= 0x5A
      try damaged.write(to: URL(fileURLWithPath: path))
      let read = location.read(bytes)
      #expect(!read.kept && read.digest == plain, "byte \(at)")
      #expect(location.read(bytes).kept, "made anew after byte \(at)")
    }
    for length in [0, 1, 31, 32, 4096, whole.count - 1] {
      try whole.prefix(length).write(to: URL(fileURLWithPath: path))
      let read = location.read(bytes)
      #expect(!read.kept && read.digest == plain, "\(length) bytes")
    }
  }

  @Test("What is wrong in a file is not kept; what is wrong beside other lists is shown as it was written")
  func problems() {
    let location = SourceRange()
    let bad = Self.hires(20, extra: "x,,,,e1,2022-13-01,,,,\n")
    #expect(location.read(bad).problems == ["22:10 date"] || location.read(bad).problems.count == 1)
    #expect(location.kept == [])
    // e9 is nobody: a problem of the scenario, not of the file.
    let text = "scenario: t\ndistrict: 350112\nenterprises: [{id: e1, district: 350112}]\nhires_from: h.csv\n"
    let csv = Array("id,enterprise,start\nh1,e1,2022-03-01\n\nh2,\"e9\",2022-03-01\n".utf8)
    location.folder.write("h.csv", csv)
    var reader = Sample.reader
    func read() -> [String] {
      Sample.problems(reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: location.folder.path))
    }
    let plain = read()
    #expect(plain.count == 1)
    reader.cache = location.cache
    #expect(read() == plain)
    #expect(location.kept.count == 1)
    #expect(read() == plain)
  }

  @Test("GB18030 is kept as it was understood")
  func gb18030() {
    let text = "scenario: t\ndistrict: 350112\nbases_from: b.csv\n"
    var bytes: [UInt8] =
      [0xBB, 0xF9, 0xB5, 0xD8, 0xB1, 0xE0, 0xBA, 0xC5, 0x2C, 0xCB, 0xF9, 0xD4, 0xDA, 0xCF, 0xD8, 0x0D, 0x0A]
    for i in 0..<3000 { bytes += Array("b\(i),".utf8) + [0xC6, 0xDF, 0xD0, 0xC7, 0xB9, 0xD8, 0xC7, 0xF8, 0x0D, 0x0A] }
    let location = SourceRange()
    location.folder.write("b.csv", bytes)
    var reader = Sample.reader
    reader.cache = location.cache
    for _ in 0..<2 {
      let reading = reader.read(text, source: SourceFile(name: "s.yaml", text: text), folder: location.folder.path)
      #expect(Sample.problems(reading) == [])
      #expect(reading.scenario?.dataset.describe("bases", 2999, "county").en == "520502 七星关区")
    }
    #expect(location.kept.count == 1)
  }

  @Test("Without a right to write nothing is kept and nothing is said; what is over the limit goes, the oldest first")
  func room() {
    var location = SourceRange()
    location.cache = ColumnCache(folder: "/proc/nowhere/at/all", version: "1")
    location.cache.least = 0
    #expect(location.read(Self.hires(10)).problems == [])
    let small = SourceRange(limit: 1)
    _ = small.read(Self.hires(10))
    #expect(small.kept == [])
    let one = SourceRange()
    _ = one.read(Self.hires(10))
    let size =
      (try? FileManager.default.attributesOfItem(atPath: one.cache.folder + "/" + (one.kept.first ?? ""))[.size] as? Int)
      ?? 0
    let two = SourceRange(limit: size * 5 / 2)
    for seed in 0..<5 {
      _ = two.read(Self.hires(10, seed: seed))
      #expect(two.kept.count == min(seed + 1, 2))
    }
  }
}

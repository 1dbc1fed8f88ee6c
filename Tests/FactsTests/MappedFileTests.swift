// A file that is kept in memory and shortened by another program: nothing is computed with what is no longer there.

import Foundation
import Testing

@testable import Facts

@Suite("Kept files")
struct MappedFileTests {
  @Test("A kept file that is shortened while it is in use ends the program with a sentence, and gives no figure")
  func shortened() async throws {
    let result = await #expect(
      processExitsWith: .exitCode(1), observing: [\.standardErrorContent]
    ) {
      let path = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID().uuidString)").path()
      try Data(repeating: 7, count: 1 << 20).write(to: URL(filePath: path))
      let map = try #require(MappedFile.open(path))
      #expect(truncate(path, 4096) == 0)
      try FileManager.default.removeItem(atPath: path)
      print(map.base.load(fromByteOffset: 1 << 19, as: UInt8.self))
      exit(0)
    }
    let said = String(decoding: result?.standardErrorContent ?? [], as: UTF8.self)
    #expect(said.contains("changed by another program while it was in use"))
  }

  @Test("A kept file that nobody touches is read as it is, and its guard goes with it")
  func untouched() throws {
    let path = FileManager.default.temporaryDirectory.appending(path: "kept-\(UUID().uuidString)").path()
    try Data(repeating: 7, count: 5000).write(to: URL(filePath: path))
    defer { try? FileManager.default.removeItem(atPath: path) }
    for _ in 0..<600 {
      let map = try #require(MappedFile.open(path))
      #expect(map.base.load(fromByteOffset: 4999, as: UInt8.self) == 7)
    }
  }
}

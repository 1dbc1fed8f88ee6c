// Every reader gets its seeds and some thousand damaged ones: none crashes, and none takes long. `make fuzz` gives them
// many more, and keeps the input that is being read in a file, so that one that ends the process is found again.
import Foundation
import Testing

@Suite("Damaged inputs")
struct FuzzTests {
  /// How many inputs, and from which number on, as `make fuzz` says it; in the tests always the same few.
  private struct Amount {
    let rounds: Int
    let seconds: Double?
    let number: UInt64
    let folder: String?

    init() {
      let said = ProcessInfo.processInfo.environment
      seconds = said["CESUAN_FUZZ_SECONDS"].flatMap(Double.init)
      rounds = seconds == nil ? 400 : .max
      number = said["CESUAN_FUZZ_NUMBER"].flatMap(UInt64.init) ?? 1
      folder = said["CESUAN_FUZZ_FOLDER"]
    }
  }

  /// The time that this thread has worked, in seconds: what else the machine does has no part in it.
  private static func worked() -> Double {
    var time = timespec()
    precondition(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0, "a thread's time can be told")
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  /// Reads one input.
  /// - Returns: how long it took.
  private func time(_ reader: Reader, _ bytes: [UInt8], _ amount: Amount) throws -> Double {
    if let folder = amount.folder { try Data(bytes).write(to: URL(filePath: "\(folder)/\(reader.rawValue).last")) }
    let start = FuzzTests.worked()
    reader.read(bytes)
    return FuzzTests.worked() - start
  }

  @Test("No input ends a reader or keeps it for a second", arguments: Reader.allCases)
  func endures(_ reader: Reader) throws {
    let amount = Amount()
    let seeds = try reader.seeds()
    for seed in seeds { _ = try time(reader, seed, amount) }
    var damage = Damage(seeds, number: amount.number)
    let begun = Date()
    var (round, slowest, slow) = (0, 0.0, 0)
    while round < amount.rounds {
      if let seconds = amount.seconds, Date().timeIntervalSince(begun) > seconds { break }
      let bytes = damage.next()
      let took = try time(reader, bytes, amount)
      slowest = max(slowest, took)
      if took > 1 {
        slow += 1
        Issue.record("\(reader.rawValue), input \(round) from \(amount.number): \(took) s for \(bytes.count) bytes")
        if let folder = amount.folder {
          try Data(bytes).write(to: URL(filePath: "\(folder)/\(reader.rawValue).slow\(slow)"))
        }
      }
      round += 1
    }
    if amount.seconds != nil { print("\(reader.rawValue): \(round) inputs, slowest \(slowest) s, \(slow) too slow") }
  }
}

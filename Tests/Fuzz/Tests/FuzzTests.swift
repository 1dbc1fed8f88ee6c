// Every reader gets its seeds and some hundred damaged ones, the same each time: none crashes, and none takes long.
// `make fuzz` gives them many more, guided by what they reach.
import Foundation
import FuzzReaders
import Testing

@Suite("Damaged inputs")
struct FuzzTests {
  private static let rounds = 400

  /// The time that this thread has worked, in seconds: what else the machine does has no part in it.
  private static func worked() -> Double {
    var time = timespec()
    precondition(clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time) == 0, "a thread's time can be told")
    return Double(time.tv_sec) + Double(time.tv_nsec) / 1e9
  }

  @Test("No input ends a reader or keeps it for a second", arguments: Reader.allCases)
  func endures(_ reader: Reader) throws {
    let seeds = try reader.seeds()
    for seed in seeds { reader.read(seed) }
    var damage = Damage(seeds, number: 1)
    for round in 0..<FuzzTests.rounds {
      let bytes = damage.next()
      let start = FuzzTests.worked()
      reader.read(bytes)
      let took = FuzzTests.worked() - start
      #expect(took < 1, "\(reader.rawValue), input \(round): \(took) s for \(bytes.count) bytes")
    }
  }
}

// A reader under libFuzzer, which keeps the inputs that reach something new and goes on from those. The reader is
// named by CESUAN_FUZZ_READER; its seeds are written into the folder CESUAN_FUZZ_SEEDS first. All else, folders of
// inputs, limits of time and memory, is libFuzzer's own business. Built only by `make fuzz`.
import CLibFuzzer
import Foundation
import FuzzReaders

@main
enum Fuzzer {
  private static let reader: Reader = {
    let name = ProcessInfo.processInfo.environment["CESUAN_FUZZ_READER"] ?? ""
    guard let reader = Reader(rawValue: name) else {
      let names = Reader.allCases.map(\.rawValue).joined(separator: ", ")
      FileHandle.standardError.write(Data("CESUAN_FUZZ_READER has to be one of \(names), not `\(name)`\n".utf8))
      exit(2)
    }
    return reader
  }()

  static func main() throws {
    if let folder = ProcessInfo.processInfo.environment["CESUAN_FUZZ_SEEDS"] {
      for (i, seed) in try reader.seeds().enumerated() {
        try Data(seed).write(to: URL(filePath: folder).appending(path: "seed-\(i + 1)"))
      }
    }
    var count = CommandLine.argc
    var words: UnsafeMutablePointer<UnsafeMutablePointer<CChar>?>? = CommandLine.unsafeArgv
    exit(
      LLVMFuzzerRunDriver(&count, &words) { data, size in
        Fuzzer.reader.read(Array(UnsafeBufferPointer(start: data, count: size)))
        return 0
      })
  }
}

// What tells a large file's contents apart: a digest of the digests of its blocks, taken by several threads.
import Dispatch
import Reckoning

enum ContentDigest {
  private static let block = 4 << 20

  /// The same bytes have the same digest, others almost surely another one, whatever the number of threads.
  /// - Parameter done: is told each block's place when the block has been taken in.
  static func of(_ bytes: UnsafeRawBufferPointer, threads: Int, done: @Sendable (Range<Int>) -> Void = { _ in })
    -> UInt64
  {
    let blocks = (bytes.count + block - 1) / block
    var digests = [UInt64](repeating: 0, count: blocks)
    digests.withUnsafeMutableBufferPointer { digests in
      nonisolated(unsafe) let digests = digests
      nonisolated(unsafe) let bytes = bytes
      let parts = max(1, min(threads, 64, blocks))
      DispatchQueue.concurrentPerform(iterations: parts) { part in
        for b in (blocks * part / parts)..<(blocks * (part + 1) / parts) {
          let range = b * block..<min((b + 1) * block, bytes.count)
          var digest = Digest()
          digest.add(UnsafeRawBufferPointer(rebasing: bytes[range]))
          digests[b] = digest.value
          done(range)
        }
      }
    }
    var digest = Digest()
    digest.add(Int64(bytes.count))
    for value in digests { digest.add(Int64(bitPattern: value)) }
    return digest.value
  }
}

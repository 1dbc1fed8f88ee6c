// A file in memory as it is, for columns that are read where they lie. What is written to it stays in this process.
// Knows nothing of what is in it.
import Glibc

/// A mapped file. Its pages are read from the disk when they are first looked at.
final class MappedFile: @unchecked Sendable {
  let base: UnsafeMutableRawPointer
  let count: Int

  /// The stretch's guard against another program that shortens the file.
  private let slot: Int

  private init(_ base: UnsafeMutableRawPointer, count: Int, slot: Int) {
    self.base = base
    self.count = count
    self.slot = slot
  }

  /// - Returns: nil where the file is not there, is empty or cannot be mapped, or too many are mapped.
  static func open(_ path: String) -> MappedFile? {
    let file = Glibc.open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK)
    guard file >= 0 else { return nil }
    defer { close(file) }
    var status = stat()
    guard fstat(file, &status) == 0, status.st_mode & S_IFMT == S_IFREG, status.st_size > 0 else { return nil }
    let size = Int(status.st_size)
    guard let memory = mmap(nil, size, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_NORESERVE, file, 0),
      memory != MAP_FAILED
    else {
      return nil
    }
    guard let slot = BusGuard.add(UInt(bitPattern: memory), count: size, isKept: true) else {
      munmap(memory, size)
      return nil
    }
    return MappedFile(memory, count: size, slot: slot)
  }

  deinit {
    munmap(base, count)
    BusGuard.remove(slot)
  }

  /// Gives up the pages of a stretch that nothing has been written to, until they are looked at again.
  func release(_ range: Range<Int>) { madvise(base + range.lowerBound, range.count, MADV_DONTNEED) }
}
